import type { Applied, Refusal } from '../core/apply.ts';
import type { EarlierRun, EarlierStep, PlanToRun } from '../core/authority.ts';
import type { Deployment, DeploymentPort, DeploymentStatus } from '../core/deployment-port.ts';
import { addDuration, type Duration } from '../core/duration.ts';
import { mayRevoke } from '../core/plan.ts';
import { err, ok, type Result } from '../core/result.ts';
import { gitHubRefusal, tellFailure } from './github-refusal.ts';

/** Characters of the steps in one record: JSON of GitHub's is held under 64 KB; a longer plan takes several records. */
const stepsAtMost = 50_000;
/** Characters of a status's description (source: GitHub REST API, deployment statuses). */
const descriptionAtMost = 140;
const version = 1;

/** A step in a record: id, hash, and whether it revokes. */
type WireStep = readonly [id: string, hash: string, revokes: 0 | 1];

const wireSteps = ({ steps, hashes }: PlanToRun): readonly WireStep[] => {
  const byId = new Map(steps.map((step) => [step.id, step]));
  return [...byId.values()].map((step) => [step.id, hashes.get(step.id) ?? '', mayRevoke(step) ? 1 : 0]);
};

const inParts = (steps: readonly WireStep[]): readonly (readonly WireStep[])[] => {
  const parts: WireStep[][] = [[]];
  let size = 0;
  for (const step of steps) {
    const length = JSON.stringify(step).length + 1;
    if (size + length > stepsAtMost && size > 0) {
      parts.push([]);
      size = 0;
    }
    parts.at(-1)?.push(step);
    size += length;
  }
  return parts;
};

const isWireStep = (value: unknown): value is WireStep => {
  if (!Array.isArray(value) || value.length !== 3) return false;
  const [id, hash, revokes] = value as readonly unknown[];
  return (
    typeof id === 'string' &&
    typeof hash === 'string' &&
    /^[0-9a-f]{64}$/.test(hash) &&
    (revokes === 0 || revokes === 1)
  );
};

const parse = (payload: unknown): unknown => {
  if (typeof payload !== 'string') return payload;
  try {
    return JSON.parse(payload);
  } catch {
    return null;
  }
};

/** Steps of a record; `null`: it is none that this program wrote. `[]`: it is of another tenant. */
const stepsIn = (payload: unknown, tenant: string): readonly WireStep[] | null => {
  const value = parse(payload);
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return null;
  const { version: written, tenant: of, steps } = value as Readonly<Record<string, unknown>>;
  if (written !== version || typeof of !== 'string' || !Array.isArray(steps) || !steps.every(isWireStep)) return null;
  return of.toLowerCase() === tenant.toLowerCase() ? steps : [];
};

const unreadable = (id: number): Refusal => ({
  code: 'memory-unreadable',
  why: `nobody can tell what earlier runs took away: deployment ${id} is none that this program wrote`,
  wayForward: `find out who made it, delete it with \`DELETE /repos/{owner}/{repo}/deployments/${id}\`, and apply again`,
});

const earlierSteps = (steps: readonly WireStep[], isWhole: boolean): readonly EarlierStep[] =>
  steps.map(([id, hash, revokes]) => ({
    id,
    hash,
    revokes: revokes === 1,
    ...(isWhole ? {} : { isDoubtful: true as const }),
  }));

/**
 * What ended it. A later word that nothing was written takes back none that something was; states that others set, such as
 * `inactive`, say nothing of what was done.
 */
const endOf = (states: readonly string[]): string | null =>
  ['success', 'failure', 'error'].find((state) => states.includes(state)) ?? null;

/**
 * Runs whose record is not older than the window. What a run that ended badly, or never ended, was about to do counts as
 * done: nobody wrote down more.
 */
export const readEarlierRuns = async (
  port: DeploymentPort,
  { tenant, window, now }: { readonly tenant: string; readonly window: Duration; readonly now: Date },
): Promise<Result<readonly EarlierRun[], Refusal>> => {
  const doing = 'nobody can tell what earlier runs took away';
  const all = await port.list();
  if (!all.ok) return err(gitHubRefusal('memory-unreadable', doing, all.error));
  const isRecent = ({ created }: Deployment): boolean =>
    addDuration(new Date(created), window).getTime() >= now.getTime();
  const runs: EarlierRun[] = [];
  for (const { id, created, payload } of all.value.filter(isRecent)) {
    const steps = stepsIn(payload, tenant);
    if (steps === null) return err(unreadable(id));
    if (steps.length === 0) continue;
    const states = await port.states(id);
    if (!states.ok) return err(gitHubRefusal('memory-unreadable', doing, states.error));
    const end = endOf(states.value);
    if (end !== 'error') runs.push({ at: created, steps: earlierSteps(steps, end === 'success') });
  }
  return ok(runs);
};

/** The record of a run that is under way. */
export interface DeploymentRecord {
  readonly ids: readonly number[];
  readonly logUrl: string | null;
}

/** What a record says beside its steps. */
export interface DeploymentQuestion {
  readonly plan: PlanToRun;
  readonly commit: string;
  readonly environment: string;
  readonly pull: number | null;
  readonly approvers: readonly string[];
  readonly logUrl: string | null;
}

const setAll = async (
  port: DeploymentPort,
  { ids, logUrl }: DeploymentRecord,
  status: Omit<DeploymentStatus, 'logUrl'>,
): Promise<Result<void, string>> => {
  const failed: string[] = [];
  for (const id of ids) {
    const description = status.description.slice(0, descriptionAtMost);
    const set = await port.setStatus(id, { ...status, description, logUrl });
    if (!set.ok) failed.push(tellFailure(set.error));
  }
  return failed[0] === undefined ? ok(undefined) : err(`the deployment record could not be closed: ${failed[0]}`);
};

/** Writes down what is about to be done, before the first write: without a record the brake would forget it. */
export const startDeployment = async (
  port: DeploymentPort,
  question: DeploymentQuestion,
): Promise<Result<DeploymentRecord, Refusal>> => {
  const { plan, commit, environment, pull, approvers, logUrl } = question;
  const parts = inParts(wireSteps(plan));
  const ids: number[] = [];
  for (const [at, steps] of parts.entries()) {
    const part = parts.length === 1 ? '' : `, part ${at + 1} of ${parts.length}`;
    const count = plan.steps.length === 1 ? '1 step' : `${plan.steps.length} steps`;
    const created = await port.create({
      commit,
      environment,
      description: `Backup access: ${count}${part}`,
      payload: { version, tenant: plan.tenant, digest: plan.digest, pull, approvers, steps },
    });
    if (!created.ok) {
      await setAll(port, { ids, logUrl }, { state: 'error', description: 'nothing was written' });
      return err(gitHubRefusal('record-failed', 'what is about to be done could not be written down', created.error));
    }
    ids.push(created.value);
  }
  const record = { ids, logUrl };
  await setAll(port, record, { state: 'in_progress', description: 'writing' });
  return ok(record);
};

const statusOf = ({ results, stopped }: Applied): Omit<DeploymentStatus, 'logUrl'> => {
  const counted = (state: string): number => results.filter((result) => result.state === state).length;
  const [done, already, unknown] = [counted('done'), counted('already'), counted('unknown')];
  if (stopped === null && done + already === results.length)
    return { state: 'success', description: `all ${results.length} steps hold: ${done} written, ${already} before` };
  const wasSent = results.some(({ requestIds }) => requestIds.length > 0);
  if (done + unknown === 0 && !wasSent) return { state: 'error', description: 'nothing was written' };
  return {
    state: 'failure',
    description: `${done} of ${results.length} steps done, ${unknown} unknown: apply again`,
  };
};

/** Closes the record. A record that stays open counts as if all of it had been done. */
export const endDeployment = (
  port: DeploymentPort,
  record: DeploymentRecord,
  applied: Applied,
): Promise<Result<void, string>> => setAll(port, record, statusOf(applied));
