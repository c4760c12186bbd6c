/** `scope-too-wide` → `scopeTooWide`. */
export const exportName = (id: string): string => id.replace(/-(.)/g, (_, letter: string) => letter.toUpperCase());

/** A rule that says nothing yet. */
export const ruleOf = (id: string): string => `import { defineRule } from '../core/rule.ts';

/** See docs/rules/${id}.md */
export const ${exportName(id)} = defineRule({
  id: '${id}',
  summary: 'One sentence that names the fault, without a full stop',
  severity: 'medium',
  confidence: 'certain',
  kinds: ['app-role-assignment'],
  since: '0.1.0',
  *check({ facts }) {
    for (const fact of facts) {
      if (fact.subject !== 'the fault') continue;
      yield {
        at: fact,
        message: \`\\\`\${fact.subject}\\\` is at fault, with the number and the limit\`,
        help: 'what to use instead',
      };
    }
  },
});
`;

const examplePolicy = `\`\`\`yaml
apiVersion: backup-access/v1
kind: BackupAccessPolicy
metadata: { name: mail, owner: backup-team@contoso.example }
spec:
  identities: [{ appId: 6f1c0f5e-0000-4000-8000-000000000001 }]
  access: { applicationPermissions: { Microsoft Graph: [Mail.Read] } }
\`\`\``;

/** Its page, with every section that the catalogue asks for. */
export const pageOf = (id: string): string => `# ${id}

<!-- generated: npm run docs -->
One sentence that names the fault, without a full stop · **medium** · certain · kinds: app-role-assignment · since 0.1.0
<!-- /generated -->

## Why

What an attacker or an accident does with it, with a primary source.

## Avoid

${examplePolicy}

## Prefer

${examplePolicy}

## Fix

What the program does, and what a person must do.

## Allow

When an exception is right.
`;

/** Its test, which fails until its words are the rule's. */
export const testOf = (id: string): string => `import { ${exportName(id)} } from '../../src/rules/${id}.ts';
import { appRole } from '../support/facts.ts';
import { testRule } from '../support/test-rule.ts';

testRule(${exportName(id)}, {
  pass: {
    'what is right, at the very limit': [appRole('Mail.Read')],
  },
  fail: {
    'what is just past it': { facts: [appRole('Mail.ReadWrite')], says: ['the whole line that the rule says'] },
  },
});
`;

/** The index with the rule's import and its place in the array, both by id. */
export const withRule = (index: string, id: string): string => {
  const imports = [...index.matchAll(/^import \{ \w+ \} from '\.\/([a-z0-9-]+)\.ts';$/gm)].map(
    ([, found]) => found ?? '',
  );
  const ids = [...imports, id].toSorted();
  const lines = index.split('\n').filter((line) => !/^import \{ \w+ \} from '\.\//.test(line));
  const head = lines.findIndex((line) => line.startsWith('import type')) + 1;
  lines.splice(head, 0, ...ids.map((one) => `import { ${exportName(one)} } from './${one}.ts';`));
  const text = lines.join('\n');
  const array = text.indexOf('= [');
  return `${text.slice(0, array)}= [\n${ids.map((one) => `  ${exportName(one)},`).join('\n')}\n];\n`;
};
