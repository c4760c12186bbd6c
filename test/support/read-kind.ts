import { createNames } from '../../src/app/create-names.ts';
import type { Evidence } from '../../src/core/evidence.ts';
import { appId, identityId, objectId } from '../../src/core/ids.ts';
import type { FoundIdentity, Kind, MemberOf, Reading } from '../../src/core/kind.ts';
import type { HeldNames, Names } from '../../src/core/names.ts';
import type { Policy, WrittenAccess } from '../../src/core/policy.ts';
import type { Answer } from '../../src/core/ports.ts';
import { err, ok } from '../../src/core/result.ts';
import { backupApp, backupObject, graph } from './facts.ts';
import { appIdentity, line, policy as resolved } from './policies.ts';

/** The backup app as it was found, unless told otherwise. */
export const foundApp = (more: Partial<FoundIdentity> = {}): FoundIdentity => ({
  id: identityId(backupApp),
  state: 'found',
  objectId: objectId(backupObject),
  appId: appId(backupApp),
  displayName: 'Backup',
  goneObjectId: null,
  mistake: null,
  servicePrincipal: { id: backupObject, appId: backupApp, passwordCredentials: [], keyCredentials: [] },
  application: { id: 'x', appId: backupApp, passwordCredentials: [], keyCredentials: [] },
  vault: null,
  ...more,
});

/** The tenant that is read unless told otherwise. */
export const runTenant = '22222222-2222-4222-8222-222222222222';

export const refused = { reason: 'forbidden', status: 403, request: 'GET /x', detail: 'HTTP 403' } as const;

/** Names of what is held: every API is Microsoft Graph, and every role is called by its id. */
const held: HeldNames = {
  api: async () => ok({ appId: appId(graph), displayName: 'Microsoft Graph' }),
  appRole: async (_, role) =>
    ok({
      api: { appId: appId(graph), displayName: 'Microsoft Graph' },
      permission: { id: role, value: `role ${role}` },
    }),
};

export interface KindCase {
  readonly identities?: readonly FoundIdentity[];
  readonly policies?: readonly Policy[];
  /** What Graph lists, by a part of the path, which starts with `beta` where that version is asked; the first that fits. */
  readonly lists?: Readonly<Record<string, Answer<readonly unknown[]>>>;
  /** What Graph answers to a path, one object each; none: the kind may ask for no object. */
  readonly gets?: Readonly<Record<string, Answer<unknown>>>;
  readonly names?: Partial<HeldNames>;
  readonly tenantId?: string;
  readonly evidence?: readonly Evidence[];
  /** Graph permissions of the program, and commands with evidence. */
  readonly held?: readonly string[];
  /** Groups of every identity; none unless told. */
  readonly groups?: Answer<readonly MemberOf[]>;
  /** What ARM answers to an id, and what it lists under a path (with `?` and the filter, where one is asked). */
  readonly arm?: Readonly<Record<string, Answer<unknown>>>;
  readonly armLists?: Readonly<Record<string, Answer<readonly unknown[]>>>;
  /** Rows of every Resource Graph query; none: the kind may ask none. */
  readonly armQuery?: Answer<readonly unknown[]>;
}

/** Has a kind read a tenant that answers as told, and the paths that it asked for. */
export const readKind = async (
  kind: Kind,
  given: KindCase,
): Promise<Reading & { readonly paths: readonly string[] }> => {
  const paths: string[] = [];
  const never = () => Promise.reject(new Error('this kind does not ask for that'));
  const get = async (path: string): Promise<Answer<unknown>> => {
    if (given.gets === undefined) return never();
    paths.push(path);
    return given.gets[path] ?? err(refused);
  };
  const list = async (path: string): Promise<Answer<readonly unknown[]>> => {
    paths.push(path);
    const fits = Object.entries(given.lists ?? {}).find(([part]) => path.includes(part));
    return fits === undefined ? err(refused) : fits[1];
  };
  const beta = {
    get: (path: string) => get(`beta${path}`),
    list: (path: string) => list(`beta${path}`),
  };
  const arm = {
    get: async (id: string): Promise<Answer<unknown>> => {
      paths.push(`arm ${id}`);
      return given.arm?.[id] ?? err(refused);
    },
    list: async (path: string, _: string, filter?: string): Promise<Answer<readonly unknown[]>> => {
      const whole = filter === undefined ? path : `${path}?${filter}`;
      paths.push(`arm ${whole}`);
      return given.armLists?.[whole] ?? err(refused);
    },
  };
  const query = async (text: string): Promise<Answer<readonly unknown[]>> => {
    if (given.armQuery === undefined) return never();
    paths.push(`query ${text.split('\n').join(' ')}`);
    return given.armQuery;
  };
  const reading = await kind.read({
    identities: given.identities ?? [foundApp()],
    policies: given.policies ?? [],
    ports: {
      graph: { get, list, beta: { get: beta.get, list: beta.list }, held: async () => new Set(given.held ?? []) },
      arm: { principal: never, query, listRoleAssignments: never, ...arm },
    },
    names: { ...held, ...given.names },
    subscriptions: [],
    tenantId: given.tenantId ?? runTenant,
    evidence: given.evidence ?? [],
    evidenceMaxAge: 'P30D',
    now: new Date('2026-11-22T00:00:00Z'),
    held: new Set(given.held ?? []),
    groupsOf: async () => given.groups ?? ok([]),
  });
  return { ...reading, paths };
};

/** Gaps as `kind reason: detail`. */
export const sayGaps = ({ gaps }: Reading): string[] =>
  gaps.map(({ kind, reason, detail }) => `${kind} ${reason}: ${detail}`);

const nothing: WrittenAccess = {
  applicationPermissions: null,
  delegatedPermissions: null,
  azureRoles: null,
  directoryRoles: null,
  exchangeRoles: null,
  siteGrants: null,
  keyVaultAccess: null,
  groups: null,
};

/** A policy that asks for this access and manages no other plane. */
export const asking = (access: Partial<WrittenAccess>, more: Partial<Policy> = {}): Policy =>
  resolved({ access: { ...nothing, ...access }, identities: [appIdentity()], ...more }).policy;

/** Permissions of an API as a policy writes them. */
export const written = (api: string, ...permissions: readonly string[]) => ({
  api,
  permissions: permissions.map((name, index) => ({ name, purpose: null, place: line(20 + index) })),
  place: line(19),
});

/** What a policy asks of a kind, as names and as whole diagnostics. */
export const desiredOf = (kind: Kind, policy: Policy, names: Names = createNames(null, false)) => {
  const { facts, problems } = kind.desired(policy, names);
  return {
    facts: facts.map(({ fact, place }) => `${fact.subject} at ${place.line}`),
    problems: problems.map(({ code, message, help, place }) => `${place.line} ${code}: ${message} (${help})`),
  };
};
