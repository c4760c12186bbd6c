import type { Place } from './diagnostic.ts';
import type { EffectiveAccess } from './effective.ts';
import type { Fact } from './fact.ts';
import type { Finding } from './finding.ts';

/**
 * What a merge does about a change of what policies ask for: `grants`, `revokes`, `changes` by a step of the plan;
 * `already-so`: the tenant is as asked; `not-written`: enforcement or kind leave it to a person; `unknown`: not read.
 */
export type Effect = 'grants' | 'revokes' | 'changes' | 'already-so' | 'not-written' | 'unknown';

/** One thing that a pull request makes policies ask for, ask for no more, or ask for otherwise. */
export interface AskedChange {
  readonly action: 'add' | 'remove' | 'change';
  readonly policy: string;
  /** As the base branch's policies ask for it; `null` where they don't. */
  readonly before: Fact | null;
  readonly after: Fact | null;
  /** The line of the head, or of the base where it is taken out. */
  readonly place: Place;
  readonly effect: Effect;
  /** Id of the plan's step that does it; `null` where none does. */
  readonly step: string | null;
}

/** A fact that the tenant holds, that no policy asks for, and that nothing will touch since its plane isn't managed. */
export interface LeftAlone {
  readonly policy: string;
  readonly fact: Fact;
}

/** Base policies, head policies and tenant, compared: what a pull request does, and what was so before it. */
export interface ThreeWay {
  /** Commit ids; `null` where the files were compared without a repository. */
  readonly base: string | null;
  readonly head: string | null;
  /** Governed files that differ between base and head, as paths of the repository. Empty: nothing here was touched. */
  readonly files: readonly string[];
  readonly asked: readonly AskedChange[];
  /** Ids of the plan's steps that base policies would have made as well: drift that the merge happens to cure. */
  readonly stepsBefore: readonly string[];
  /** Keys `policy action fact-key` of the drift that was there with base policies too. */
  readonly driftBefore: readonly string[];
  /** Fingerprints of findings that stood with base policies too, accepted by no exception. */
  readonly findingsBefore: readonly string[];
  /** Of these, the ones that only time brought: they are told and don't fail a pull request that didn't touch them. */
  readonly spared: readonly string[];
  /** Findings that stood with base policies and don't with those of the head. */
  readonly cured: readonly Finding[];
  readonly leftAlone: readonly LeftAlone[];
  /** Who reaches what when the plan's steps are done; empty where no tenant was seen. */
  readonly accessAfter: readonly EffectiveAccess[];
}

/** A comparison in which nothing is to be told. */
export const nothingCompared = {
  files: [],
  asked: [],
  stepsBefore: [],
  driftBefore: [],
  findingsBefore: [],
  spared: [],
  cured: [],
  leftAlone: [],
  accessAfter: [],
} as const satisfies Omit<ThreeWay, 'base' | 'head'>;

/** The key by which drift is told in `ThreeWay.driftBefore`. */
export const driftKey = (policy: string, action: string, factKey: string): string => `${policy} ${action} ${factKey}`;
