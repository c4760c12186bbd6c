import type { GateQuestion } from '../../src/core/gate.ts';
import type { GateEvidence } from '../../src/core/gate-evidence.ts';
import type { RepositoryFile } from '../../src/core/github.ts';

/**
 * The gate once more, as a list of questions of which each must be answered with yes. Written from the rules alone, for
 * approvals that hold for whole days: nothing is taken from the gate but its types.
 */

const days = (text: string): number => Number(/^P(\d+)D$/.exec(text)?.[1]);
const ms = (text: string): number => new Date(text).getTime();
const small = (text: string | null | undefined): string => (text ?? '').toLowerCase();

const spelled = (files: readonly RepositoryFile[]): string =>
  files
    .map((file) => `${file.path}\n${file.mode}\n${file.sha}`)
    .sort()
    .join('\n\n');

const noreply = (email: string): string =>
  small(/^(?:\d+\+)?(.+)@users\.noreply\.github\.com$/.exec(small(email))?.[1]);

/** Who can't approve, since he had a hand in it; `null`: nobody can tell. */
const hands = ({ pull }: GateEvidence): Set<string> | null => {
  if (pull === null || pull.push === null) return null;
  const found = new Set([small(pull.pull.author?.login), small(pull.push.by)]);
  const mails: string[] = [];
  const pairs: (readonly [string, string])[] = [];
  for (const { author, committer, message } of pull.commits) {
    for (const one of [author, committer]) {
      if (one.login !== null) pairs.push([small(one.email), small(one.login)]);
      else mails.push(small(one.email));
      if (noreply(one.email) !== '') found.add(noreply(one.email));
    }
    for (const line of message.split('\n'))
      if (small(line).trim().startsWith('co-authored-by:')) mails.push(small(line.slice(line.indexOf('<') + 1, -1)));
  }
  for (const [, login] of pairs) found.add(login);
  for (const mail of mails) {
    const owners = [...pairs.filter(([one]) => one === mail).map(([, login]) => login), noreply(mail)].filter(Boolean);
    if (owners.length === 0 && mail !== 'noreply@github.com') return null;
    for (const owner of owners) found.add(owner);
  }
  return found;
};

/** Login names of those whose approval counts, with when they gave it; `null`: the gate can't open. */
const voters = (question: GateQuestion, evidence: GateEvidence): Map<string, number> | null => {
  const { pull, people } = evidence;
  const touched = hands(evidence);
  if (pull === null || pull.push === null || touched === null) return null;
  const byPerson = new Map<string, (typeof pull.reviews)[number][]>();
  for (const one of pull.reviews) {
    if (one.author === null || one.state === 'COMMENTED' || one.state === 'PENDING') continue;
    const login = small(one.author.login);
    byPerson.set(login, [...(byPerson.get(login) ?? []), one]);
  }
  const counted = new Map<string, number>();
  for (const [login, all] of byPerson) {
    const last = all.sort((a, b) => ms(a.submittedAt ?? '') - ms(b.submittedAt ?? '') || a.id - b.id).at(-1);
    const standing = people.get(login);
    if (last === undefined || standing?.isApprover !== true) continue;
    if (last.state === 'CHANGES_REQUESTED') return null;
    const when = ms(last.submittedAt ?? '');
    const until = question.event === 'push' ? question.now.getTime() : ms(pull.pull.mergedAt ?? '');
    const counts = [
      last.state === 'APPROVED',
      last.author?.isBot === false,
      last.commit === pull.pull.head,
      when > ms(pull.push.at),
      until - when <= days(question.approval.maxAge) * 86_400_000,
      ['write', 'maintain', 'admin'].includes(standing.permission ?? ''),
      !touched.has(login),
    ];
    if (counts.every(Boolean)) counted.set(last.author?.login ?? '', when);
  }
  return counted.size >= question.approval.required && question.approval.required > 0 ? counted : null;
};

const digestSeen = ({ pull }: GateEvidence, name: string, moments: readonly number[]): string | null => {
  const seen = moments.flatMap((moment) => {
    const before = (pull?.plans ?? [])
      .filter(({ app, completedAt }) => app === 'github-actions' && completedAt !== null && ms(completedAt) < moment)
      .filter((one) => one.name === name && one.head === pull?.pull.head)
      .sort((a, b) => ms(b.completedAt ?? '') - ms(a.completedAt ?? ''));
    // What ended in the same second was shown, or wasn't.
    const newest = before.filter(({ completedAt }) => completedAt === before[0]?.completedAt);
    if (newest.length === 0) return [null];
    return newest.map(({ externalId, text }) =>
      text?.includes(`\ndigest ${externalId}\n`) === true ? externalId : null,
    );
  });
  return new Set(seen).size === 1 ? (seen[0] ?? null) : null;
};

const consents = (question: GateQuestion, { run, people }: GateEvidence): readonly string[] => {
  if (run === null || question.environment === null || question.planDigest === null) return [];
  const named = run.reviews.filter(({ environments }) => environments.includes(question.environment ?? ''));
  const able = named.filter(({ by }) => {
    const standing = people.get(small(by?.login));
    return (
      by?.isBot === false && standing?.isApprover === true && /^(write|maintain|admin)$/.test(`${standing.permission}`)
    );
  });
  const isFit =
    run.run.event === question.event &&
    run.run.sha === question.sha &&
    run.run.attempt === 1 &&
    question.now.getTime() - ms(run.run.startedAt) <= days(question.approval.maxAge) * 86_400_000 &&
    (run.environment?.reviewers ?? 0) > 0 &&
    run.environment?.limitsBranches === true &&
    !able.some(({ state }) => state === 'rejected');
  const own = question.event === 'schedule' ? [] : [small(run.run.actor), small(run.run.starter)];
  const yes = able.filter(({ state, by }) => state === 'approved' && !own.includes(small(by?.login)));
  return isFit ? yes.map(({ by }) => by?.login ?? '') : [];
};

/** Who approved, and the digest of what; `null` where the gate stays closed. */
export const oracle = (
  question: GateQuestion,
  evidence: GateEvidence,
  name: string,
): { readonly approvers: readonly string[]; readonly digest: string } | null => {
  const { pull, repository, pulls, tip, governed } = evidence;
  if (pull === null) return null;
  const votes = voters(question, evidence);
  if (votes === null) return null;
  const isPush = question.event === 'push';
  const plain = [
    pulls.length === 1,
    small(repository.fullName) === small(question.repository),
    question.ref.replace('refs/heads/', '') === repository.defaultBranch && question.ref.startsWith('refs/heads/'),
    isPush || tip === question.sha,
    !isPush || pull.pull.mergeCommit === question.sha,
    pull.pull.mergedAt !== null && pull.pull.mergeCommit !== null,
    pull.pull.base === repository.defaultBranch,
    small(pull.pull.baseRepository) === small(repository.fullName),
    spelled(pull.reviewed) === spelled(pull.merged) && spelled(pull.merged) === spelled(governed),
    pull.pull.commits <= 250 && pull.commits.length === pull.pull.commits,
    pull.commits.some(({ sha }) => sha === pull.pull.head),
    question.approval.approvers.length > 0,
  ];
  if (!plain.every(Boolean)) return null;
  const digest = isPush ? digestSeen(evidence, name, [...votes.values()]) : question.planDigest;
  const admitted = isPush ? [] : consents(question, evidence);
  if (digest === null || (!isPush && admitted.length === 0)) return null;
  return { approvers: [...new Set([...votes.keys(), ...admitted])].sort(), digest };
};
