import { describe, expect, test } from 'vitest';
import { runTrials, tellWrong } from '../../scripts/faults/run-trials.ts';
import { rowsOf } from '../../scripts/faults/table.ts';

describe('the built program, with one fault in each run', () => {
  test('ends as approved after a second run, with nothing granted twice and no gap', { timeout: 300_000 }, async () => {
    const { steps, verdicts } = await runTrials(true, () => undefined);
    expect(steps).toBe(12);
    expect(verdicts.flatMap((verdict) => tellWrong(verdict))).toEqual([]);
    const rows = rowsOf(verdicts);
    expect(rows.map(({ fault }) => fault).sort()).toEqual(
      [
        '403',
        '404',
        '409',
        '429 after commit',
        '429 with Retry-After',
        '429 without',
        '500 after commit',
        '500 before it is done',
        '503 after commit',
        '503 before it is done',
        'all',
        'answer cut off after commit',
        'crash after a file write',
        'crash at a request’s end',
        'crash at a request’s end, replicas behind',
        'crash at a request’s start',
        'crash before a file write',
        'crash in a file write',
        'lost answer after commit',
        'lost answer after commit, replicas behind',
        'malformed body after commit',
        'malformed body, nothing done',
        'no connection',
        'replica lag',
        'stale read',
      ].sort(),
    );
    for (const { cells } of rows) expect(cells).toEqual([cells[0], cells[0], 0, 0, 0, 0, 0]);
  });
});
