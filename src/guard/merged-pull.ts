import type { Refusal } from '../core/apply.ts';
import type { GateQuestion } from '../core/gate.ts';
import type { GateEvidence, PullEvidence } from '../core/gate-evidence.ts';
import type { RepositoryFile } from '../core/github.ts';
import { sameText } from '../core/same-text.ts';
import { authorsOf } from './pull-authors.ts';
import { nameSome, refuse } from './refusals.ts';

/** GitHub lists no more commits of a pull request (source: GitHub REST API, pull requests). */
const commitsAtMost = 250;

const anew = 'open a pull request that touches the policies, and have it approved before it is merged';

/** Paths that are not the same in both. */
const differingPaths = (a: readonly RepositoryFile[], b: readonly RepositoryFile[]): readonly string[] => {
  const keyOf = ({ path, mode, sha }: RepositoryFile): string => JSON.stringify([path, mode, sha]);
  const [inA, inB] = [new Set(a.map(keyOf)), new Set(b.map(keyOf))];
  const lone = [...a.filter((file) => !inB.has(keyOf(file))), ...b.filter((file) => !inA.has(keyOf(file)))];
  return [...new Set(lone.map(({ path }) => path))].sort();
};

const namePaths = (paths: readonly string[]): string => nameSome(paths.map((path) => `\`${path}\``));

/** Does the job run for what lies on the default branch, and nothing newer? */
export const ofPlace = (question: GateQuestion, { repository, tip, pull, governed }: GateEvidence): Refusal[] => {
  const { defaultBranch, fullName } = repository;
  const found: Refusal[] = [];
  if (!sameText(fullName, question.repository))
    found.push(
      refuse(
        'other-repository',
        `the job says that it runs in \`${question.repository}\`, and GitHub says \`${fullName}\``,
        'start the job anew in the repository as it is called now',
      ),
    );
  if (question.ref !== `refs/heads/${defaultBranch}`)
    found.push(
      refuse(
        'other-branch',
        `the job runs for \`${question.ref}\`, and only what is merged into \`${defaultBranch}\` is carried out`,
        `merge into \`${defaultBranch}\``,
      ),
    );
  const overtaking = pull === null ? [] : differingPaths(pull.merged, governed);
  if (question.event === 'push' && overtaking.length > 0)
    found.push(
      refuse(
        'overtaken',
        `\`${defaultBranch}\` has moved on since this merge, with other governed files (${namePaths(overtaking)})`,
        'nothing: the job of the newer merge carries out what holds now',
      ),
    );
  if (question.event !== 'push' && question.sha !== tip)
    found.push(
      refuse(
        'overtaken',
        `\`${defaultBranch}\` has moved on since this run began`,
        'start mode `remediate` anew on what is merged now',
      ),
    );
  return found;
};

/** Which pull request brought the commit, if it is plain to see. */
export const ofPulls = ({ pulls, repository }: GateEvidence): Refusal[] => {
  if (pulls.length === 1) return [];
  if (pulls.length === 0)
    return [
      refuse(
        'no-pull-request',
        `no pull request into \`${repository.defaultBranch}\` is known that brought these governed files`,
        `run the job again in some minutes; if there was none, ${anew}`,
      ),
    ];
  const named = nameSome(pulls.map((pull) => `#${pull}`));
  return [refuse('several-pull-requests', `more than one pull request brought this commit: ${named}`, anew)];
};

const ofCommits = (evidence: PullEvidence): Refusal[] => {
  const { pull, commits } = evidence;
  if (pull.commits > commitsAtMost)
    return [
      refuse(
        'too-many-commits',
        `#${pull.number} has ${pull.commits} commits, of which GitHub lists ${commitsAtMost}: who wrote the others can't be told`,
        'split it into smaller pull requests, or make its commits fewer, and have it approved',
      ),
    ];
  if (commits.length !== pull.commits || !commits.some(({ sha }) => sha === pull.head))
    return [
      refuse('commits-unknown', `GitHub lists other commits of #${pull.number} than it counts`, 'run the job again'),
    ];
  const { unknown } = authorsOf(evidence);
  if (unknown.length === 0) return [];
  return [
    refuse(
      'unknown-author',
      `nobody can tell whose account wrote commits of #${pull.number}: ${nameSome(unknown.map((who) => `\`${who}\``))}`,
      'let authors add the address to their accounts, or commit under the address that GitHub gave them',
    ),
  ];
};

/** Is it what people reviewed that was merged, and who wrote it? */
export const ofMerge = (
  question: GateQuestion,
  { repository, governed }: GateEvidence,
  of: PullEvidence,
): Refusal[] => {
  const { pull, reviewed, merged, push } = of;
  const found: Refusal[] = [];
  if (pull.mergedAt === null) found.push(refuse('not-merged', `#${pull.number} isn't merged`, `merge it, or ${anew}`));
  if (pull.base !== repository.defaultBranch || !sameText(pull.baseRepository, repository.fullName))
    found.push(
      refuse(
        'other-base',
        `#${pull.number} was merged into \`${pull.base}\` of \`${pull.baseRepository}\`, not into \`${repository.defaultBranch}\``,
        anew,
      ),
    );
  if (pull.mergeCommit === null || (question.event === 'push' && pull.mergeCommit !== question.sha))
    found.push(
      refuse('other-commit', `the commit of the job is not what the merge of #${pull.number} left behind`, anew),
    );
  const byMerge = differingPaths(reviewed, merged);
  const since = question.event === 'push' ? [] : differingPaths(merged, governed);
  if (byMerge.length > 0 || since.length > 0)
    found.push(
      refuse(
        'not-as-reviewed',
        `what is merged is not what was reviewed in #${pull.number}: ${namePaths(byMerge.length > 0 ? byMerge : since)}`,
        `${anew}; bring its branch up to date first`,
      ),
    );
  if (push === null)
    found.push(
      refuse(
        'unknown-push',
        `GitHub doesn't tell who pushed the last commit of #${pull.number}`,
        'push to a branch of this repository, not of a fork, and have that pull request approved',
      ),
    );
  return [...found, ...ofCommits(of)];
};
