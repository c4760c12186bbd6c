import type { Fact, FactOf, KindId } from './fact.ts';
import type { Remedy } from './fix.ts';
import type { AppId, IdentityId } from './ids.ts';
import type { ResolvedPolicy } from './resolved-policy.ts';

export type Severity = 'critical' | 'high' | 'medium' | 'low';
export const severities: readonly Severity[] = ['critical', 'high', 'medium', 'low'];
/** `certain`: true whatever else holds. `likely`: a person should look. */
export type Confidence = 'certain' | 'likely';

/** What of the configuration bears on a judgement. */
export interface RuleSettings {
  /** Age at which a restore role left behind weighs more; an ISO 8601 duration. */
  readonly restoreGrace: string;
}

/** What a rule is shown: one policy and the facts of one world (what is, what is asked, or what will stand). */
export interface RuleInput<K extends KindId = KindId> {
  readonly policy: ResolvedPolicy;
  /** Facts of the policy's identities, of the rule's kinds only. */
  readonly facts: readonly FactOf<K>[];
  /** Every fact of the policy's identities, for rules that weigh one fact against another. */
  readonly all: readonly Fact[];
  /** Keys of the facts that this policy, or another one, asks for. */
  readonly desired: ReadonlySet<string>;
  /** Does the policy manage the plane (and API) that this fact lies on? */
  readonly governs: (fact: Fact) => boolean;
  /** The moment at which the run judges: `--as-of`, never the clock. */
  readonly now: Date;
  readonly settings: RuleSettings;
  /**
   * What the facts are, for rules that judge what is not there: what the policy asks for, or what the tenant holds now or
   * after the merge. Only there is what is absent also not held.
   */
  readonly world?: 'asked' | 'held';
  /** Kinds of fact of which not all could be read: of these nothing is missing for certain. */
  readonly unread?: ReadonlySet<string>;
}

/** A complaint, before it has a place and a fingerprint. */
export interface Complaint {
  /** The fact complained of. `null`: about the policy itself (an exception, a date). */
  readonly at: Fact | null;
  /** Where there is no fact: whose, about what, and where in the policy. */
  readonly about?: {
    readonly identity: IdentityId;
    readonly subject: string;
    /** Tells it from others about the same subject. */
    readonly key?: string;
    /** API and scope of a grant that isn't there. */
    readonly api?: AppId | null;
    readonly scope?: string | null;
    readonly place: import('./diagnostic.ts').Place;
  };
  readonly severity?: Severity;
  readonly confidence?: Confidence;
  /** One sentence, lower case, no full stop, values in backticks, no line break. */
  readonly message: string;
  /** What to do instead, one or two sentences. */
  readonly help: string;
  /** Numbers and names that support it, for machines. */
  readonly evidence?: Readonly<Record<string, string | number | boolean | null | readonly string[]>>;
  /** How the policy's own line could be mended; absent where a person must think, or the line says nothing of it. */
  readonly remedy?: Remedy;
}

export interface RuleHead {
  /** Kebab-case; also its file name, its page and its suppression key. Never changes meaning. */
  readonly id: string;
  /** One sentence without full stop. */
  readonly summary: string;
  /** Of most of its findings; a complaint may say otherwise. */
  readonly severity: Severity;
  readonly confidence: Confidence;
  /** Kinds it needs read: a gap in one of them makes its verdict unknown. */
  readonly kinds: readonly KindId[];
  readonly since: string;
}

export interface Rule extends RuleHead {
  readonly check: (input: RuleInput) => Iterable<Complaint>;
}

/** Declares a rule. `check` is handed only the facts of its kinds, already narrowed, and yields complaints. */
export const defineRule = <const K extends readonly KindId[]>(
  source: RuleHead & { readonly kinds: K; check: (input: RuleInput<K[number]>) => Iterable<Complaint> },
): Rule => ({
  ...source,
  check: (input) => {
    const facts = input.facts.filter((fact): fact is FactOf<K[number]> => source.kinds.includes(fact.kind));
    return source.check({ ...input, facts });
  },
});
