import { pathToFileURL } from 'node:url';
import type { AzureRoleAssignmentFact } from '../src/core/fact.ts';
import { scopeContains } from '../src/core/scope.ts';
import { effectiveAccess } from '../src/knowledge/effective-access.ts';
import { allows } from '../src/knowledge/role-algebra.ts';
import { fleetAssignments, fleetQuestions, type Question } from '../test/support/access-fleet.ts';
import { hasCedar, loadCedar } from '../test/support/cedar.ts';

const assignments = 5_000;
/** The contestants take turns, so that a busy machine slows all of them. */
const rounds = 9;
/** The slow ones answer the first of the questions only. */
const questions = { ours: 20_000, naive: 500, cedar: 300 };
/** Times as many decisions per second as the others, in the round in which we did worst. */
const bars = { naive: 50, cedar: 80 };

/** How often the questions are asked again, for long enough to be measured. */
const again = 5;

type Decide = (question: Question) => boolean;

/** Every assignment, from the first on, until one allows. */
const naively =
  (facts: readonly AzureRoleAssignmentFact[]): Decide =>
  ({ identity, action, plane, scope }) =>
    facts.some(
      (fact) =>
        fact.identity === identity && scopeContains(fact.scope, scope) && allows(fact.permissions ?? [], action, plane),
    );

const ours = (facts: readonly AzureRoleAssignmentFact[]): Decide => {
  const decide = effectiveAccess(facts);
  return ({ identity, action, plane, scope }) => decide(identity, action, plane, scope).allowed === 'yes';
};

const byCedar = (facts: readonly AzureRoleAssignmentFact[]): Decide => {
  const decide = loadCedar().decideByBucket(
    facts.map(({ identity, scope, permissions }) => ({ identity, scope, permissions: permissions ?? [] })),
  );
  return ({ identity, action, plane, chain }) => decide(identity, action, plane, chain);
};

/**
 * Decisions per second of this thread's own time: what else the machine does takes turns with us, and would be counted
 * for one contestant and not for another.
 */
const speed = (decisions: number, run: () => void): number => {
  const began = process.threadCpuUsage();
  run();
  const { user, system } = process.threadCpuUsage(began);
  return (decisions * 1_000_000) / (user + system);
};

const ask = (decide: Decide, asked: readonly Question[]): void => {
  for (const question of asked) decide(question);
};

const repeat = (times: number, run: () => void): void => {
  for (let time = 0; time < times; time++) run();
};

const median = (numbers: readonly number[]): number => numbers.toSorted((a, b) => a - b)[numbers.length >> 1] ?? 0;

const tell = (name: string, ratios: readonly number[], bar: number): void => {
  const smallest = Math.min(...ratios);
  const verdict = smallest >= bar ? `  at least ${bar}` : `  BELOW THE BAR of ${bar}`;
  console.log(
    `  ${name.padEnd(44)} ${median(ratios).toFixed(0).padStart(6)}  ${smallest.toFixed(0).padStart(6)}${verdict}`,
  );
};

/** Decisions per second by our index beside a scan and beside Cedar, all three about the same assignments. */
export const benchAlgebra = (): void => {
  const facts = fleetAssignments(assignments);
  const asked = fleetQuestions(questions.ours, facts);
  const naive = naively(facts);
  const cedar = hasCedar ? byCedar(facts) : null;
  const speeds: Record<'first' | 'again' | 'naive' | 'cedar', number[]> = {
    first: [],
    again: [],
    naive: [],
    cedar: [],
  };
  const decisions = ours(facts);
  const differing = asked
    .slice(0, questions.naive)
    .filter((one) => [naive, cedar].some((other) => other !== null && other(one) !== decisions(one)));
  for (let round = 0; round < rounds; round++) {
    const anew = fleetAssignments(assignments);
    let decide: Decide = naive;
    const first = speed(asked.length, () => {
      decide = ours(anew);
      ask(decide, asked);
    });
    speeds.first.push(first);
    speeds.again.push(speed(asked.length * again, () => repeat(again, () => ask(decide, asked))));
    speeds.naive.push(speed(questions.naive, () => ask(naive, asked.slice(0, questions.naive))));
    if (cedar !== null) speeds.cedar.push(speed(questions.cedar, () => ask(cedar, asked.slice(0, questions.cedar))));
  }
  const ratio = (mine: 'first' | 'again', other: 'naive' | 'cedar'): number[] =>
    speeds[other].map((theirs, round) => (speeds[mine][round] ?? 0) / theirs);
  console.log(
    `decisions on ${assignments} role assignments, times as many per second (median and smallest of ${rounds} rounds)`,
  );
  tell('a scan of all, index and all, asked once', ratio('first', 'naive'), bars.naive);
  tell('a scan of all, asked again', ratio('again', 'naive'), bars.naive);
  if (cedar === null) console.log('  Cedar: not installed in .tools, see .ci/run');
  else {
    tell('Cedar, one policy set per identity, once', ratio('first', 'cedar'), bars.cedar);
    tell('Cedar, one policy set per identity, again', ratio('again', 'cedar'), bars.cedar);
  }
  const perSecond = Object.entries(speeds).map(([name, list]) => `${name} ${Math.round(median(list))}`);
  console.log(`  per second: ${perSecond.join(', ')}; answers that differ: ${differing.length} of ${questions.naive}`);
};

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) benchAlgebra();
