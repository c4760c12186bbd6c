import type { Kind } from '../src/core/kind.ts';

const row = ({ id, title, needs, optional, planned }: Kind): string => {
  const when =
    optional === undefined ? 'policies that ask for it' : `policies that ask for it; for all with \`${optional}\``;
  return `| [${id}](${id}.md) | ${title} | ${needs} | ${when} | ${planned ? 'yes' : 'no'} |`;
};

/** The list of all kinds, as `docs/kinds/index.md`. */
export const renderKindIndex = (kinds: readonly Kind[]): string => `# What is read

<!-- generated: npm run docs, from src/kinds -->

Each kind of access, of protection and of setting is read by itself. What a policy asks for and the reader may not read is
a gap, and the run ends with exit code 3; what nobody asks for is read where the reader may, and left out in silence where
it may not. \`backup-access-guard permissions\` prints what a reader needs for your policies.

| Kind | What it is | Least permission to read | Read for | Written |
| --- | --- | --- | --- | --- |
${kinds.map(row).join('\n')}
`;
