import { runTrials, tellWrong } from './faults/run-trials.ts';
import { renderTable, rowsOf } from './faults/table.ts';

const isShort = process.argv.includes('--short');
const began = performance.now();

const { steps, verdicts } = await runTrials(isShort, (done, count, verdict) => {
  for (const line of tellWrong(verdict)) console.log(line);
  if (process.stderr.isTTY) process.stderr.write(`\r${done} of ${count}`);
  else if (done % 50 === 0) process.stderr.write(`${done} of ${count}\n`);
});
if (process.stderr.isTTY) process.stderr.write('\r');
const rows = rowsOf(verdicts);
console.log(`a plan of ${steps} steps, ${verdicts.length} runs with one fault each, and each run again without`);
console.log(renderTable(rows));
console.log(`${((performance.now() - began) / 1000).toFixed(0)} seconds`);
process.exitCode = steps === 12 && rows.every(({ isGood }) => isGood) ? 0 : 1;
