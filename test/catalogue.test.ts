import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { exportName } from '../scripts/new-rule-files.ts';
import { pageSections, renderRuleHead, renderRuleIndex } from '../scripts/rule-docs.ts';
import { createNames } from '../src/app/create-names.ts';
import type { Fact } from '../src/core/fact.ts';
import { parsePolicy } from '../src/core/parse-policy.ts';
import type { ResolvedPolicy } from '../src/core/resolved-policy.ts';
import type { Rule } from '../src/core/rule.ts';
import { kinds } from '../src/kinds/index.ts';
import { rules } from '../src/rules/index.ts';

const root = new URL('../', import.meta.url);
const read = (path: string): string => readFileSync(new URL(path, root), 'utf8');
const namesIn = (folder: string, ending: string, but: readonly string[]): string[] =>
  readdirSync(new URL(folder, root))
    .filter((name) => name.endsWith(ending))
    .map((name) => name.slice(0, -ending.length))
    .filter((name) => !but.includes(name))
    .toSorted();

const now = new Date('2026-11-22T00:00:00Z');
const ids = rules.map(({ id }) => id);
const pageOf = (id: string): string => read(`docs/rules/${id}.md`);

/** Texts of the YAML blocks in one section of a page. */
const blocksIn = (page: string, section: string): string[] => {
  const text = page.split(/^## /m).find((part) => part.startsWith(`${section}\n`)) ?? '';
  return [...text.matchAll(/^```yaml\n([\s\S]*?)^```$/gm)].map(([, yaml]) => yaml ?? '');
};

/** Rules whose fault stands in the tenant alone: their pages can tell of it, but no policy shows it. */
const seenInTenantOnly = [
  'acs-app-principal',
  'administrator-owns-public-folders',
  'administrator-with-mailbox',
  'administrator-with-remote-powershell',
  'application-access-policy-legacy',
  'credential-added-by-stranger',
  'credential-beats-app-management',
  'credential-type-not-allowed',
  'device-code-flow-open',
  'disabled-identity-still-granted',
  'excluded-from-conditional-access',
  'exempt-from-app-management',
  'expired-credential',
  'federated-from-elsewhere',
  'federated-subject-by-name',
  'federated-subject-too-wide',
  'forbidden-app-in-deleted-items',
  'forbidden-app-present',
  'foreign-application',
  'granted-by-global-administrator',
  'hidden-credential',
  'long-lived-secret',
  'mailbox-audit-bypassed',
  'multi-tenant-audience',
  'no-credential-overlap',
  'no-owner',
  'orphaned-assignment',
  'owner-can-take-over',
  'permanent-administrator-for-backup',
  'recreated-identity',
  'required-app-missing',
  'secret-age',
  'secret-count',
  'secret-where-federation',
  'spoofed-display-name',
  'storage-account-open',
  'storage-account-unrecoverable',
  'unclaimed-vault-identity',
  'undeclared-access',
  'unlocked-instance-properties',
  'unused-credential',
  'unused-exception',
  'unused-identity',
  'vault-in-one-region',
  'vault-key-loss',
  'vault-open-to-outside',
  'vault-protects-nothing',
  'vault-recovery-points-deletable',
  'vault-without-second-approver',
];

/** A page's policy with its names resolved by the built-in lists. Throws where it has a mistake. */
const resolve = (file: string, yaml: string): ResolvedPolicy => {
  const parsed = parsePolicy(file, yaml, { ruleIds: ids, productIds: null, asOf: now });
  if (!parsed.ok) throw new Error(parsed.error.map(({ message }) => message).join('; '));
  const desired = kinds.map((kind) => kind.desired(parsed.value, createNames(null, false)));
  expect(desired.flatMap(({ problems }) => problems.map(({ message }) => message))).toEqual([]);
  const governs = new Set(kinds.filter((kind) => kind.governs(parsed.value)).map((kind) => kind.id));
  return { policy: parsed.value, desired: desired.flatMap(({ facts }) => facts), governs };
};

const complaintsOf = (rule: Rule, policy: ResolvedPolicy): string[] => {
  const facts = policy.desired.map(({ fact }) => fact);
  const desired = new Set(facts.map(({ key }) => key));
  const governs = (fact: Fact) => policy.governs.has(fact.kind);
  return [...rule.check({ policy, facts, all: facts, desired, governs, now, settings: { restoreGrace: 'P7D' } })].map(
    ({ message }) => message,
  );
};

describe('catalogue of rules', () => {
  it('has each id once, in order', () => {
    expect(ids).toEqual([...new Set(ids)].toSorted());
  });
  it('has a file, a page and a test for each rule, and none for anything else', () => {
    expect(namesIn('src/rules', '.ts', ['index'])).toEqual(ids);
    expect(namesIn('docs/rules', '.md', ['index', 'retired'])).toEqual(ids);
    expect(namesIn('test/rules', '.test.ts', [])).toEqual(ids);
  });
  it('has a page that lists them all', () => {
    expect(read('docs/rules/index.md')).toBe(renderRuleIndex(rules));
  });
});

describe.each(rules.map((rule) => [rule.id, rule] as const))('rule %s', (id, rule) => {
  it('is exported under its name, from a short file that names its page', () => {
    const source = read(`src/rules/${id}.ts`);
    expect(source).toContain(`export const ${exportName(id)} = defineRule({\n  id: '${id}',`);
    expect(source).toContain(`docs/rules/${id}.md`);
    expect(source.trimEnd().split('\n').length).toBeLessThanOrEqual(120);
  });
  it('says what it is in one sentence', () => {
    expect(rule.summary).toMatch(/^[A-Z][^\n]+[^.\n]$/);
    expect(rule.since).toMatch(/^\d+\.\d+\.\d+$/);
  });
  it('has a page with its head and every section', () => {
    const page = pageOf(id);
    expect(page.startsWith(`# ${id}\n`)).toBe(true);
    expect(page).toContain(renderRuleHead(rule));
    expect([...page.matchAll(/^## (.+)$/gm)].map(([, title]) => title)).toEqual([...pageSections]);
    expect(page).toMatch(/\]\(https:\/\/learn\.microsoft\.com\//);
  });
  it.each(['Avoid', 'Prefer'])('shows policies that can be read under %s', (section) => {
    const policies = blocksIn(pageOf(id), section).map((yaml) => resolve(`docs/rules/${id}.md`, yaml));
    expect(policies.length).toBeGreaterThan(0);
    const complaints = policies.flatMap((policy) => complaintsOf(rule, policy));
    if (section === 'Prefer' || seenInTenantOnly.includes(id)) expect(complaints).toEqual([]);
    else expect(complaints.length).toBeGreaterThanOrEqual(policies.length);
  });
});
