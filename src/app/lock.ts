import type { Refusal } from '../core/apply.ts';
import type { GitHubFailure } from '../core/github.ts';
import { type Lease, leaseText, parseLease } from '../core/lease.ts';
import type { LockCommit, LockPort } from '../core/lock-port.ts';
import { err, ok, type Result } from '../core/result.ts';
import { gitHubRefusal, tellFailure } from './github-refusal.ts';

/** Who asks for a lock. */
export interface LockQuestion {
  readonly tenant: string;
  /** Where the run can be looked up. */
  readonly run: string;
  /** Known to nobody else. */
  readonly nonce: string;
  readonly now: () => Date;
  /** Milliseconds that a lease lasts without being renewed. */
  readonly lease?: number;
}

/** The right to be the one writer. */
export interface Lock {
  /** Greater at each taking. */
  readonly fence: number;
  /** Asked before each write: is it ours, for half a lease at least? Renews it. */
  readonly check: () => Promise<Result<void, string>>;
  readonly release: () => Promise<Result<void, string>>;
}

/** Milliseconds: far longer than any one write takes, short enough to wait for after a crash. */
const leaseOfLock = 600_000;
/** Milliseconds by which two machines' clocks may differ before a lease of the other is taken over. */
const clockSkew = 60_000;

/** The one file of a lock's history. None of the repository's own: GitHub lets no job push files of workflows. */
const readme = {
  path: 'README.md',
  text: 'The lock of a tenant: who may write to it, one run after the other. Each commit message is a lease.\n',
} as const;

export const lockName = (tenant: string): string => `lock-${tenant.toLowerCase()}`;
const refOf = (name: string): string => `refs/backup-access-guard/${name}`;

const held = (name: string, { holder, until }: Lease): Refusal => ({
  code: 'lock-held',
  why: `another run writes to this tenant: ${holder} holds \`${refOf(name)}\` until ${until}`,
  wayForward: `wait until that run has ended, then apply again; if it has died, the lock is free a minute after ${until}`,
});

const broken = (name: string, sha: string, why: string): Refusal => ({
  code: 'lock-broken',
  why: `\`${refOf(name)}\` points to ${sha}, which is no lease of this program: ${why}`,
  wayForward: `make sure that no apply is running, delete the ref with \`git push --delete origin ${refOf(name)}\`, and apply again`,
});

const unreadable = (failure: GitHubFailure): Refusal =>
  gitHubRefusal('lock-unreadable', 'nobody can tell whether another run writes to this tenant', failure);

/** The newest commit of a lock's history, with its lease. */
interface Standing {
  readonly commit: LockCommit;
  readonly lease: Lease;
}

const readStanding = async (
  port: LockPort,
  name: string,
  tenant: string,
): Promise<Result<Standing | null, Refusal>> => {
  const head = await port.head(name);
  if (!head.ok) return err(unreadable(head.error));
  if (head.value === null) return ok(null);
  const commit = await port.readCommit(head.value);
  if (!commit.ok) return err(unreadable(commit.error));
  const lease = parseLease(commit.value.message);
  if (!lease.ok) return err(broken(name, head.value, lease.error));
  if (lease.value.tenant !== tenant) return err(broken(name, head.value, 'it is of another tenant'));
  return ok({ commit: commit.value, lease: lease.value });
};

const isFree = ({ isReleased, until }: Lease, now: Date): boolean =>
  isReleased || Date.parse(until) + clockSkew < now.getTime();

/** What a commit of the lock follows. */
type Before = Pick<LockCommit, 'tree'> & { readonly sha: string | null };

/**
 * Writes the next commit of a lock's history. It is ours only when GitHub says that the ref points to it: where an answer is
 * lost or refuses, the ref is read again. `null`: another run was faster.
 */
const append = async (
  port: LockPort,
  name: string,
  before: Before,
  lease: Lease,
): Promise<Result<LockCommit, GitHubFailure | null>> => {
  const message = leaseText(lease);
  const created = await port.createCommit({ message, tree: before.tree, parent: before.sha });
  if (!created.ok) return created;
  const sha = created.value;
  const moved = await (before.sha === null ? port.createRef(name, sha) : port.moveRef(name, sha));
  const commit = { sha, tree: before.tree, message };
  if (moved.ok) return ok(commit);
  const head = await port.head(name);
  if (!head.ok) return head;
  if (head.value === sha) return ok(commit);
  return err(head.value === before.sha ? moved.error : null);
};

const lockOf = (port: LockPort, question: LockQuestion, name: string, taken: Standing): Lock => {
  const { now, lease: length = leaseOfLock } = question;
  let standing = taken;
  const follow = async (lease: Lease): Promise<Result<void, string>> => {
    const next = await append(port, name, standing.commit, lease);
    if (next.ok) {
      standing = { commit: next.value, lease };
      return ok(undefined);
    }
    return err(next.error === null ? `another run took the lock \`${refOf(name)}\`` : tellFailure(next.error));
  };
  const isOurs = async (): Promise<Result<void, string>> => {
    const head = await port.head(name);
    if (!head.ok) return err(`nobody can tell whose the lock is: ${tellFailure(head.error)}`);
    if (head.value === standing.commit.sha) return ok(undefined);
    return err(
      head.value === null
        ? `the lock \`${refOf(name)}\` is gone: somebody deleted it`
        : `the lock \`${refOf(name)}\` is another run's now`,
    );
  };
  return {
    fence: taken.lease.fence,
    check: async () => {
      if (standing.lease.isReleased) return err('the lock was given back');
      const ours = await isOurs();
      if (!ours.ok) return ours;
      const left = Date.parse(standing.lease.until) - now().getTime();
      if (left > length / 2) return ok(undefined);
      return follow({ ...standing.lease, until: new Date(now().getTime() + length).toISOString() });
    },
    release: () => follow({ ...standing.lease, until: now().toISOString(), isReleased: true }),
  };
};

/**
 * Takes the lock of a tenant, or says who has it. Each taking, renewing and giving back is a commit that follows the one
 * before; GitHub moves the ref only forward, so that of two who take it at once one is refused.
 */
export const acquireLock = async (port: LockPort, question: LockQuestion): Promise<Result<Lock, Refusal>> => {
  const { run, nonce, now, lease: length = leaseOfLock } = question;
  const tenant = question.tenant.toLowerCase();
  const name = lockName(tenant);
  const found = await readStanding(port, name, tenant);
  if (!found.ok) return found;
  if (found.value !== null && !isFree(found.value.lease, now())) return err(held(name, found.value.lease));
  const tree = found.value === null ? await port.createTree(readme) : ok(found.value.commit.tree);
  if (!tree.ok) return err(unreadable(tree.error));
  const before = { sha: found.value?.commit.sha ?? null, tree: tree.value };
  const fence = (found.value?.lease.fence ?? 0) + 1;
  const until = new Date(now().getTime() + length).toISOString();
  const lease = { tenant, fence, holder: run, nonce, until, isReleased: false };
  const taken = await append(port, name, before, lease);
  if (taken.ok) return ok(lockOf(port, question, name, { commit: taken.value, lease }));
  if (taken.error !== null) return err(unreadable(taken.error));
  const winner = await readStanding(port, name, tenant);
  if (!winner.ok) return winner;
  return winner.value === null || isFree(winner.value.lease, now())
    ? err(raced(name))
    : err(held(name, winner.value.lease));
};

const raced = (name: string): Refusal => ({
  code: 'lock-held',
  why: `another run took \`${refOf(name)}\` at the same moment`,
  wayForward: 'wait until that run has ended, then apply again',
});
