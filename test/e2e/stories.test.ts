import { describe, expect, it } from 'vitest';
import { changedFact } from '../../src/core/change.ts';
import type { Report } from '../../src/core/report.ts';
import { scopeName } from '../../src/core/scope.ts';
import { rules } from '../../src/rules/index.ts';
import { checkOn, serve, writePolicies } from '../support/rig.ts';
import { credentialStories } from './stories/credentials.ts';
import { graphStories } from './stories/graph.ts';
import { policyStories } from './stories/policies.ts';
import { readerStories } from './stories/readers.ts';
import { roleStories } from './stories/roles.ts';
import type { Stories } from './stories/story.ts';
import { vaultStories } from './stories/vaults.ts';

/** The stories are about these: a rule more has its own table, and changes none of them. */
const told: ReadonlySet<string> = new Set([
  'self-escalation',
  'undeclared-access',
  'redundant-permission',
  'privileged-azure-role',
  'scope-too-wide',
  'delegated-grant-on-daemon',
  'long-lived-secret',
  'expired-credential',
  'secret-where-federation',
  'retired-api',
  'orphaned-assignment',
  'recreated-identity',
  'expired-exception',
  'unused-exception',
]);

const apiNames: Readonly<Record<string, string>> = {
  '00000003-0000-0000-c000-000000000000': 'Graph',
  '00000002-0000-0ff1-ce00-000000000000': 'Exchange',
  '00000002-0000-0000-c000-000000000000': 'Azure AD Graph',
};
const placeOf = (scope: string | null, api: string | null): string => {
  if (api !== null) return ` on ${apiNames[api] ?? api}`;
  return scope === null ? '' : ` on ${scope === '/' ? '/' : scopeName(scope)}`;
};

const judged = rules.filter(({ id }) => told.has(id));

const tell = ({ exitCode, findings, drift, coverage, diagnostics }: Report) => ({
  exit: exitCode,
  says: findings.map((finding) => {
    const marks = [finding.curedByPlan ? ', cured' : '', finding.exception === null ? '' : ', accepted'].join('');
    const place = placeOf(finding.scope, finding.api);
    return `${finding.severity} ${finding.rule}: ${finding.subject}${place} (${finding.side}${marks})`;
  }),
  drift: drift.map(({ change }) => {
    const fact = changedFact(change);
    const place = placeOf('scope' in fact ? fact.scope : null, 'api' in fact ? fact.api : null);
    return `${change.cause} ${fact.kind}: ${fact.subject}${place}`;
  }),
  gaps: coverage
    .filter(({ state }) => state === 'gap')
    .map(({ kind, subject, reason }) => `${kind} of ${subject}: ${reason}`),
  mistakes: diagnostics.map(({ code, subject }) => `${code}: ${subject}`),
});

/** Ids are made from names and say nothing of order; what the report sorts by is tested elsewhere. */
const inOrder = <T extends { says: readonly string[]; drift: readonly string[] }>(said: T) => ({
  ...said,
  says: said.says.toSorted(),
  drift: said.drift.toSorted(),
});

const books: Readonly<Record<string, Stories>> = {
  'roles in Azure': roleStories,
  'permissions and consents': graphStories,
  credentials: credentialStories,
  'vaults and managed identities': vaultStories,
  'several policies, exceptions, enforcement': policyStories,
  'readers with fewer rights': readerStories,
};

describe.each(Object.entries(books))('%s', (_, stories) => {
  it.each(Object.entries(stories))('%s', async (_title, { tenant, policies, exit, ...lists }) => {
    const emulator = await serve(tenant);
    const report = await checkOn(emulator, tenant, writePolicies(policies), { rules: judged }).finally(() =>
      emulator.close(),
    );
    const expected = { says: [], drift: [], gaps: [], mistakes: [], ...lists, exit };
    expect(inOrder(tell(report))).toEqual(inOrder(expected));
  });
});
