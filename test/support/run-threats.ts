import { anyFault, appRole, azure, built, fourKinds, lock, served, settle, step, steps, tenants } from './run-tests.ts';
import type { ThreatRow } from './threat-row.ts';

/** What may go wrong with what a tenant holds, with people, and with the run as a whole, and the tests that try it. */
export const runThreats: Readonly<Record<string, ThreatRow>> = {
  F19: {
    threat: 'an assignment of another scope',
    by: [
      [azure, 'above, below and beside: it is granted'],
      [azure, 'nothing: the revoke is done'],
      [
        'test/writers/azure-role-promises.test.ts',
        'once its request is carried out, it is done, once, and nothing else has changed',
      ],
    ],
  },
  F20: {
    threat: 'an id in another spelling',
    by: [
      [azure, 'the assignment in capitals: it is revoked as ARM spells it'],
      [azure, 'of somebody else is no answer, though ARM should list it'],
      ['test/adapters/sender-shapes.test.ts', 'no path that a URL reads as another one has a form'],
    ],
  },
  F21: {
    threat: 'an assignment with a condition',
    by: [
      [azure, 'the assignment: what else it has stays'],
      [azure, 'the assignment under another condition: nobody approved its end'],
      ['test/core/plan.test.ts', 'another condition'],
    ],
  },
  F22: {
    threat: 'access by a group, or that has to be activated',
    by: [
      [
        'test/e2e/access-by-groups.test.ts',
        'is found by both, each with its group, and no plan touches what a group holds',
      ],
      [
        'test/e2e/access-by-groups.test.ts',
        'loses only its own assignment where it holds the role itself too, and the finding stands',
      ],
      fourKinds,
    ],
  },
  F23: {
    threat: 'people who change the tenant meanwhile',
    by: [
      [steps, 'is left alone, and whoever waits for it too'],
      [steps, 'three times is enough: the run ends'],
      [tenants, 'that somebody else has cleaned up is left as it is'],
      [settle, 'a scope that somebody else has just been given is not pushed out'],
    ],
  },
  F24: {
    threat: 'a step that fails among others',
    by: [
      [step, '%o ends the run'],
      [step, 'a lock on one scope keeps that step back, and no other'],
      [
        'test/report/apply-outcome.test.ts',
        'is `applied` only where every step of the plan is done or stood already, whatever else is said',
      ],
      anyFault,
    ],
  },
  F25: {
    threat: 'a run that is to be taken back',
    by: [
      ['test/e2e/rollback.test.ts', 'what a run did is taken back'],
      ['test/e2e/rollback.test.ts', 'but for what is never granted, by a file that is planned again'],
      ['test/app/inverse-plan.test.ts', 'what can’t be taken back is known before it is done'],
    ],
  },
  F26: {
    threat: 'a journal that can not be written',
    by: [
      [steps, 'when line %i of the journal fails: nothing is sent without its intent'],
      ['test/adapters/journal-file.test.ts', 'a full disk is told'],
      ['test/adapters/journal-file.test.ts', 'one %s that fails is the last line there is'],
    ],
  },
  F27: {
    threat: 'a run that is killed',
    by: [
      [served, 'killed at any request or line of the journal, a rerun ends as the plan says'],
      [
        'test/app/read-journal.test.ts',
        'a cut last line counts for nothing, wherever it is cut, and every line before it stands',
      ],
      built,
    ],
  },
  F28: {
    threat: 'a job that is cancelled',
    by: [
      ['test/entry/stop-on-signals.test.ts', 'a run whose job is cancelled'],
      [steps, 'in the middle: what was sent is read back quickly, and the rest left'],
      [steps, 'while it waits for a throttled service'],
    ],
  },
  F29: {
    threat: 'two runs at once',
    by: [
      [tenants, 'write once'],
      ['test/app/lock-races.test.ts', 'write one after the other, by growing fence numbers'],
      [lock, 'while another does: the slower one is told who was faster'],
    ],
    not: 'the lock is one of a repository: two repositories on one tenant, and a command line, hold by what each step finds when it looks',
  },
  F30: {
    threat: 'a lock that is lost',
    by: [
      [steps, 'when the lock is lost'],
      [lock, 'ends when another takes it after its lease'],
      [lock, 'ends when another is faster while it is renewed'],
      [lock, 'deletes it'],
    ],
  },
  F31: {
    threat: 'a lock that a dead run holds',
    by: [
      [lock, 'whose lease ran out more than a minute ago'],
      ['test/docs/apply-page.test.ts', 'tells every refusal, once, and no other'],
    ],
  },
  F32: {
    threat: 'throttling without end in a large tenant',
    by: [
      ['test/adapters/wait-budget.test.ts', 'is spent together, and what is too long is not waited for at all'],
      ['test/e2e/request-budget.test.ts', 'takes the same requests in a tenant of 100,000 service principals'],
      ['test/app/write-time.test.ts', 'goes by with the clock'],
      [steps, 'when its time is used up'],
    ],
  },
  F33: {
    threat: 'an answer of another shape, or about something else',
    by: [
      [appRole, 'with %s is not known'],
      [azure, 'of somebody else is no answer, though ARM should list it'],
      ['test/writers/delegated-grant.test.ts', 'a list of scopes'],
      ['test/writers/key-vault-access.test.ts', 'no id'],
      ['test/adapters/sender.test.ts', 'of something done that is no JSON'],
      ['test/e2e/read-faults.test.ts', 'is answered with garbage'],
    ],
  },
  F34: {
    threat: 'an app that was removed and made anew',
    by: [
      ['test/guard/recreated.test.ts', 'nothing is written, neither given nor taken'],
      ['test/e2e/enforcement.test.ts', 'a service principal made anew is neither changed nor called cured'],
      ['test/rules/recreated-identity.test.ts', 'another object under the same app id'],
    ],
  },
};
