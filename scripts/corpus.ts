/**
 * Judges every labelled case of `test/corpus`, and prints precision and recall of each rule and of all together.
 * Exits with 1 where either is under 1, or where a rule is made to speak, or spared, fewer than three times.
 */
import { measureCorpus } from '../test/corpus/measure.ts';

const least = 3;
const { cases, clean, measures, differences } = measureCorpus();

/** Of nothing found, nothing is wrong. */
const share = (right: number, other: number): number => (right + other === 0 ? 1 : right / (right + other));
/** Cut, not rounded: 1.00 is all of them. */
const told = (value: number): string => (Math.floor(value * 100) / 100).toFixed(2);
const sum = (key: 'right' | 'wrong' | 'missed'): number => measures.reduce((total, one) => total + one[key], 0);

const width = Math.max(...measures.map(({ rule }) => rule.length));
const row = (name: string, cells: readonly string[]): string =>
  `${name.padEnd(width)} ${cells.map((cell) => cell.padStart(9)).join('')}`;

console.log(row('rule', ['precision', 'recall', 'findings', 'fired', 'spared']));
for (const { rule, right, wrong, missed, fired, spared } of measures) {
  const few = fired < least || spared < least ? '  too few' : '';
  const cells = [told(share(right, wrong)), told(share(right, missed)), `${right + wrong}`, `${fired}`, `${spared}`];
  console.log(`${row(rule, cells)}${few}`);
}
const [right, wrong, missed] = [sum('right'), sum('wrong'), sum('missed')];
console.log(row('all', [told(share(right, wrong)), told(share(right, missed)), `${right + wrong}`, '', '']));
for (const difference of differences) {
  console.log(`\n${difference.name}`);
  for (const label of difference.wrong) console.log(`  found, and not expected: ${label}`);
  for (const label of difference.missed) console.log(`  expected, and not found: ${label}`);
}
console.log(`\n${cases} cases, ${clean} of them clean; ${measures.length} rules`);
const isThin = measures.some(({ fired, spared }) => fired < least || spared < least);
if (wrong > 0 || missed > 0 || isThin) process.exitCode = 1;
