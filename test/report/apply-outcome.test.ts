import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import type { StepState } from '../../src/core/apply.ts';
import type { Report } from '../../src/core/report.ts';
import { applyOutcome, leadsReport, standing, taken, takenTooEarly } from '../../src/report/apply-outcome.ts';
import { applyReport, applyReports, partial, plannedSteps, resultsOf } from '../support/apply-reports.ts';
import { clean, invalid } from '../support/reports.ts';

const states = ['done', 'already', 'not-done', 'unknown', 'not-run'] as const;
const outcomeOf = (report: Report) => {
  const outcome = applyOutcome(report);
  if (outcome === null) throw new Error('no outcome');
  return outcome;
};
const named = (name: string): Report => {
  const report = applyReports[name];
  if (report === undefined) throw new Error(`no report ${name}`);
  return report;
};

test('of a report that meant to write nothing there is none', () => {
  expect(applyOutcome(clean)).toBeNull();
  expect(leadsReport(clean, applyOutcome(clean))).toBe(false);
});

describe('how writing ended', () => {
  test.each([
    ['refused', named('refused'), 'refused'],
    ['refused with exit code 5 alone', applyReport({}, { exitCode: 5 }), 'refused'],
    [
      'refused in a dry run',
      applyReport({ isDryRun: true, refusals: named('refused').apply?.refusals ?? [] }),
      'refused',
    ],
    ['only shown', named('dry-run'), 'dry-run'],
    ['shown, with nothing to write', applyReport({ isDryRun: true }, { plan: clean.plan }), 'nothing'],
    ['nothing to write', named('nothing'), 'nothing'],
    ['not read', named('unread'), 'nothing'],
    ['mistakes', named('mistakes'), 'nothing'],
    ['all stand', named('applied'), 'applied'],
    [
      'all stand, and something was not written down',
      applyReport({ results: named('applied').apply?.results ?? [], stopped: 'the lock could not be given back' }),
      'applied',
    ],
    [
      'all stand, and the run says that it is not whole',
      applyReport({ results: named('applied').apply?.results ?? [] }, partial),
      'partial',
    ],
    ['one is not known', applyReport({ results: resultsOf('done', 'done', 'done', 'done', 'unknown') }), 'partial'],
    ['one is not told', applyReport({ results: resultsOf('done', 'done', 'done', 'done') }), 'partial'],
    ['nothing was sent', named('unsent'), 'partial'],
  ])('%s: %3$s', (_name, report, end) => {
    expect(outcomeOf(report).end).toBe(end);
  });

  it('is `applied` only where every step of the plan is done or stood already, whatever else is said', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...states), { maxLength: 7 }), fc.boolean(), (some, isDryRun) => {
        const { end, rows } = outcomeOf(applyReport({ results: resultsOf(...some), isDryRun }));
        const good = some.every((state) => state === 'done' || state === 'already');
        expect(end === 'applied').toBe(some.length >= plannedSteps.length && good);
        if (end === 'applied') expect(standing(rows)).toBe(rows.length);
      }),
    );
  });
});

describe('rows', () => {
  const rowsOf = (...some: readonly StepState[]) =>
    outcomeOf(applyReport({ results: resultsOf(...some) })).rows.map(({ state, detail }) => [state, detail]);

  it('are the steps of the plan in its order', () => {
    const { rows } = outcomeOf(named('applied'));
    expect(rows.map(({ step }) => step)).toEqual(plannedSteps.map(({ id }) => id));
    expect(rows.map(({ change }) => change)).toEqual(plannedSteps.map(({ change }) => change));
  });

  it('of a step that nobody tells of are not known, for another may have been sent', () => {
    expect(rowsOf('done', 'already', 'done').slice(3)).toEqual([
      ['unknown', 'nothing was written down of it'],
      ['unknown', 'nothing was written down of it'],
    ]);
  });

  it('are not begun where the run ended before its first step', () => {
    const { rows } = outcomeOf(applyReport({ stopped: 'no journal' }, partial));
    expect(rows.map(({ state, detail }) => [state, detail])).toEqual(
      plannedSteps.map(() => ['not-run', 'nothing was sent']),
    );
  });

  it('are one for a step that two policies have', () => {
    const [first] = plannedSteps;
    if (first === undefined) throw new Error('no step');
    const plan = { ...clean.plan, steps: [first, { ...first, policy: 'disks-prod' }] };
    const { rows, end } = outcomeOf(applyReport({ results: resultsOf('done') }, { plan }));
    expect(rows.map(({ policies }) => policies)).toEqual([['hubstor-prod', 'disks-prod']]);
    expect(end).toBe('applied');
  });

  it('also tell of a step that the plan does not have', () => {
    const strange = { step: 'no/step', state: 'done', detail: '', requestIds: [] } as const;
    const { rows } = outcomeOf(
      applyReport({ results: [...resultsOf('done', 'done', 'done', 'done', 'done'), strange] }),
    );
    expect(rows).toHaveLength(6);
    expect(rows[5]).toEqual({ ...strange, after: [], change: null, policies: [] });
  });

  it.each(['refused', 'dry-run', 'nothing', 'left-out', 'unread', 'mistakes'])(
    'are none where nothing was tried: %s',
    (name) => {
      expect(outcomeOf(named(name)).rows).toEqual([]);
    },
  );
});

describe('access that was taken', () => {
  const idsOf = (...some: readonly StepState[]) => {
    const { rows } = outcomeOf(applyReport({ results: resultsOf(...some) }));
    const at = (step: string): number => plannedSteps.findIndex(({ id }) => id === step);
    return { taken: taken(rows).map(({ step }) => at(step)), early: takenTooEarly(rows).map(({ step }) => at(step)) };
  };

  test.each<readonly [readonly StepState[], readonly number[], readonly number[]]>([
    [['done', 'done', 'done', 'done', 'done'], [2, 3, 4], []],
    [['done', 'already', 'already', 'already', 'done'], [4], []],
    [['done', 'done', 'not-done', 'not-run', 'not-run'], [], []],
    [['done', 'done', 'done', 'unknown', 'not-run'], [2, 3], []],
    [['unknown', 'done', 'not-run', 'not-run', 'done'], [4], [4]],
    [
      ['done', 'not-done', 'done', 'not-run', 'unknown'],
      [2, 4],
      [2, 4],
    ],
  ])('of %j are %j, too early %j', (some, all, early) => {
    expect(idsOf(...some)).toEqual({ taken: all, early });
  });
});

test.each([
  ['mistakes in files, nothing written', named('mistakes'), false],
  ['mistakes that the tenant brought, after writing', { ...named('applied'), diagnostics: invalid.diagnostics }, true],
  ['mistakes beside a refusal', { ...named('refused'), diagnostics: invalid.diagnostics }, true],
  ['nothing to write', named('nothing'), true],
])('%s: writing is told first: %3$s', (_name, report, leads) => {
  expect(leadsReport(report, applyOutcome(report))).toBe(leads);
});
