import type { SeedFact, SeedFacts } from '../test/seeds/read-seed-facts.ts';

const cell = (text: string): string => text.replaceAll('|', '\\|');
const rule = (id: string): string =>
  id === 'unmanaged-backup-access' ? `[${id}](scan.md)` : `[${id}](rules/${id}.md)`;
const unique = (texts: readonly string[]): readonly string[] => [...new Set(texts)];

const waitWords = ({ rule: id, kind, evidence }: NonNullable<SeedFact['waits']>): string => {
  if (evidence !== undefined) return `waits for the result of \`${evidence}\` as evidence`;
  if (kind === 'scan') return 'waits for the scan of what no policy names';
  return id === undefined ? `waits for \`${kind}\` to be read` : `waits for the rule \`${id}\``;
};

/** What becomes of a fact, in the words of the page. */
const outcome = ({ checks, spares, waits, never }: SeedFact): string => {
  if (checks !== undefined) return unique(checks.map(({ rule: id }) => rule(id))).join(', ');
  if (spares !== undefined) return `right; ${unique(spares.map(({ rule: id }) => rule(id))).join(', ')} would tell`;
  return waits === undefined ? `not in a tenant: ${never}` : waitWords(waits);
};

/** How many facts are told of, right, awaited, and out of reach. */
export const countFacts = (
  facts: readonly SeedFact[],
): Readonly<Record<'told' | 'right' | 'awaited' | 'outside', number>> => ({
  told: facts.filter(({ checks }) => checks !== undefined).length,
  right: facts.filter(({ spares }) => spares !== undefined).length,
  awaited: facts.filter(({ waits }) => waits !== undefined).length,
  outside: facts.filter(({ never }) => never !== undefined).length,
});

/** `docs/seed-facts.md`, whole. */
export const renderSeedDocs = ({ systems }: SeedFacts): string => {
  const all = systems.flatMap(({ facts }) => facts);
  const { told, right, awaited, outside } = countFacts(all);
  const lines = [
    '# What four documents ask for, fact by fact',
    '',
    '<!-- generated: npm run docs, from test/seeds/seed-facts.yaml -->',
    '',
    `The set-up pages of four backup systems ask for ${all.length} things that can be told apart. The tenant in`,
    '`examples/contoso` was set up by them to the letter, and a test checks it: of these facts the program tells of',
    `${told} by a finding with the identity and the grant named, ${right} are right as they stand and spared by the rule`,
    `that guards them, ${awaited === 0 ? '' : `${awaited} wait for access that is not read yet, `}and ${outside} are in no tenant.`,
    '`npm run seeds` prints the same with what the program says.',
    '',
    'Verdicts: *over* asks for too much, *stale* for what is retired, *risk* for something insecure, *bad* is wrong in itself,',
    '*gap* leaves something out, *check* and *cleanup* are things to look after.',
    ...systems.flatMap(({ name, product, facts }) => [
      '',
      `## ${name}`,
      '',
      `Profile: [\`policies/products/${product}.yaml\`](../policies/products/${product}.yaml)`,
      '',
      '| Fact | Asked | Verdict | Told by |',
      '| --- | --- | --- | --- |',
      ...facts.map((fact) => `| ${fact.id} | ${cell(fact.asks)} | ${fact.verdict} | ${cell(outcome(fact))} |`),
    ]),
  ];
  return `${lines.join('\n')}\n`;
};
