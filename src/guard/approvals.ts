import { addDuration, parseDuration } from '../core/duration.ts';
import type { GateQuestion } from '../core/gate.ts';
import type { PullEvidence, Standing } from '../core/gate-evidence.ts';
import type { Person, Review } from '../core/gate-port.ts';
import { authorsOf } from './pull-authors.ts';

/** A review that decides, of one person. */
export interface Vote {
  readonly login: string;
  /** ISO 8601. */
  readonly at: string;
}

export interface Votes {
  readonly counted: readonly Vote[];
  /** Approvals that don't count, each with a clause that says why: the account, then the clause. */
  readonly discounted: readonly string[];
  /** Approvers who ask for changes. */
  readonly against: readonly string[];
}

const decides: readonly Review['state'][] = ['APPROVED', 'CHANGES_REQUESTED', 'DISMISSED'];

/** A submitted review of somebody who is still there. */
type Decision = Review & { readonly author: Person; readonly submittedAt: string };

const isDecision = (review: Review): review is Decision =>
  review.author !== null && review.submittedAt !== null && decides.includes(review.state);

const isLater = (a: Decision, b: Decision): boolean => {
  const between = Date.parse(a.submittedAt) - Date.parse(b.submittedAt);
  // One that is listed twice, where pages overlap, is as it was told last.
  return between > 0 || (between === 0 && a.id >= b.id);
};

/** The last review of each person that approves, asks for changes, or was dismissed: comments replace nothing. */
const lastDecisions = (reviews: readonly Review[]): readonly Decision[] => {
  const last = new Map<string, Decision>();
  for (const review of reviews) {
    if (!isDecision(review)) continue;
    // Stryker disable next-line MethodExpression: only a key in here, where one case is as good as the other
    const login = review.author.login.toLowerCase();
    const before = last.get(login);
    if (before === undefined || isLater(review, before)) last.set(login, review);
  }
  return [...last.values()];
};

const mayWrite = (permission: string | null): boolean =>
  permission === 'write' || permission === 'maintain' || permission === 'admin';

/** Is this somebody who may approve at all? The answer is a clause that says why not. */
export const whyNoApprover = (person: Person, standing: Standing | undefined): string | null => {
  if (person.isBot || person.login.toLowerCase().endsWith('[bot]')) return 'is a program';
  if (standing === undefined || !standing.isApprover) return 'is not among the approvers';
  return mayWrite(standing.permission) ? null : 'may not write to the repository now';
};

// Stryker disable next-line EqualityOperator: no two of them have one login
const byLogin = (a: Vote, b: Vote): number => (a.login < b.login ? -1 : 1);

/** Whose approval of a pull request counts at `aged`. */
export const countVotes = (
  evidence: PullEvidence,
  people: ReadonlyMap<string, Standing>,
  { maxAge, aged }: { readonly maxAge: GateQuestion['approval']['maxAge']; readonly aged: Date },
): Votes => {
  const { pull, push, reviews } = evidence;
  const authors = authorsOf(evidence);
  const longest = parseDuration(maxAge);
  const whyNot = ({ author, commit, submittedAt }: Decision): string | null => {
    const never = whyNoApprover(author, people.get(author.login.toLowerCase()));
    if (never !== null) return never;
    if (authors.logins.has(author.login.toLowerCase())) return 'had a hand in what is to be approved';
    if (commit !== pull.head) return 'approved another commit than the last one';
    const isAfterPush = push !== null && Date.parse(submittedAt) > Date.parse(push.at);
    if (!isAfterPush) return 'approved before the last push';
    const holds = longest !== null && addDuration(new Date(submittedAt), longest) >= aged;
    return holds ? null : `approved too long ago: an approval holds for ${maxAge}`;
  };
  const last = lastDecisions(reviews);
  const approved = last
    .filter(({ state }) => state === 'APPROVED')
    .map((vote) => ({ login: vote.author.login, at: vote.submittedAt, why: whyNot(vote) }))
    .sort(byLogin);
  return {
    counted: approved.flatMap(({ login, at, why }) => (why === null ? [{ login, at }] : [])),
    discounted: approved.flatMap(({ login, why }) => (why === null ? [] : [`\`${login}\` ${why}`])),
    against: last
      .filter(
        ({ state, author }) => state === 'CHANGES_REQUESTED' && people.get(author.login.toLowerCase())?.isApprover,
      )
      .map(({ author }) => author.login)
      .sort(),
  };
};
