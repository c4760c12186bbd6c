import type { BrakeQuestion } from '../../src/guard/brake.ts';

/** One revoke, told apart from others by its hash. */
interface Row {
  readonly hash: string;
  readonly key: string;
  readonly identity: string;
}

/** Days that a window of whole days lasts. */
const daysOf = (window: string): number => Number(/^P(\d+)D$/.exec(window)?.[1]);

const rowOf = (id: string, hash: string): Row => {
  const [, , ...key] = id.split('/');
  return { hash, key: key.join('/'), identity: key[1] ?? '' };
};

/**
 * What the brake is to say, as codes, from the words of docs/apply.md and slowly: no revoke, no limit; else the revokes of the
 * window, each time that it was done, and once where nobody knows, against three limits; and a step done three times in the window. Identities without a slash only.
 */
export const brakeOracle = ({ steps, held, limits, memory, now }: BrakeQuestion): readonly string[] => {
  const since = now.getTime() - daysOf(limits.window) * 24 * 60 * 60 * 1000;
  const runs = memory.filter(({ at }) => !(Date.parse(at) < since));
  const codes: string[] = [];

  const mine: Row[] = [];
  for (const { step, hash } of steps) if (step.change.action !== 'create') mine.push(rowOf(step.id, hash));
  if (mine.length > 0) {
    const rows: Row[] = [];
    const once = (list: Row[], row: Row): void => {
      if (!list.some(({ hash }) => hash === row.hash)) list.push(row);
    };
    for (const row of mine) once(rows, row);
    const planned = [...rows];
    const wholes: (Row & { at: number })[] = [];
    const doubts: (Row & { at: number })[] = [];
    for (const { at, steps: done } of runs) {
      const own: Row[] = [];
      for (const { id, hash, revokes } of done) if (revokes) once(own, rowOf(id, hash));
      for (const row of own) {
        const isDoubtful = done.some((one) => one.hash === row.hash && one.isDoubtful === true);
        (isDoubtful ? doubts : wholes).push({ ...row, at: Date.parse(at) });
      }
    }
    rows.push(...wholes);
    const open = doubts.filter((one) => !wholes.some(({ hash, at }) => hash === one.hash && at >= one.at));
    const counted: Row[] = [...planned];
    for (const row of open) once(counted, row);
    rows.push(...counted.slice(planned.length));
    if (rows.length > limits.revokes) codes.push('brake-revokes');

    const taken: string[] = [];
    for (const { key } of rows) if (!taken.includes(key)) taken.push(key);
    const governed: string[] = [...taken];
    for (const key of held) if (!governed.includes(key)) governed.push(key);
    if (taken.length / governed.length > limits.percent / 100) codes.push('brake-percent');

    const identities: string[] = [];
    for (const { identity } of mine) if (!identities.includes(identity)) identities.push(identity);
    for (const identity of identities)
      if (rows.filter((row) => row.identity === identity).length > limits.perIdentity) codes.push('brake-identity');
  }

  const ids: string[] = [];
  for (const { step } of steps) if (!ids.includes(step.id)) ids.push(step.id);
  for (const id of ids) {
    let times = 0;
    for (const run of runs) if (run.steps.some((one) => one.id === id && one.isDoubtful === undefined)) times += 1;
    if (times > 2) codes.push('flap');
  }
  return codes;
};
