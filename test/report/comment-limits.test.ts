import { describe, expect, test } from 'vitest';
import type { Report } from '../../src/core/report.ts';
import { renderComment } from '../../src/report/render-comment.ts';
import { checkComment, commentAbout } from '../support/check-comment.ts';
import { way } from '../support/comment-parts.ts';
import { commentReports } from '../support/comment-reports.ts';
import { disks, hubstor, read } from '../support/report-parts.ts';
import { crowded } from '../support/reports.ts';

const touched = (size: number): Report => ({ ...crowded(size), threeWay: way });
const left = (text: string, what: RegExp): number => Number(what.exec(text)?.[1] ?? 0);
const decideOf = (comment: string): string => {
  const start = comment.indexOf('#### To decide');
  const end = comment.slice(start + 1).search(/^(?:\||<details><summary>(?!The rest))/m);
  return start === -1 ? '' : comment.slice(start, start + 1 + end);
};

describe('a comment stays below the limit', () => {
  test.each([0, 1, 10, 100, 1000, 5000, 50_000])(
    'with %i findings and steps, and tells how many it leaves out',
    (size) => {
      const comment = renderComment(touched(size), commentAbout);
      checkComment(comment);
      const decide = decideOf(comment);
      const shown = decide.match(/^(?:- (?:🔴|🟠|🟡|⚪) | {2}- also )/gmu)?.length ?? 0;
      expect(shown + left(decide, /_… and (\d+) more: all are in artifact/)).toBe(size);
      const rows = comment.match(/^\| (?:➕|➖)/gm)?.length ?? 0;
      expect(rows + left(comment, /_… and (\d+) more changes/)).toBe(size);
    },
  );

  test('dropping what is mild before what is grave', () => {
    const severities = [...decideOf(renderComment(touched(5000), commentAbout)).matchAll(/^- \S+ \*\*(\w+)\*\*/gm)];
    expect(new Set(severities.map((match) => match[1]))).toEqual(new Set(['critical']));
  });

  test('dropping no revoke while a grant is shown', () => {
    for (const size of [10, 100, 300, 1000]) {
      const comment = renderComment(touched(size), commentAbout);
      const [grants, revokes] = [/^\| ➕/gm, /^\| ➖/gm].map((sign) => comment.match(sign)?.length ?? 0);
      if ((grants ?? 0) > 0) expect(revokes).toBe(Math.floor(size / 2));
    }
  });

  test('keeping digest, gaps, the way to the whole and what approving means', () => {
    const gaps = crowded(50_000)
      .policies.flatMap(({ name }) => read(name))
      .map((row) => ({
        ...row,
        state: 'gap' as const,
        reason: 'forbidden' as const,
        needs: 'Directory.Read.All',
      }));
    const comment = renderComment(
      { ...touched(50_000), coverage: gaps, conclusion: 'incomplete', exitCode: 3 },
      commentAbout,
    );
    checkComment(comment);
    expect(comment).toContain('plan `9f2c41d7`');
    expect(comment).toContain(`approves exactly plan \`sha256:${'9f2c41d7'.repeat(8)}\``);
    for (const kind of ['application permissions', 'Azure roles', 'credentials'])
      expect(comment).toContain(`> - **${kind}** of \`hubstor-prod\`, \`disks-prod\`: the reader lacks a permission`);
    expect(comment).toContain('artifact `backup-access-report` of [this run](https://github.com/');
  });

  test('where ten thousand identities change by one row each', () => {
    const { plan } = touched(10_000);
    const steps = plan.steps.map((step, at) => {
      const { before, after } = step.change;
      const identity = `00000000-0000-4000-8000-${String(at).padStart(12, '0')}`;
      return {
        ...step,
        change: {
          ...step.change,
          before: before === null ? null : { ...before, identity },
          after: after === null ? null : { ...after, identity },
        },
      } as typeof step;
    });
    const report = { ...touched(10_000), plan: { ...plan, steps }, policies: [hubstor, disks] };
    checkComment(renderComment(report, commentAbout));
  });
});

describe('what is read first', () => {
  test('with few rows, what changes; with many, what is to decide', () => {
    const few = renderComment(touched(10), commentAbout);
    expect(few.indexOf('| access of')).toBeLessThan(few.indexOf('#### To decide'));
    const many = renderComment(touched(100), commentAbout);
    expect(many.indexOf('| access of')).toBeGreaterThan(many.indexOf('#### To decide'));
  });

  test('gaps and broken backups stand above all tables', () => {
    for (const name of ['gap', 'breaking']) {
      const comment = renderComment(commentReports[name] ?? touched(0), commentAbout);
      expect(comment.indexOf('> [!')).toBeGreaterThan(0);
      expect(comment.indexOf('> [!')).toBeLessThan(comment.indexOf('| access of'));
    }
  });
});
