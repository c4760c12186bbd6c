import { describe, expect, it, test } from 'vitest';
import { renderApplyComment } from '../../src/report/apply-comment.ts';
import { checkRunOf } from '../../src/report/check-run.ts';
import { applyMarker, commentMarker } from '../../src/report/comment-marker.ts';
import { renderAnnotations } from '../../src/report/render-annotations.ts';
import { renderSarif } from '../../src/report/render-sarif.ts';
import { applyReport, applyReports, resultsOf } from '../support/apply-reports.ts';
import { checkComment, commentAbout } from '../support/check-comment.ts';
import { ruleDocs } from '../support/report-parts.ts';
import { clean } from '../support/reports.ts';

const named = (name: string) => applyReports[name] ?? clean;

describe('the comment on a merged pull request', () => {
  it.each(Object.keys(applyReports))('is whole and inert: %s', (name) => {
    checkComment(renderApplyComment(named(name), commentAbout), '<!-- backup-access-guard-apply:check -->\n');
  });

  it('is another than the one that was approved, whatever the tag', () => {
    for (const tag of ['check', 'apply', 'apply-check', 'a'.repeat(40)]) {
      const body = renderApplyComment(named('applied'), { ...commentAbout, tag });
      expect(body.startsWith(`${applyMarker(tag)}\n`)).toBe(true);
      for (const other of ['check', 'apply', 'apply-check']) expect(body.startsWith(commentMarker(other))).toBe(false);
    }
  });

  it.each(['', 'A', 'a b', '-->', 'a'.repeat(41)])('has no tag %j', (tag) => {
    expect(() => applyMarker(tag)).toThrow(
      'comment-tag takes 1 to 40 lower-case letters, digits and hyphens, nothing else',
    );
  });

  it('is not made of a run that meant to write nothing', () => {
    expect(() => renderApplyComment(clean, commentAbout)).toThrow('a report of no writing was to be told as one');
  });

  it.each([
    ['refused', 'WARNING'],
    ['partial', 'CAUTION'],
    ['unsent', 'WARNING'],
    ['applied', null],
    ['dry-run', null],
    ['nothing', null],
  ])('calls somebody where something is to be done: %s, %s', (name, box) => {
    expect(/^> \[!(\w+)\]$/m.exec(renderApplyComment(named(name), commentAbout))?.[1] ?? null).toBe(box);
  });

  it.each([
    ['refused', '⛔ **refused**'],
    ['dry-run', '⚪ **dry run**'],
    ['applied', '✅ **applied**'],
    ['partial', '⚠️ **not applied in full**'],
    ['nothing', '✅ **nothing to write**'],
    ['left-out', '⚪ **nothing was written**'],
    ['unread', '⚠️ **incomplete**'],
    ['mistakes', '❌ **fails**'],
  ])('shows at a glance how it ended: %s', (name, status) => {
    expect(renderApplyComment(named(name), commentAbout).split('\n')[2]).toContain(status);
  });

  it('mentions nobody', () => {
    const comment = renderApplyComment(applyReport({ approvers: ['@ada', 'org/team'] }), commentAbout);
    expect(comment.replaceAll('\u2060', '')).toContain('approved by @ada');
    expect(comment).not.toContain('@ada');
  });
});

test.each([
  [
    'refused',
    [
      'error refused: needs-approval: The tenant has changed since the plan was reviewed: one step was not in it (revoke `Contributor` of HubStor). Open a pull request that touches the policy, whose check shows the plan of today.',
      'error refused: brake-revokes: 25 steps take access away, 20 are allowed. Merge it in smaller parts, or raise `brake.revokes` in `backup-access.yaml` in a pull request of its own.',
    ],
  ],
  [
    'partial',
    [
      'error not known: Grant Azure role Disk Snapshot Contributor on resource group rg-snapshots to HubStor Backup App (6f1c0f5e-2f0a-4b6e-9d57-0f2a7b6d1c10): no answer came, and the tenant could not be read for 10 minutes.',
      'error not done: Revoke Azure role Contributor on resource group rg-legacy from HubStor Backup App (6f1c0f5e-2f0a-4b6e-9d57-0f2a7b6d1c10): HTTP 403, AuthorizationFailed: the client has no permission to do this.',
      'warning not begun: Revoke delegated permission user_impersonation on Azure Service Management, for all users from HubStor Backup App (6f1c0f5e-2f0a-4b6e-9d57-0f2a7b6d1c10): it waits for steps that are not known to stand.',
    ],
  ],
  ['applied', []],
  ['dry-run', []],
  ['nothing', []],
])('annotations of %s', (name, expected) => {
  const told = renderAnnotations({ ...named(name), findings: [] });
  expect(told.map(({ level, title, message }) => `${level} ${title}: ${message}`)).toEqual(expected);
});

test.each([
  ['refused', /^Refused, nothing was written: the tenant has changed/],
  ['partial', /^Not applied in full: 2 of 5 steps stand/],
  ['applied', null],
  ['nothing', null],
])('SARIF says that a run did not do all that it was to do: %s', (name, words) => {
  const { runs } = JSON.parse(renderSarif(named(name), { ruleDocs }));
  const texts = runs[0].invocations[0].toolExecutionNotifications.map(
    (one: { readonly message: { readonly text: string } }) => one.message.text,
  );
  expect(texts.filter((text: string) => words?.test(text) ?? true)).toHaveLength(words === null ? 0 : 1);
});

test.each([
  ['applied', 'success'],
  ['dry-run', 'action_required'],
  ['partial', 'failure'],
  ['refused', 'failure'],
  ['nothing', 'success'],
])('the check run of %s: %s', (name, conclusion) => {
  const place = { name: 'x', headSha: 'a'.repeat(40), queued: false, pathOf: (file: string) => file };
  expect(checkRunOf(named(name), place).conclusion).toBe(conclusion);
});

test('a run whose step stands unread is no success, though every other is done', () => {
  const report = applyReport({ results: resultsOf('done', 'done', 'done', 'done') });
  expect(renderApplyComment(report, commentAbout)).toContain('nothing was written down of it');
});
