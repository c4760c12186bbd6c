import type { PullEvidence } from '../core/gate-evidence.ts';
import type { BranchPush, GatePort, GatePull, GateRepository, PathCommit } from '../core/gate-port.ts';
import type { RepositoryFile, Told } from '../core/github.ts';
import { ok } from '../core/result.ts';
import { sameText } from '../core/same-text.ts';

type ListFiles = (commit: string) => Promise<Told<readonly RepositoryFile[]>>;

/** The last push before the merge that left the head where it is. */
const lastPush = async (
  github: GatePort,
  { head, headRef, headRepository, mergedAt }: GatePull,
  { fullName }: GateRepository,
): Promise<Told<BranchPush | null>> => {
  // What happens in a fork isn't told to this repository's jobs.
  if (headRepository === null || !sameText(headRepository, fullName)) return ok(null);
  const pushes = await github.listPushes(headRef);
  if (!pushes.ok) return pushes;
  const own = pushes.value.filter(
    ({ after, at }) => after === head && (mergedAt === null || Date.parse(at) <= Date.parse(mergedAt)),
  );
  return ok(
    own.reduce<BranchPush | null>(
      (last, push) => (last === null || Date.parse(push.at) > Date.parse(last.at) ? push : last),
      null,
    ),
  );
};

/** All that is known of one pull request; `name`: of the check run whose plans are read, `null` for none. */
export const readPullEvidence = async (
  github: GatePort,
  number: number,
  how: { readonly name: string | null; readonly repository: GateRepository; readonly listGoverned: ListFiles },
): Promise<Told<PullEvidence>> => {
  const { name, repository, listGoverned } = how;
  const pull = await github.readPull(number);
  if (!pull.ok) return pull;
  const { head, mergeCommit } = pull.value;
  const commits = await github.listCommits(number);
  if (!commits.ok) return commits;
  const reviews = await github.listReviews(number);
  if (!reviews.ok) return reviews;
  const push = await lastPush(github, pull.value, repository);
  if (!push.ok) return push;
  const plans = name === null ? ok([]) : await github.listPlans(head, name);
  if (!plans.ok) return plans;
  const reviewed = await listGoverned(head);
  if (!reviewed.ok) return reviewed;
  const merged = mergeCommit === null ? ok([]) : await listGoverned(mergeCommit);
  if (!merged.ok) return merged;
  return ok({
    pull: pull.value,
    commits: commits.value,
    reviews: reviews.value,
    push: push.value,
    plans: plans.value,
    reviewed: reviewed.value,
    merged: merged.value,
  });
};

/** Places and commits that are looked through for the merge behind governed files. */
const most = 20;

const folderOf = (path: string): string => (path.includes('/') ? path.slice(0, path.lastIndexOf('/')) : path);

/** The fewest places under which all files lie. */
const placesOf = (files: readonly RepositoryFile[]): readonly string[] => {
  const folders = [...new Set(files.map(({ path }) => folderOf(path)))].sort();
  return folders.filter((one) => !folders.some((other) => other !== one && one.startsWith(`${other}/`))).slice(0, most);
};

const byDate = (a: PathCommit, b: PathCommit): number => Date.parse(b.committedAt) - Date.parse(a.committedAt);

const commitsTo = async (
  github: GatePort,
  commit: string,
  places: readonly string[],
): Promise<Told<readonly string[]>> => {
  const commits = new Map<string, PathCommit>();
  for (const place of places) {
    const found = await github.listCommitsOf(commit, place);
    if (!found.ok) return found;
    for (const one of found.value) commits.set(one.sha, one);
  }
  const newest = [...commits.values()].sort(byDate).slice(0, most);
  return ok(newest.map(({ sha }) => sha));
};

/**
 * The last merge into the default branch that touched the governed files of a commit: the last by GitHub's clock, as a
 * commit's own date is what its author wrote. Whether it left the files as they stand is for the gate to judge.
 */
export const findLastMerge = async (
  github: GatePort,
  commit: string,
  how: { readonly repository: GateRepository; readonly listGoverned: ListFiles },
): Promise<Told<readonly number[]>> => {
  const files = await how.listGoverned(commit);
  if (!files.ok) return files;
  const commits = await commitsTo(github, commit, placesOf(files.value));
  if (!commits.ok) return commits;
  const numbers = new Set<number>();
  for (const sha of commits.value) {
    const pulls = await github.listPullsOf(sha);
    if (!pulls.ok) return pulls;
    for (const number of pulls.value) numbers.add(number);
  }
  let last: { readonly number: number; readonly at: number } | null = null;
  for (const number of numbers) {
    const pull = await github.readPull(number);
    if (!pull.ok) return pull;
    const { base, mergedAt } = pull.value;
    if (base !== how.repository.defaultBranch || mergedAt === null) continue;
    if (last === null || Date.parse(mergedAt) > last.at) last = { number, at: Date.parse(mergedAt) };
  }
  return ok(last === null ? [] : [last.number]);
};
