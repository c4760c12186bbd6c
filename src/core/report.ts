import type { ApplyPart } from './apply.ts';
import type { Drift } from './change.ts';
import type { Diagnostic } from './diagnostic.ts';
import type { EffectiveAccess } from './effective.ts';
import type { Finding } from './finding.ts';
import type { PolicyContent, Step, Withheld } from './plan.ts';
import type { Gap, GapReason } from './snapshot.ts';
import type { ThreeWay } from './three-way.ts';

export type Conclusion =
  | 'clean'
  | 'changes'
  | 'violations'
  | 'drift'
  | 'incomplete'
  | 'invalid'
  /** Some of what was to be written was not, or nobody knows whether it was. */
  | 'partial'
  | 'refused';

/** One row of the coverage table: was this kind of access read for this policy? */
export interface Coverage {
  readonly kind: Gap['kind'];
  /** Name of the policy. */
  readonly subject: string;
  readonly state: 'complete' | 'gap';
  readonly reason: GapReason | null;
  readonly needs: string | null;
  readonly detail: string | null;
}

/** What a rule said of a policy: every rule says exactly one thing of every policy. */
export interface Verdict {
  readonly policy: string;
  readonly rule: string;
  readonly verdict: 'pass' | 'fail' | 'excepted' | 'unknown' | 'error';
}

/** Everything a run has to say; the renderers turn it into text, Markdown, JSON, SARIF and annotations. */
export interface Report {
  readonly mode: 'check' | 'validate' | 'scan' | 'apply' | 'remediate';
  readonly version: string;
  readonly tenant: { readonly id: string; readonly cloud: string; readonly name: string | null } | null;
  /** ISO 8601, UTC. */
  readonly asOf: string;
  readonly exitCode: number;
  readonly conclusion: Conclusion;
  /** How the tenant was seen: `live`, from a `snapshot`, or not at all (`offline`: policies alone were judged). */
  readonly source: 'live' | 'snapshot' | 'offline';
  readonly failOn: string;
  readonly policies: readonly PolicySummary[];
  readonly coverage: readonly Coverage[];
  readonly diagnostics: readonly Diagnostic[];
  readonly findings: readonly Finding[];
  readonly drift: readonly Drift[];
  readonly plan: {
    readonly digest: string;
    readonly steps: readonly Step[];
    /** What is left out, though the policies would have it made. */
    readonly withheld: readonly Withheld[];
    /** What the policies ask for, as the digest covers it; absent where nothing was compared. */
    readonly policies?: readonly PolicyContent[];
  };
  readonly verdicts: readonly Verdict[];
  /** What each identity reaches over all planes, worst first; where no tenant is seen, what the policies ask for. */
  readonly effectiveAccess: readonly EffectiveAccess[];
  /** What a pull request does, and what was so before it; absent where no base was compared. */
  readonly threeWay?: ThreeWay;
  /** Why the base of a pull request was not compared, as a sentence; absent where it was, or where there is none. */
  readonly notCompared?: string;
  /** What was written, or why nothing was; absent where nobody meant to write. */
  readonly apply?: ApplyPart;
  /** Graph permissions that the reader lacks, and those it holds beyond; `null` where no tenant was seen or its token doesn't say. */
  readonly reader: { readonly lacks: readonly string[]; readonly excess: readonly string[] } | null;
  readonly requests: { readonly graph: number; readonly resourceManager: number; readonly token: number };
}

export interface PolicySummary {
  readonly name: string;
  readonly file: string;
  readonly product: string | null;
  readonly enforcement: string;
  readonly identities: readonly { readonly id: string; readonly displayName: string | null }[];
  /** What the policy says is backed up, and which operations may be done at any time; absent: not told. */
  readonly protects?: readonly { readonly workload: string; readonly operations: readonly string[] }[];
}
