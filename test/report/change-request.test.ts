import { expect, test } from 'vitest';
import { renderChangeRequest } from '../../src/report/render-change-request.ts';
import { commentReports } from '../support/comment-reports.ts';

test.each(['narrowed', 'worse', 'gap', 'fork', 'drifted', 'unchanged', 'invalid', 'without-base'])(
  '%s: the whole change request',
  async (name) => {
    const report = commentReports[name];
    if (report === undefined) throw new Error(`no report ${name}`);
    await expect(renderChangeRequest(report)).toMatchFileSnapshot(`../golden/change-request/${name}.md`);
  },
);
