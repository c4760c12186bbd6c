import type { GateQuestion } from '../core/gate.ts';
import type { GateEvidence, RunEvidence, Standing } from '../core/gate-evidence.ts';
import type { GatePort, Person } from '../core/gate-port.ts';
import type { RepositoryFile, Told } from '../core/github.ts';
import { ok } from '../core/result.ts';
import { findLastMerge, readPullEvidence } from './pull-evidence.ts';

/** What the gate needs to ask GitHub. */
export interface GatePorts {
  readonly github: GatePort;
  readonly pause: (milliseconds: number) => Promise<void>;
  /** Does a path of the repository govern a run? */
  readonly isGoverned: (path: string) => boolean;
  /** Name of our check run. */
  readonly checkName: string;
}

/** Milliseconds between looks for the pull request of a commit that GitHub may not have indexed yet: a minute in all. */
const waits = [2_000, 4_000, 8_000, 16_000, 30_000];

const waitForPulls = async ({ github, pause }: GatePorts, commit: string): Promise<Told<readonly number[]>> => {
  for (let count = 0; ; count += 1) {
    const pulls = await github.listPullsOf(commit);
    const wait = waits[count];
    if (!pulls.ok) return pulls;
    if (pulls.value.length > 0 || wait === undefined) return pulls;
    await pause(wait);
  }
};

const teamForm = /^@?([^/]+)\/(.+)$/;

const isNamed = async (github: GatePort, approvers: readonly string[], { login }: Person): Promise<Told<boolean>> => {
  if (approvers.some((name) => name.replace(/^@/, '').toLowerCase() === login.toLowerCase())) return ok(true);
  for (const name of approvers) {
    const [, org, team] = teamForm.exec(name) ?? [];
    if (org === undefined || team === undefined) continue;
    const member = await github.isTeamMember(org, team, login);
    if (!member.ok || member.value) return member;
  }
  return ok(false);
};

/** What each of some people is to the repository; programs are nothing. */
const readPeople = async (
  github: GatePort,
  approvers: readonly string[],
  people: readonly Person[],
): Promise<Told<ReadonlyMap<string, Standing>>> => {
  const standings = new Map<string, Standing>();
  for (const person of people) {
    const login = person.login.toLowerCase();
    if (standings.has(login) || person.isBot) continue;
    const named = await isNamed(github, approvers, person);
    if (!named.ok) return named;
    const permission = named.value ? await github.readPermission(person.login) : ok(null);
    if (!permission.ok) return permission;
    standings.set(login, { isApprover: named.value, permission: permission.value });
  }
  return ok(standings);
};

const readRunEvidence = async (github: GatePort, question: GateQuestion): Promise<Told<RunEvidence | null>> => {
  if (question.event === 'push') return ok(null);
  const run = await github.readRun(question.runId);
  if (!run.ok) return run;
  const environment = question.environment === null ? ok(null) : await github.readEnvironment(question.environment);
  if (!environment.ok) return environment;
  const reviews = await github.listRunReviews(question.runId);
  return reviews.ok ? ok({ run: run.value, environment: environment.value, reviews: reviews.value }) : reviews;
};

/** Reads all that the gate judges by, of GitHub as it is now; the first read that fails ends it. */
export const gatherEvidence = async (question: GateQuestion, ports: GatePorts): Promise<Told<GateEvidence>> => {
  const { github, isGoverned, checkName } = ports;
  const listGoverned = async (commit: string): Promise<Told<readonly RepositoryFile[]>> => {
    const files = await github.listFiles(commit);
    return files.ok ? ok(files.value.filter(({ path }) => isGoverned(path))) : files;
  };
  const repository = await github.readRepository();
  if (!repository.ok) return repository;
  const pulls =
    question.event === 'push'
      ? await waitForPulls(ports, question.sha)
      : await findLastMerge(github, question.sha, { repository: repository.value, listGoverned });
  if (!pulls.ok) return pulls;
  const [number, ...others] = pulls.value;
  const alone = number !== undefined && others.length === 0 ? number : null;
  const name = question.event === 'push' ? checkName : null;
  const pull =
    alone === null
      ? ok(null)
      : await readPullEvidence(github, alone, { name, repository: repository.value, listGoverned });
  if (!pull.ok) return pull;
  const run = await readRunEvidence(github, question);
  if (!run.ok) return run;
  const reviewers =
    pull.value?.reviews.filter(({ state }) => state === 'APPROVED' || state === 'CHANGES_REQUESTED') ?? [];
  const asked = [...reviewers.map(({ author }) => author), ...(run.value?.reviews.map(({ by }) => by) ?? [])];
  const people = await readPeople(
    github,
    question.approval.approvers,
    asked.filter((person) => person !== null),
  );
  if (!people.ok) return people;
  // Last, so that what was pushed while the rest was read is seen.
  const tip = await github.readBranch(repository.value.defaultBranch);
  if (!tip.ok) return tip;
  const governed = await listGoverned(tip.value);
  if (!governed.ok) return governed;
  return ok({
    repository: repository.value,
    tip: tip.value,
    governed: governed.value,
    pulls: pulls.value,
    pull: pull.value,
    people: people.value,
    run: run.value,
  });
};
