import { createGitHubDeployments } from './adapters/github-deployments.ts';
import { createGitHubGate } from './adapters/github-gate.ts';
import { createGitHubLock } from './adapters/github-lock.ts';
import type { GitHubAccess } from './adapters/github-requests.ts';
import { sha256 } from './adapters/hash.ts';
import { endDeployment, readEarlierRuns, startDeployment } from './app/deployment-record.ts';
import { acquireLock } from './app/lock.ts';
import { passGate } from './app/pass-gate.ts';
import type { Authority } from './core/authority.ts';
import type { Duration } from './core/duration.ts';
import type { GateQuestion } from './core/gate.ts';
import { err, ok } from './core/result.ts';

/** A job that wants to write, and how it reaches GitHub. */
export interface GitHubAuthorityInput {
  readonly access: GitHubAccess;
  readonly question: Omit<GateQuestion, 'now'>;
  /** Over which the brake adds up. */
  readonly window: Duration;
  /** Name of the check run in which the plan was shown. */
  readonly checkName: string;
  readonly isGoverned: (path: string) => boolean;
  /** Where the run can be looked up. */
  readonly runUrl: string;
  /** Known to nobody else. */
  readonly nonce: string;
  readonly pause: (milliseconds: number) => Promise<void>;
  readonly clock: () => Date;
}

/** Environment that a record names where the job runs in none. */
const noEnvironment = 'backup-access';

/** GitHub decides: by the pull request that was merged, its reviews, and who has the lock. */
export const gitHubAuthority = (input: GitHubAuthorityInput): Authority => {
  const { access, question, window, checkName, isGoverned, runUrl, nonce, pause, clock } = input;
  const deployments = createGitHubDeployments(access);
  return {
    approve: async ({ digest, hashes }) => {
      const ports = { github: createGitHubGate(access), pause, isGoverned, checkName, hash: sha256 };
      const verdict = await passGate({ ...question, now: clock() }, ports);
      if (!verdict.open) return err(verdict.refusals);
      const { pull, approvers, reviewed } = verdict;
      // Whoever approved this very plan approved each of its steps.
      return ok({ pull, approvers, allowed: reviewed.digest === digest ? hashes : reviewed.steps });
    },
    earlier: ({ tenant }) => readEarlierRuns(deployments, { tenant, window, now: clock() }),
    begin: async (plan, { pull, approvers }) => {
      const lock = await acquireLock(createGitHubLock(access), {
        tenant: plan.tenant,
        run: runUrl,
        nonce,
        now: clock,
      });
      if (!lock.ok) return lock;
      const record = await startDeployment(deployments, {
        plan,
        commit: question.sha,
        environment: question.environment ?? noEnvironment,
        pull,
        approvers,
        logUrl: runUrl,
      });
      if (!record.ok) {
        await lock.value.release();
        return record;
      }
      return ok({
        mayWrite: lock.value.check,
        end: async (applied) => {
          const ended = await endDeployment(deployments, record.value, applied);
          const released = await lock.value.release();
          return ended.ok ? released : ended;
        },
      });
    },
  };
};
