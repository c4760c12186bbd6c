import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import type { StepState } from '../../src/core/apply.ts';
import type { Report } from '../../src/core/report.ts';
import { applyOutcome } from '../../src/report/apply-outcome.ts';
import { groupFindings } from '../../src/report/group-findings.ts';
import { tellBackups, tellNext, tellOrigin, tellStates, tellStep } from '../../src/report/tell-apply.ts';
import { isComplete, tellExit, tellHeadline } from '../../src/report/tell-outcome.ts';
import { applyReport, applyReports, backupVerdicts, lacksGrant, partial, resultsOf } from '../support/apply-reports.ts';
import { drift, finding } from '../support/report-parts.ts';
import { clean, incomplete, invalid } from '../support/reports.ts';

const states = ['done', 'already', 'not-done', 'unknown', 'not-run'] as const;
const outcomeOf = (report: Report) => {
  const outcome = applyOutcome(report);
  if (outcome === null) throw new Error('no outcome');
  return outcome;
};
const headline = (report: Report): string => tellHeadline(report, groupFindings(report.findings));
const backups = (report: Report): string => tellBackups(report, outcomeOf(report), isComplete(report));
const next = (report: Report): string => tellNext(report, outcomeOf(report), isComplete(report));
const ran = (some: readonly StepState[], over: Partial<Report> = {}): Report =>
  applyReport({ results: resultsOf(...some) }, over);
const all: readonly StepState[] = ['done', 'done', 'done', 'done', 'done'];
const none: readonly StepState[] = ['not-run', 'not-run', 'not-run', 'not-run', 'not-run'];
const grants: readonly StepState[] = ['done', 'done', 'not-run', 'not-run', 'not-run'];

describe('the headline says in which state the tenant is', () => {
  test.each([
    [ran(all), 'applied: all 5 steps stand'],
    [
      ran(['done', 'already', 'unknown', 'not-done', 'not-run'], partial),
      'not applied in full: 2 of 5 steps stand, 1 not known, 1 not done, 1 not begun',
    ],
    [
      ran(['already', 'not-done', 'not-run', 'not-run', 'not-run'], partial),
      'not applied in full: 1 of 5 steps stands, 1 not done, 3 not begun; this run changed nothing',
    ],
    [ran(none, partial), 'not applied in full: 0 of 5 steps stand, 5 not begun; this run changed nothing'],
    [
      applyReport({ results: resultsOf(...all), stopped: 'the end could not be written to the journal' }, partial),
      'not applied in full: 5 of 5 steps stand, but the end could not be written to the journal',
    ],
    [applyReport({ isDryRun: true }), 'dry run: 5 steps would be written, nothing was'],
    [applyReport({}, { exitCode: 5, conclusion: 'refused' }), 'refused, nothing was written'],
    [
      applyReport({ refusals: [{ code: 'x', why: 'the lock is held', wayForward: 'wait' }] }),
      'refused, nothing was written: the lock is held',
    ],
    [applyReport({}, { plan: clean.plan }), 'nothing to write: the tenant is as the policies say'],
    [applyReport({}, { plan: clean.plan, drift }), 'nothing to write: what differs, no policy lets the program change'],
    [
      applyReport({}, { plan: clean.plan, coverage: incomplete.coverage, conclusion: 'incomplete' }),
      'nothing was written, and it is not known whether all is well',
    ],
    [
      applyReport({}, { plan: clean.plan, findings: [finding()] }),
      'nothing to write: the tenant is as the policies say; 1 thing to fix: HubStor Backup App holds `Contributor` on resource group rg-erp-prod (privileged-azure-role)',
    ],
    [
      applyReport({}, { ...invalid, mode: 'apply' }),
      '3 mistakes in 2 files to mend first: nothing was judged; nothing was written',
    ],
    [ran(all, { diagnostics: invalid.diagnostics }), 'applied: all 5 steps stand; 3 mistakes in 2 files to mend first'],
  ])('%#: %2$s', (report, words) => {
    expect(headline(report)).toBe(words);
  });

  it('never says that all is applied while a step does not stand, and its numbers add up', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...states), { minLength: 5, maxLength: 5 }), (some) => {
        const words = headline(ran(some));
        const isWhole = some.every((state) => state === 'done' || state === 'already');
        expect(words.startsWith('applied: all')).toBe(isWhole);
        const told = [...tellStates(outcomeOf(ran(some))).matchAll(/\d+/g)].map(([number]) => Number(number));
        expect(told.reduce((sum, number) => sum + number, 0)).toBe(5);
        if (!isWhole) expect(words).toMatch(/^not applied in full: \d of 5 steps stands?, /);
      }),
    );
  });
});

describe('where nothing was tried', () => {
  test.each([
    [
      'no tenant was read',
      { source: 'offline' as const, tenant: null, plan: clean.plan },
      'nothing was written: the tenant was not read',
      'sign in, so that the tenant can be read, and run it again',
    ],
    [
      'a snapshot was read',
      { source: 'snapshot' as const },
      'nothing was written: the tenant was not read',
      'sign in, so that the tenant can be read, and run it again',
    ],
    ['steps are planned', {}, 'nothing was written, though 5 steps are planned', 'run it again'],
  ])('and %s, it is never said that all is as it should be', (_name, over, words, todo) => {
    expect(headline(applyReport({}, over))).toBe(words);
    expect(next(applyReport({}, over))).toBe(todo);
  });
});

describe('backups', () => {
  const inOrder = 'no access was taken before its replacement was seen to stand';
  const unknown = 'whether backups have all that they need is not known: not all of it could be read';
  const excepted = { reason: 'x', approvedBy: 'ada', expires: '2027-01-31', place: finding().place };
  test.each([
    ['refused', applyReports['refused'], 'backups run as they did before this run'],
    [
      'nothing written, something missing',
      applyReport({}, { plan: clean.plan, findings: [lacksGrant] }),
      'backups run as they did before this run; 1 grant that backups need is missing, as before',
    ],
    ['all stand', ran(all), `backups have all that they need; ${inOrder}`],
    ['only grants', ran(grants, partial), 'backups have all that they need; this run took no access away'],
    [
      'nothing declared',
      ran(all, { policies: clean.policies.map((policy) => ({ ...policy, protects: [] })) }),
      inOrder,
    ],
    [
      'a grant is missing',
      ran(grants, { ...partial, findings: [lacksGrant] }),
      '1 grant that backups need is missing now, so that they may fail; this run took no access away',
    ],
    [
      'a grant is missing that the rest of the plan brings',
      ran(grants, {
        ...partial,
        findings: [
          { ...lacksGrant, curedByPlan: true, stands: false },
          { ...lacksGrant, fingerprint: 'b' },
        ],
      }),
      '2 grants that backups need are missing now, so that they may fail; this run took no access away',
    ],
    [
      'a policy that asks for too little, of a tenant that holds it',
      ran(all, { findings: [{ ...lacksGrant, side: 'policy' as const }] }),
      `backups have all that they need; ${inOrder}`,
    ],
    [
      'an exception',
      ran(all, { findings: [{ ...lacksGrant, exception: excepted }] }),
      `backups have all that they need, but for what exceptions accept; ${inOrder}`,
    ],
    ['a gap', ran(all, { coverage: incomplete.coverage }), `${unknown}; ${inOrder}`],
    ['a verdict that is unknown', ran(all, { verdicts: backupVerdicts('unknown') }), `${unknown}; ${inOrder}`],
    ['a rule that broke', ran(all, { verdicts: backupVerdicts('error') }), `${unknown}; ${inOrder}`],
    ['no verdict', ran(all, { verdicts: [] }), `${unknown}; ${inOrder}`],
    [
      'access taken too early',
      ran(['done', 'unknown', 'done', 'done', 'not-run'], partial),
      'look at these backups first: 2 steps took access, or may have, whose replacement was not seen to stand',
    ],
  ])('%s', (_name, report = clean, words) => {
    expect(backups(report)).toBe(words);
  });

  it('are never said to be well on a guess', () => {
    const over = fc.record({
      coverage: fc.constantFrom(clean.coverage, incomplete.coverage),
      verdicts: fc.constantFrom('pass', 'fail', 'excepted', 'unknown', 'error').map(backupVerdicts),
      findings: fc.constantFrom([], [lacksGrant], [{ ...lacksGrant, curedByPlan: true, stands: false }]),
    });
    const some = fc.array(fc.constantFrom(...states), { minLength: 5, maxLength: 5 });
    fc.assert(
      fc.property(some, over, (results, more) => {
        const words = backups(ran(results, more));
        if (!words.includes('have all that they need;')) return;
        expect(more.findings).toEqual([]);
        expect(more.coverage).toBe(clean.coverage);
        expect(more.verdicts.every(({ verdict }) => verdict !== 'unknown' && verdict !== 'error')).toBe(true);
        const stands = (at: number): boolean => results[at] === 'done' || results[at] === 'already';
        for (const at of [3, 4])
          if (results[at] === 'done' || results[at] === 'unknown') expect([0, 1, 2].every(stands)).toBe(true);
      }),
      { numRuns: 500 },
    );
  });
});

describe('what is to be done', () => {
  const rerun =
    'mend what is named below, if anything is, and run it again. A rerun is safe: it reads what stands, writes only what is missing, and needs no new approval while each step left is one of those approved';
  test.each([
    ['refused', 'do what is named below, then run it again; nothing was left behind'],
    ['dry-run', 'run it without `dry-run` to write these steps'],
    ['applied', 'nothing is left to do for this merge'],
    ['applied-rest', 'read below why changes are left out, and what lets each of them through'],
    ['partial', rerun],
    ['unsent', rerun],
    ['nothing', 'nothing is left to do for this merge'],
    ['left-out', 'read below why changes are left out, and what lets each of them through'],
    ['unread', 'mend what could not be read, and run it again'],
  ])('%s', (name, words) => {
    expect(next(applyReports[name] ?? clean)).toBe(words);
  });

  test('where findings are left', () => {
    expect(next(ran(all, { exitCode: 1 }))).toBe('what is still to be fixed takes another pull request');
  });
});

describe('words', () => {
  const [create, , remove] = drift;
  test.each([
    [create?.change ?? null, 'grant Azure role Disk Backup Reader on resource group rg-erp-prod to me'],
    [remove?.change ?? null, 'revoke Azure role Contributor on resource group rg-legacy from me'],
    [drift[4]?.change ?? null, 'change Azure role Storage Blob Data Contributor on resource group rg-erp-prod of me'],
    [null, 'a step that is not in the plan: the-id'],
  ])('%#: %2$s', (change, words) => {
    expect(tellStep(change, 'the-id', () => 'me')).toBe(words);
  });

  test.each([
    [{}, 'commit 4e9d2c83, pull request 12, approved by ada, grace'],
    [{ commit: null, pull: null, approvers: [] }, ''],
    [{ pull: null, approvers: [] }, 'commit 4e9d2c83'],
    [{ commit: 'no commit', pull: null, approvers: [] }, 'commit no commit'],
    [
      { commit: null, approvers: Array.from({ length: 12 }, (_, at) => `a${at}`) },
      'pull request 12, approved by a0, a1, a2, a3, a4, a5, a6, a7, a8, a9 and 2 more',
    ],
  ])('where it came from: %#', (more, words) => {
    expect(tellOrigin(outcomeOf(applyReport(more)))).toBe(words);
  });

  test.each([
    ['partial', 'exit code 4, not applied in full: not every step of the plan is known to stand, and a rerun is safe'],
    ['refused', 'exit code 5, refused: nothing was written'],
    ['applied', 'exit code 0, clean: nothing at or above medium stands'],
  ])('how a run ends: %s', (name, words) => {
    const report = applyReports[name] ?? clean;
    expect(tellExit(report, groupFindings(report.findings))).toBe(words);
  });
});
