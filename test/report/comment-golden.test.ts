import { expect, test } from 'vitest';
import { renderComment } from '../../src/report/render-comment.ts';
import { commentAbout } from '../support/check-comment.ts';
import { commentReports } from '../support/comment-reports.ts';

test.each(Object.entries(commentReports))('%s: the whole comment', async (name, report) => {
  await expect(renderComment(report, commentAbout)).toMatchFileSnapshot(`../golden/comment/${name}.md`);
});
