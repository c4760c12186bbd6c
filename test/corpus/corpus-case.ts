import type { Fact } from '../../src/core/fact.ts';
import type { AzureRoleName } from '../../src/core/snapshot.ts';
import type { Wish } from './policy-text.ts';

/** One labelled case: what a policy says, what its tenant holds, and everything that is to be found. */
export interface CorpusCase {
  /** One policy, or several of one folder. */
  readonly policy: Wish | readonly Wish[];
  /**
   * `as asked` (where absent): the tenant holds what the policies ask for, by identities that are well kept.
   * `unseen`: no tenant is read. A list: this alone, beside those identities.
   */
  readonly held?: 'as asked' | 'unseen' | readonly Fact[];
  /** Held beside that; a fact of the same key takes the other's place. */
  readonly also?: readonly Fact[];
  /** Subjects that the tenant lacks, though a policy asks for them. */
  readonly lacks?: readonly string[];
  /** Day on which what is held was granted, by subject; 2026-03-01 where none is said. */
  readonly since?: Readonly<Record<string, string>>;
  /** Custom roles that the tenant knows. */
  readonly customRoles?: readonly AzureRoleName[];
  /** Day of the run; 2026-11-22 where absent. */
  readonly day?: string;
  /** Rules that the case is made to tempt, and that must stay silent. */
  readonly tempts?: readonly string[];
  /** Every finding, as `rule · subject`, with ` · scope` or ` · API` where there is one beside Microsoft Graph. */
  readonly expect: readonly string[];
}

/** Cases by what each is about. */
export type Cases = Readonly<Record<string, CorpusCase>>;
