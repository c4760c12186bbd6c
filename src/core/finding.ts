import type { Place } from './diagnostic.ts';
import type { Fix } from './fix.ts';
import type { Confidence, Severity } from './rule.ts';

/** On which side the thing complained of stands. */
export type Side = 'policy' | 'tenant' | 'both';

/** An accepted finding's exception, as reports show it. */
export interface AppliedException {
  readonly reason: string;
  readonly approvedBy: string;
  readonly expires: string;
  readonly place: Place;
}

/** A rule's complaint, with its place: what reports show. Field names are those of the report's JSON. */
export interface Finding {
  /** Stable over runs: from rule, identity, subject, api and scope only. */
  readonly fingerprint: string;
  readonly rule: string;
  readonly severity: Severity;
  readonly confidence: Confidence;
  readonly identity: string;
  readonly subject: string;
  readonly api: string | null;
  readonly scope: string | null;
  /** Empty where no policy speaks of the identity: then it stands in the tenant alone, and `place` is `nowhere`. */
  readonly policy: string;
  readonly place: Place;
  readonly message: string;
  readonly help: string;
  readonly evidence: Readonly<Record<string, string | number | boolean | null | readonly string[]>>;
  readonly side: Side;
  /** The plan removes what is complained of: it won't stand after the merge. */
  readonly curedByPlan: boolean;
  /** Does it stand after the merge? Only then does it count for the exit code. */
  readonly stands: boolean;
  /** How the policy could be mended; `null` where a person must, or where only the tenant can be. */
  readonly fix: Fix | null;
  readonly exception: AppliedException | null;
}
