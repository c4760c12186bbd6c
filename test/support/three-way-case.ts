import { sha256 } from '../../src/adapters/hash.ts';
import { type CheckInput, check } from '../../src/app/check.ts';
import { createNames } from '../../src/app/create-names.ts';
import { resolvePolicy } from '../../src/app/resolve-policy.ts';
import type { Fact } from '../../src/core/fact.ts';
import { appId, objectId } from '../../src/core/ids.ts';
import { lookedUpBy } from '../../src/core/kind.ts';
import { defaultConfig } from '../../src/core/parse-config.ts';
import { parsePolicy } from '../../src/core/parse-policy.ts';
import type { Policy } from '../../src/core/policy.ts';
import type { Report } from '../../src/core/report.ts';
import type { Gap, Snapshot } from '../../src/core/snapshot.ts';
import { guardSettingsOf } from '../../src/guard/guard-world.ts';
import { kinds } from '../../src/kinds/index.ts';
import { rules } from '../../src/rules/index.ts';
import { backupApp, backupObject, forAllUsers, graph, group, otherApp } from './facts.ts';

/** The day on which the cases are judged. */
const today = new Date('2026-11-22T00:00:00Z');

/** What a policy of a case says; `access` is the inside of a YAML map, `null` leaves it out. */
export interface Said {
  readonly name?: string;
  readonly app?: string;
  readonly enforcement?: 'report' | 'additive' | 'authoritative';
  readonly state?: 'active' | 'retired';
  readonly access?: string | null;
  readonly protects?: string;
  readonly more?: string;
  readonly reviewBy?: string;
}

/** Files by name. */
export type Files = Readonly<Record<string, Said>>;

const textOf = ({ name = 'backup', app = backupApp, enforcement = 'authoritative', ...said }: Said): string =>
  [
    'apiVersion: backup-access/v1',
    'kind: BackupAccessPolicy',
    `metadata: { name: ${name}, owner: team@contoso.example${said.reviewBy === undefined ? '' : `, reviewBy: ${said.reviewBy}`} }`,
    'spec:',
    `  enforcement: ${enforcement}`,
    ...(said.state === undefined ? [] : [`  state: ${said.state}`]),
    `  identities: [{ appId: "${app}" }]`,
    `  protects: [${said.protects ?? `{ workload: azure-vm-disk, operations: [backup], scopes: [${group('rg-app')}] }`}]`,
    ...(said.access === null
      ? []
      : [`  access: ${said.access === 'minimal' ? 'minimal' : `{ ${said.access ?? ''} }`}`]),
    ...(said.more === undefined ? [] : [said.more]),
    '',
  ].join('\n');

/** The policies that files of a case hold. Throws where one is wrong. */
export const policiesIn = (files: Files): readonly Policy[] =>
  Object.entries(files).map(([file, said]) => {
    const context = { asOf: today, ruleIds: rules.map(({ id }) => id), productIds: [] };
    const parsed = parsePolicy(`policies/${file}`, textOf(said), context);
    if (!parsed.ok) throw new Error(parsed.error.map(({ message }) => message).join('; '));
    return parsed.value;
  });

/** What policies ask for, as facts: a tenant in which all of it is held. */
const factsOf = (policies: readonly Policy[]): readonly Fact[] =>
  policies.flatMap((policy) =>
    resolvePolicy(policy, kinds, createNames(null, false)).policy.desired.map(({ fact }) => asHeld(fact)),
  );

/** With what a tenant tells beyond a policy. */
const asHeld = (fact: Fact): Fact => {
  if (fact.kind === 'app-role-assignment') return { ...fact, assignmentId: `assignment of ${fact.subject}` };
  return fact.kind === 'delegated-grant' ? { ...fact, consents: [forAllUsers] } : fact;
};

/** Object ids of the service principals of the cases' apps. */
const objects: Readonly<Record<string, string>> = {
  [backupApp]: backupObject,
  [otherApp]: '0d3b0f5e-0000-4000-8000-00000000000b',
};
const objectOf = (app: string) => {
  const id = objects[app];
  return id === undefined ? null : objectId(id);
};

/** A tenant that holds these facts, read for these policies. */
export const tenantWith = (
  facts: readonly Fact[],
  policies: readonly Policy[],
  gaps: readonly Gap[] = [],
  apis: readonly string[] = [],
): Snapshot => ({
  version: 2,
  tenant: { id: '22222222-2222-4222-8222-222222222222', cloud: 'public' },
  readAt: today.toISOString(),
  identities: policies.flatMap(({ identities }) =>
    identities.map(({ id }) => ({
      id,
      state: 'found' as const,
      objectId: objectOf(id),
      appId: null,
      displayName: null,
      goneObjectId: null,
      mistake: null,
    })),
  ),
  facts: [...new Map(facts.map((fact) => [fact.key, fact])).values()],
  gaps,
  held: [],
  asked: Object.fromEntries(kinds.map((kind) => [kind.id, policies.flatMap((policy) => lookedUpBy(kind, policy))])),
  names: {
    apis: [graph, ...apis].map((api, at) => ({
      appId: appId(api),
      objectId: objectId(`0d3b0f5e-0000-4000-8000-0000000000f${at}`),
      displayName: api === graph ? 'Microsoft Graph' : api,
      application: null,
      delegated: null,
    })),
    azureRoles: [],
    directoryRoles: [],
  },
});

/** A pull request: what files said, what they say now, and what the tenant holds, as a policy would say it. */
export interface PullRequest {
  /** `null`: nothing is compared. */
  readonly base: Files | null;
  readonly head: Files;
  /** `null`: no tenant is seen. */
  readonly tenant: Files | null;
  readonly facts?: readonly Fact[];
  readonly gaps?: readonly Gap[];
  /** APIs of the tenant beside Microsoft Graph. */
  readonly apis?: readonly string[];
}

const compared = {
  base: 'b'.repeat(40),
  head: 'c'.repeat(40),
  files: ['policies/backup.yaml'],
  settings: { restoreGrace: 'P7D' },
};

/** The report on a pull request. */
export const reportOn = (
  { base, head, tenant, facts = [], gaps = [], apis = [] }: PullRequest,
  more: Partial<Pick<CheckInput, 'rules' | 'failOn' | 'diagnostics'>> = {},
): Report => {
  const [before, after] = [policiesIn(base ?? {}), policiesIn(head)];
  const snapshot =
    tenant === null ? null : tenantWith([...factsOf(policiesIn(tenant)), ...facts], [...before, ...after], gaps, apis);
  return check({
    policies: after,
    diagnostics: [],
    snapshot,
    source: snapshot === null ? 'offline' : 'snapshot',
    kinds,
    rules: [],
    now: today,
    settings: { restoreGrace: 'P7D' },
    guards: guardSettingsOf(defaultConfig),
    failOn: 'medium',
    failOnDrift: false,
    requests: { graph: 0, resourceManager: 0, token: 0 },
    tenantName: null,
    version: '0.0.0',
    hash: sha256,
    ...(base === null ? {} : { base: { ...compared, policies: before, snapshot } }),
    ...more,
  });
};
