/**
 * `node scripts/oracle.ts [cases] [seed]`: holds the algebra against evaluators that share no line with it, and against
 * Cedar where `.tools` has it. Prints cases, answers and mismatches; exits with 1 where there is a mismatch.
 */
import { compareAccess } from '../test/support/access-oracle.ts';
import { compareAlgebra } from '../test/support/algebra-oracle.ts';
import { hasCedar } from '../test/support/cedar.ts';
import { compareWithCedar } from '../test/support/cedar-oracle.ts';
import { compareCovers } from '../test/support/cover-oracle.ts';
import { compareLeastRole } from '../test/support/least-role-oracle.ts';
import type { Outcome } from '../test/support/oracle-outcome.ts';

const [cases = 100_000, seed = 1] = process.argv.slice(2).map(Number);
if (!Number.isSafeInteger(cases) || !Number.isSafeInteger(seed) || cases < 1) {
  console.error('usage: node scripts/oracle.ts [cases] [seed], whole numbers');
  process.exit(2);
}
const shown = 3;

const tell = ({ about, cases: compared, answers, mismatches }: Outcome): number => {
  const heard = Object.entries(answers).map(([answer, times]) => `${times} ${answer}`);
  console.log(`${about}: ${compared} cases (${heard.join(', ')}), ${mismatches.length} mismatches`);
  for (const mismatch of mismatches.slice(0, shown)) console.log(`  ${mismatch}`);
  return mismatches.length;
};

const runs: readonly (() => Outcome | readonly Outcome[])[] = [
  () => compareAlgebra(cases, seed),
  () => compareAccess(cases, seed),
  () => compareCovers(cases, seed),
  // The slow ones: every pair of roles over some hundred actions each, and a policy engine.
  () => compareLeastRole(Math.ceil(cases / 20), seed),
  ...(hasCedar ? [() => compareWithCedar(Math.ceil(cases / 5), seed)] : []),
];
let mismatches = 0;
for (const run of runs) for (const outcome of [run()].flat()) mismatches += tell(outcome);
if (!hasCedar) console.log('Cedar: not installed in .tools, see .ci/run');
if (mismatches > 0) process.exitCode = 1;
