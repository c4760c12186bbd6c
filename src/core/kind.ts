import type { Diagnostic } from './diagnostic.ts';
import type { Evidence } from './evidence.ts';
import type { Fact, FactOf, KindId } from './fact.ts';
import type { ObjectId } from './ids.ts';
import type { HeldNames, Names } from './names.ts';
import type { Policy } from './policy.ts';
import type { Answer, ReadFailure, TenantPorts } from './ports.ts';
import type { DesiredFact } from './resolved-policy.ts';
import type { Gap, KnownIdentity, NameBook } from './snapshot.ts';

/** What a policy asks for of one kind, and the names in it that stand for nothing. */
export interface Desired {
  readonly facts: readonly DesiredFact[];
  readonly problems: readonly Diagnostic[];
}

/** An identity with the objects that were read to find it: kinds take their facts from there. */
export interface FoundIdentity extends KnownIdentity {
  /** The service principal as Graph returned it. */
  readonly servicePrincipal: unknown;
  /** The application as Graph returned it, `null` where it is registered in another tenant. */
  readonly application: unknown;
  /** The vault as ARM returned it, of a vault's identity. */
  readonly vault: unknown;
}

/** A group that an identity is in, at whatever depth. */
export interface MemberOf {
  readonly group: ObjectId;
  readonly displayName: string | null;
  readonly roleAssignable: boolean | null;
}

/** Something that has to be held, or kept, to read or write a kind for a policy. */
export type Need =
  /** An application permission on Microsoft Graph; one of `or`, wider ones, does as well. */
  | { readonly api: 'graph'; readonly permission: string; readonly or?: readonly string[] }
  /** An Azure role at a scope, `/` meaning anywhere at all; `Reader` unless said. `soft`: nothing is a gap without it. */
  | { readonly api: 'azure'; readonly scope: string; readonly role?: string; readonly soft?: true }
  /** An answer of a PowerShell command, as a file. */
  | { readonly api: 'evidence'; readonly command: string };

export type ReadNeed = Need;

/**
 * Wider Graph permissions that the calls of this program take as well, where they are needed anyway (source: permission
 * tables of the calls, Microsoft Graph). Those that only write are left out.
 */
const takenAsWell: ReadonlyMap<string, readonly string[]> = new Map([
  ['Application.Read.All', ['Directory.Read.All']],
  ['RoleEligibilitySchedule.Read.Directory', ['RoleManagement.Read.Directory']],
  ['RoleManagement.Read.Directory', ['Directory.Read.All']],
  ['RoleManagement.Read.Exchange', ['RoleManagement.Read.All']],
  ['User.Read.All', ['Directory.Read.All']],
]);

/** A Graph permission as a need. `exactly`: nothing wider is taken. */
export const graphNeed = (permission: string, how?: 'exactly'): Need => ({
  api: 'graph',
  permission,
  or: how === 'exactly' ? [] : (takenAsWell.get(permission) ?? []),
});

/** What a kind is handed to read the tenant with. */
export interface ReadInput {
  readonly identities: readonly FoundIdentity[];
  readonly policies: readonly Policy[];
  readonly ports: TenantPorts;
  readonly names: HeldNames;
  /** Subscription ids that the config expects, beside those that the policies' scopes lie in. */
  readonly subscriptions: readonly string[];
  /** Id of the tenant that is read. */
  readonly tenantId: string;
  /** Everything that lies in the evidence folder, of whatever tenant and age: `findEvidence` picks from it. */
  readonly evidence: readonly Evidence[];
  /** ISO 8601 duration. */
  readonly evidenceMaxAge: string;
  /** The moment at which the run judges. */
  readonly now: Date;
  /** Graph permissions in the program's own token, and commands of which there is evidence. */
  readonly held: ReadonlySet<string>;
  /** The groups of an identity; asked once, however many kinds want to know. */
  readonly groupsOf: (identity: FoundIdentity) => Promise<Answer<readonly MemberOf[]>>;
}

/** What a kind read, and what it could not. */
export interface Reading {
  readonly facts: readonly Fact[];
  readonly gaps: readonly Gap[];
  /** Names met on the way. */
  readonly names?: Partial<NameBook>;
  /** Said where this tenant or cloud doesn't offer what was asked for: no gap, and no claim that it was read. */
  readonly notOffered?: true;
}

/** A sort of fact: how a policy asks for it, how a tenant shows it, when two are the same. */
export interface KindSource<K extends KindId> {
  readonly id: K;
  /** Microsoft's name of the thing. */
  readonly title: string;
  /** Least permission to read it, in Microsoft's words. */
  readonly needs: string;
  /** Everything that reading it for a policy takes, beside finding the identity; empty: not asked for this policy. */
  readonly asks: (policy: Policy) => readonly ReadNeed[];
  /** What making its changes for a policy takes; absent: nothing of it is written. */
  readonly writes?: (policy: Policy) => readonly Need[];
  /**
   * Graph permission, or command of evidence, without which it is left out for policies that don't ask for it: with it,
   * it is read for all. No gap, and no claim, where it is left out.
   */
  readonly optional?: string;
  /** What it looks up beside the policy's identities, by text: settings, sites, vaults. A snapshot says of what else nothing. */
  readonly subjects?: (policy: Policy) => readonly string[];
  /** Said where it is read without finding the identity first: not finding that one leaves no gap here. */
  readonly standsAlone?: true;
  /** Can a plan create or delete it? */
  readonly planned: boolean;
  /** Does the policy manage this kind wholly, so that what is not declared is drift? */
  readonly governs: (policy: Policy) => boolean;
  /** Of a fact that no policy asks for, under a policy that manages the kind: is it drift? Absent: any is. */
  readonly drifts?: (fact: Fact, policy: Policy) => boolean;
  readonly desired: (policy: Policy, names: Names) => Desired;
  readonly read: (input: ReadInput) => Promise<Reading>;
  /** Are two facts with one key equal in what a policy can state? */
  readonly same: (desired: FactOf<K>, actual: FactOf<K>) => boolean;
}

export interface Kind extends Omit<KindSource<KindId>, 'same'> {
  readonly same: (desired: Fact, actual: Fact) => boolean;
}

/** Declares a kind; facts of other kinds are never the same as its own. */
export const defineKind = <K extends KindId>(source: KindSource<K>): Kind => {
  const isOwn = (fact: Fact): fact is FactOf<K> => fact.kind === source.id;
  return { ...source, same: (a, b) => isOwn(a) && isOwn(b) && source.same(a, b) };
};

/** What holds of a kind that no policy asks for: it is told and judged, never compared or written. */
export const onlyJudged = {
  planned: false,
  governs: () => false,
  desired: (): Desired => ({ facts: [], problems: [] }),
  same: () => true,
} as const;

/** The gap that a failed read leaves behind. */
export const gapOf = (
  kind: Gap['kind'],
  identity: Pick<KnownIdentity, 'id'>,
  needs: string,
  failure: ReadFailure,
): Gap => ({
  kind,
  identity: identity.id,
  reason: failure.reason,
  needs,
  // Which fields were asked for says nothing to a person.
  request: failure.request.replace(/[?&]\$select=[^&]*/, ''),
  detail: failure.detail,
});

/** Is the kind to be read for this policy? */
export const isRead = (kind: Pick<Kind, 'asks' | 'optional'>, policy: Policy, held: ReadonlySet<string>): boolean =>
  kind.asks(policy).length > 0 || (kind.optional !== undefined && held.has(kind.optional));

/** Everything that a kind looks up for a policy, lower case: what a snapshot has to have asked. */
export const lookedUpBy = ({ subjects }: Pick<Kind, 'subjects'>, policy: Policy): readonly string[] =>
  [...policy.identities.map(({ id }) => id as string), ...(subjects?.(policy) ?? [])].map((what) => what.toLowerCase());

/** Several readings as one. */
export const mergeReadings = (readings: readonly Reading[]) => ({
  facts: readings.flatMap(({ facts }) => facts),
  gaps: readings.flatMap(({ gaps }) => gaps),
  names: {
    azureRoles: readings.flatMap(({ names }) => names?.azureRoles ?? []),
    directoryRoles: readings.flatMap(({ names }) => names?.directoryRoles ?? []),
  },
});
