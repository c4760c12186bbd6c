import type { Config } from '../core/config.ts';
import type { Fact, KindId } from '../core/fact.ts';
import type { Policy } from '../core/policy.ts';
import { sameText } from '../core/same-text.ts';
import type { Gap, KnownIdentity } from '../core/snapshot.ts';

/** What the configuration adds to the guards; it can't take anything from them. */
export interface GuardSettings {
  /** Names or ids of permissions and roles that are never granted, beside the built-in list. */
  readonly neverGrant: readonly string[];
  /** Ids of identities and users that nothing is written about: those that people list, and the program's own. */
  readonly untouchable: readonly string[];
}

/** One policy, with what is not known of its identities. */
export interface GuardedPolicy {
  readonly policy: Policy;
  readonly gaps: readonly Gap[];
  /** Optional kinds that nobody read for it. */
  readonly unread: ReadonlySet<KindId>;
}

/** What guards judge by: the tenant as it was read, and every policy of the run, whatever it lets the program do. */
export interface GuardWorld {
  readonly tenant: string;
  readonly policies: readonly GuardedPolicy[];
  readonly identities: readonly KnownIdentity[];
  readonly facts: readonly Fact[];
  readonly settings: GuardSettings;
  readonly now: Date;
}

/** What holds by a configuration. The program's own identities of every tenant are untouchable in each. */
export const guardSettingsOf = ({ neverGrant, untouchable, tenants }: Config): GuardSettings => ({
  neverGrant,
  untouchable: [
    ...untouchable.identities,
    ...untouchable.users,
    ...tenants.flatMap(({ readClientId, applyClientId }) => [readClientId ?? [], applyClientId ?? []].flat()),
  ],
});

/** Why a change is kept back, and what a person can do; a sentence each, without full stop. */
export interface Objection {
  readonly why: string;
  readonly wayForward: string;
}

/** Does the policy speak of the identity? */
export const isAbout = ({ identities }: Policy, identity: string): boolean =>
  identities.some(({ id }) => sameText(id, identity));
