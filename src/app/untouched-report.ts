import { exitCodes } from '../core/exit-code.ts';
import type { Hash } from '../core/ports.ts';
import type { Report } from '../core/report.ts';
import { nothingCompared } from '../core/three-way.ts';
import { digestOf } from './plan-digest.ts';

/** What a run has to say of a pull request that touches nothing which governs it. */
export interface UntouchedInput {
  readonly base: string | null;
  readonly head: string | null;
  readonly now: Date;
  readonly failOn: string;
  readonly version: string;
  readonly hash: Hash;
}

/** The report of a pull request that touches no policy: nothing was judged, and no tenant asked. */
export const untouchedReport = ({ base, head, now, failOn, version, hash }: UntouchedInput): Report => ({
  mode: 'check',
  version,
  tenant: null,
  asOf: now.toISOString(),
  exitCode: exitCodes.clean,
  conclusion: 'clean',
  source: 'offline',
  failOn,
  policies: [],
  coverage: [],
  diagnostics: [],
  findings: [],
  drift: [],
  plan: { digest: digestOf({ tenant: '', policies: [], steps: [] }, hash), steps: [], withheld: [] },
  verdicts: [],
  effectiveAccess: [],
  threeWay: {
    base,
    head,
    ...nothingCompared,
  },
  reader: null,
  requests: { graph: 0, resourceManager: 0, token: 0 },
});
