import {
  anyFault,
  appRole,
  azure,
  built,
  fourKinds,
  never,
  promise,
  served,
  settle,
  step,
  steps,
  tenants,
} from './run-tests.ts';
import type { ThreatRow } from './threat-row.ts';

/** What may go wrong while requests are sent and access changes, and the tests that try it. */
export const failureThreats: Readonly<Record<string, ThreatRow>> = {
  F01: { threat: 'a grant that was made, and its answer lost', by: [never, anyFault, promise, built] },
  F02: {
    threat: '"already exists"',
    by: [
      [step, 'is believed where reads show what was wanted'],
      [step, 'is not believed where they never do'],
      [azure, 'the grant under another condition: nobody approved its change'],
      ['test/app/judge-answer.test.ts', '%s %o: %s'],
    ],
  },
  F03: {
    threat: '429, with and without a time to wait',
    by: [
      ['test/adapters/sender.test.ts', 'Retry-After of %j is %j'],
      [step, 'waits as long as the service asks before it sends again'],
      [step, 'a wait that is longer than the run may take ends it'],
      [step, 'five requests are the most, and then nobody knows'],
      anyFault,
    ],
  },
  F04: { threat: '429 or 503 for what was done', by: [never, promise, built] },
  F05: {
    threat: 'a batch whose answers differ, fail or are missing',
    by: [
      ['test/adapters/graph-batch.test.ts', 'that is missing is a failure'],
      ['test/adapters/graph-batch.test.ts', '$name is a failure of that call alone'],
      ['test/adapters/graph-batch.test.ts', '$calls of one turn in $batches batches, each with its own answer'],
    ],
    not: 'writes never travel in a batch',
  },
  F06: {
    threat: 'replicas that do not show a grant yet',
    by: [
      [settle, 'a grant that shows late is waited for'],
      [settle, 'after a lost answer nothing more is sent while they disagree'],
      [served, 'a plan is done, with reads that are %i behind, and a second run writes nothing'],
      promise,
    ],
  },
  F07: {
    threat: 'replicas that still show what was revoked',
    by: [[served, 'a plan is done, with reads that are %i behind, and a second run writes nothing'], promise],
  },
  F08: {
    threat: 'a revoke of what is gone',
    by: [
      [appRole, 'nothing: the revoke is done'],
      [azure, 'nothing: the revoke is done'],
      [steps, 'a second run writes nothing'],
      never,
    ],
  },
  F09: {
    threat: 'a revoke before what replaces it stands',
    by: [
      ['test/core/plan.test.ts', 'no grant comes after a revocation'],
      [steps, 'a grant that vanishes while it is read back keeps the revoke back'],
      [settle, 'a grant that only some of them show does not stand: nothing is revoked'],
      ['test/guard/breaks-backup.test.ts', 'nor at any moment between, grants before revokes'],
      ['test/e2e/merge.test.ts', 'leaves every workload what its backup needs, at every moment in between'],
      promise,
    ],
  },
  F10: {
    threat: 'access that takes effect later than it shows',
    by: [[steps, 'grants, reads back five times, then revokes and reads back']],
    not: 'no time to cool down can be set: a revoke waits until its replacement was read five times, and tokens of the backup software that were given before may lack it for an hour; what would take is a setting by policy',
  },
  F11: {
    threat: 'the last access of a backup',
    by: [
      ['test/guard/last-access.test.ts', 'whatever is taken, whoever had access keeps some'],
      ['test/guard/breaks-backup.test.ts', 'no operation that works before fails after'],
      fourKinds,
    ],
    not: 'credentials and service principals are never written, so none is the last',
  },
  F12: {
    threat: 'a credential whose successor nobody has used',
    by: [fourKinds],
    not: 'no credential is ever removed',
  },
  F13: {
    threat: 'the program locks itself out',
    by: [
      [tenants, 'is left out of every plan'],
      [tenants, 'is not written about by a run of its own, though no configuration names it'],
      [
        'test/guard/untouchable.test.ts',
        'what a configuration makes untouchable: its lists, and the program’s own identities of every tenant',
      ],
    ],
  },
  F14: {
    threat: 'many revokes at once, or in slices',
    by: [
      ['test/guard/brake.test.ts', 'in many small pull requests as in one'],
      ['test/guard/brake.test.ts', 'all at once'],
      ['test/guard/brake-model.test.ts', 'what it lets pass keeps to all limits, in however many runs'],
      ['test/threats/approved-merges.test.ts', 'beyond the brake that the same merge loosens'],
    ],
  },
  F15: {
    threat: 'a policy file that is deleted',
    by: [
      ['test/e2e/base.test.ts', 'revokes nothing, and changes nothing of the plan'],
      ['test/app/three-way.test.ts', 'not by deleting the file'],
    ],
  },
  F16: {
    threat: 'a policy that is moved or renamed',
    by: [
      ['test/e2e/enforcement.test.ts', 'each has a digest of its own, which neither time nor file names change'],
      ['test/app/three-way.test.ts', 'drift is told by the name that the policy has now'],
    ],
  },
  F17: {
    threat: 'the first run on a tenant that grew',
    by: [
      ['test/core/plan.test.ts', 'what a policy lets the program do'],
      ['test/e2e/enforcement.test.ts', 'one tenant under each enforcement'],
    ],
  },
  F18: {
    threat: 'a kind that a new version manages',
    by: [
      fourKinds,
      ['test/kinds/planned.test.ts', 'exactly those have a writer'],
      ['test/core/diff.test.ts', 'making the changes removes nothing from kinds that are not managed'],
    ],
  },
};
