import type { KindId } from './fact.ts';
import type { GapReason } from './snapshot.ts';

/** Does the identity reach it? `unknown`: nothing read says so, and not all was read that could. */
export type ReachAnswer = 'yes' | 'no' | 'unknown';

/** A grant by which something is reached. */
export interface ReachGrant {
  readonly kind: KindId;
  /** Permission, role, site or key vault by name. */
  readonly subject: string;
  /** App id of the API that a permission lies on. */
  readonly api: string | null;
  /** Azure scope, Exchange scope or part of the directory; `null`: the whole tenant. */
  readonly scope: string | null;
  /** Object ids of the groups by which it is held; none: by the identity itself. */
  readonly through: readonly string[];
}

/** A kind of access that was not, or not wholly, read; `reason` is `null` where nobody asked for it. */
export interface Unread {
  readonly kind: KindId;
  readonly reason: GapReason | null;
  /** What reading it takes, where that is known. */
  readonly needs: string | null;
}

/** `grave`: the answer `no` is worth a line too. `slight`: not worth one beside others. */
export type ReachWeight = 'grave' | 'plain' | 'slight';

/** What people think of together. */
export type ReachArea = 'tenant' | 'directory' | 'mail' | 'sites' | 'chats' | 'backup' | 'azure' | 'people';

/** One thing that access may come to, and whether it does. */
export interface Reach {
  /** Stable name of the reach, from `knowledge/data/reaches.yaml`; `…-in-part` where not all of the tenant is reached. */
  readonly id: string;
  readonly area: ReachArea;
  /** Verb first, without place: `exports disks`, `reads every mailbox`. */
  readonly what: string;
  /** Where, as words that follow: `in 2 resource groups`; empty: the whole tenant. */
  readonly where: string;
  readonly answer: ReachAnswer;
  readonly weight: ReachWeight;
  /** The first of the grants by which it is reached, and how many more there are. */
  readonly by: readonly ReachGrant[];
  readonly more: number;
  /** What must be read before the answer can be `no`; empty otherwise. */
  readonly unread: readonly Unread[];
  /** Sentences without full stop: what limits it, what doesn't. */
  readonly remarks: readonly string[];
}

/** A way by which somebody becomes the identity, or by which it becomes more than it is. */
export interface EscalationPath {
  /** `owner`, `secret`, `permission`, `azure-role`, …; `further-steps` where more than one step leads out. */
  readonly path: string;
  readonly answer: 'yes' | 'unknown';
  /** A phrase: `2 owners, who can add a credential`, `it can assign itself any role in 1 subscription`. */
  readonly what: string;
  /** Ids or names: of owners, keys, credentials; of the grants that lead out. */
  readonly by: readonly string[];
  /** How many there are, shown in `by` or not. */
  readonly count: number;
}

/** Distinct scopes in reach by what they are; resources within groups and subscriptions are not counted. */
export interface ReachCounts {
  readonly tenantRoots: number;
  readonly managementGroups: number;
  readonly subscriptions: number;
  readonly resourceGroups: number;
  readonly disks: number;
  readonly storageAccounts: number;
  readonly vaults: number;
  readonly keyVaults: number;
  readonly otherResources: number;
  readonly sites: number;
}

/** What one identity can do over all planes, what can become it, and what it can become. */
export interface EffectiveAccess {
  readonly policy: string;
  readonly identity: string;
  readonly displayName: string | null;
  /** Gravest first. */
  readonly reaches: readonly Reach[];
  readonly in: readonly EscalationPath[];
  readonly out: readonly EscalationPath[];
  readonly counts: ReachCounts;
  /** What holds of all of it: that the identity is disabled, say. */
  readonly remarks: readonly string[];
}
