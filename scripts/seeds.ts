/**
 * Prints the facts of the four documents with what a check of `examples/contoso` says of each, now.
 * Exits with 1 where a fact that should be told of is not.
 */
import { checkContoso } from '../test/seeds/check-contoso.ts';
import { findingsFor, readSeedFacts, type SeedFact } from '../test/seeds/read-seed-facts.ts';
import { countFacts } from './seed-docs.ts';

const seeds = readSeedFacts();
const { findings } = await checkContoso();
const width = Math.max(80, Math.min(process.stdout.columns ?? 120, 160));
const cut = (text: string): string => (text.length > width ? `${text.slice(0, width - 1)}…` : text);

/** The last part of an Azure id is enough on a line. */
const shorten = (message: string): string => message.replace(/`\/subscriptions\/[^`]*\/([^`/]+)`/g, '`…/$1`');

const say = (fact: SeedFact): readonly string[] => {
  const { checks, spares, waits, never } = fact;
  if (waits !== undefined) return [`waits for ${waits.rule ?? waits.kind ?? waits.evidence}`];
  if (never !== undefined) return [`not in a tenant: ${never}`];
  return (checks ?? spares ?? []).flatMap((expected) => {
    const [first] = findingsFor(expected, seeds.identities, findings);
    if (spares !== undefined) return [`${first === undefined ? 'right, spared' : 'WRONGLY TOLD'} by ${expected.rule}`];
    return [
      first === undefined
        ? `NOT TOLD by ${expected.rule}`
        : `${first.severity} ${first.rule}: ${shorten(first.message)}`,
    ];
  });
};

let isWrong = false;
for (const { name, facts } of seeds.systems) {
  console.log(`\n${name}`);
  for (const fact of facts) {
    const said = say(fact);
    isWrong ||= said.some((line) => /^(?:NOT|WRONGLY) TOLD/.test(line));
    console.log(cut(`  ${fact.id.padEnd(5)} ${fact.verdict.padEnd(12)} ${fact.asks}`));
    for (const line of said) console.log(cut(`        ${line}`));
  }
}
const all = seeds.systems.flatMap(({ facts }) => facts);
const { told, right, awaited, outside } = countFacts(all);
console.log(
  `\n${all.length} facts: ${told} told, ${right} right and spared, ${awaited} waiting, ${outside} not in a tenant`,
);
if (isWrong) process.exitCode = 1;
