import type { Verdict } from './run-once.ts';

const columns = [
  'hooks',
  'reference state',
  'second grants',
  'outside of plan',
  'gaps in access',
  'intents missing',
  'journals wrong',
] as const;

/** Numbers of one row, in the order of the columns. */
export interface Row {
  readonly fault: string;
  readonly cells: readonly number[];
  /** Is every cell as it has to be? */
  readonly isGood: boolean;
}

const rowOf = (fault: string, verdicts: readonly Verdict[]): Row => {
  const struck = verdicts.filter((verdict) => verdict.struck).length;
  const ended = verdicts.filter(({ reference }) => reference.length === 0).length;
  const sum = (of: (verdict: Verdict) => readonly string[]): number =>
    verdicts.reduce((total, verdict) => total + of(verdict).length, 0);
  const wrong = [
    sum(({ second }) => second),
    sum(({ outside }) => outside),
    sum(({ gaps }) => gaps),
    sum(({ intents }) => intents),
    sum(({ journals }) => journals),
  ];
  const isGood = struck === verdicts.length && ended === struck && wrong.every((count) => count === 0);
  return { fault, cells: [struck, ended, ...wrong], isGood };
};

/** A row for each fault, and one for all of them. */
export const rowsOf = (verdicts: readonly Verdict[]): readonly Row[] => [
  ...[...Map.groupBy(verdicts, ({ trial }) => trial.fault)].map(([fault, same]) => rowOf(fault, same)),
  rowOf('all', verdicts),
];

export const renderTable = (rows: readonly Row[]): string => {
  const first = Math.max(...rows.map(({ fault }) => fault.length));
  const head = [''.padEnd(first), ...columns].join('  ');
  const lines = rows.map(({ fault, cells, isGood }) =>
    [
      fault.padEnd(first),
      ...cells.map((cell, index) => String(cell).padStart(columns[index]?.length ?? 0)),
      ...(isGood ? [] : ['wrong']),
    ].join('  '),
  );
  return [head, ...lines].join('\n');
};
