/** Whom a policy is about. */
export type Who = 'backup' | 'glass' | 'self';

/** What a policy asks for; atoms are `app:`, `scope:` or `role:` with a name. */
export interface Ask {
  /** Name of the file. */
  readonly file: string;
  readonly asks: readonly string[];
  readonly enforcement: 'report' | 'additive' | 'authoritative';
}

/** Policies of a commit; `broken`: a file that is none. */
export interface Tree {
  readonly policies: Readonly<Partial<Record<Who, Ask>>>;
  readonly broken: boolean;
  readonly approvers: readonly string[];
}

/** All that can be asked for and held, but what is never granted. */
export const atoms = [
  ...['app:Mail.Read', 'app:Calendars.Read', 'app:Contacts.Read'],
  ...['scope:User.Read', 'scope:Mail.Read', 'role:Disk Backup Reader', 'role:Reader'],
] as const;

/** Never granted, whatever policies ask for. */
export const forbidden: ReadonlySet<string> = new Set(['app:RoleManagement.ReadWrite.Directory', 'role:Owner']);

export const limits = { revokes: 4, days: 7, approvalDays: 5 } as const;
const day = 86_400_000;

export interface Held {
  readonly atom: string;
  readonly id: string;
}

/** The writes that a person would expect, by hand: `+atom`, and `-atom` with the object that holds it. */
export const expectedWrites = ({ policies, broken }: Tree, held: readonly Held[]): ReadonlySet<string> => {
  const policy = policies.backup;
  if (broken || policy === undefined || policy.enforcement === 'report') return new Set();
  const has = new Set(held.map(({ atom }) => atom));
  const grants = policy.asks.filter((atom) => !has.has(atom) && !forbidden.has(atom)).map((atom) => `+${atom}`);
  const extra = held.filter(({ atom }) => !policy.asks.includes(atom)).map(({ atom, id }) => `-${atom} ${id}`);
  return new Set([...grants, ...(policy.enforcement === 'authoritative' ? extra : [])]);
};

/** Files as they are on the disk, told apart by what they say. */
export const treeText = ({ policies, broken, approvers }: Tree): string =>
  JSON.stringify([Object.entries(policies).sort(), broken, approvers]);

export interface ReviewedAt {
  readonly state: 'APPROVED' | 'CHANGES_REQUESTED' | 'DISMISSED';
  readonly commit: string;
  readonly at: number;
}

/** A run of the check, with what it showed. */
export interface Shown {
  readonly head: string;
  readonly at: number;
  readonly writes: ReadonlySet<string>;
  /** Something could not be read while it ran, or it could not be told. */
  readonly clouded: boolean;
}

/** A pull request as the model knows it. */
export interface Pull {
  readonly number: number;
  head: string;
  commits: number;
  tree: Tree;
  pushedAt: number;
  pushedBy: string;
  base: string;
  reviews: Map<string, ReviewedAt>;
  shown: Shown[];
}

/** The last push to the default branch. */
export interface Push {
  readonly before: string;
  readonly after: string;
  readonly treeBefore: Tree;
  /** `null`: somebody pushed by hand. */
  readonly pull: Pull | null;
}

/** An apply that began to write. */
export interface Begun {
  readonly at: number;
  /** Revokes of its plan. */
  readonly planned: number;
}

export interface Model {
  main: Tree;
  pull: Pull;
  push: Push | null;
  /** People who may write to the repository. */
  writers: Set<string>;
  begun: Begun[];
  /** Moments at which something was taken away by the program. */
  revokes: number[];
  /** A run may still hold the lock. */
  lockedUntil: number;
}

/** Reviews by people that the tree before the merge names, who may write now and wrote nothing of it. */
const countedApprovals = (pull: Pull, { approvers }: Tree, writers: ReadonlySet<string>, now: number) => {
  const may = (who: string): boolean => approvers.includes(who) && writers.has(who);
  return [...pull.reviews].filter(
    ([who, { state, commit, at }]) =>
      state === 'APPROVED' &&
      may(who) &&
      who !== 'ada' &&
      who !== pull.pushedBy &&
      commit === pull.head &&
      at > pull.pushedAt &&
      now - at <= limits.approvalDays * day,
  );
};

/** What was shown to everybody whose approval counts; `null`: nothing may be written at all. */
export const approvedPlan = ({ push, writers }: Model, now: number): Shown | null => {
  const pull = push?.pull ?? null;
  if (push === null || pull === null || pull.base !== 'main') return null;
  const votes = countedApprovals(pull, push.treeBefore, writers, now);
  const against = [...pull.reviews].some(
    ([who, { state }]) => state === 'CHANGES_REQUESTED' && push.treeBefore.approvers.includes(who),
  );
  if (votes.length === 0 || against) return null;
  const seen = votes.map(([, { at }]) => pull.shown.findLast((one) => one.head === pull.head && one.at < at));
  const [first] = seen;
  if (first === undefined || seen.some((one) => one === undefined)) return null;
  const same = seen.every((one) => [...(one?.writes ?? [])].join() === [...first.writes].join());
  // Where they saw different plans nothing runs; what was clouded the model can't compare.
  return same ? { ...first, clouded: seen.some((one) => one?.clouded) } : null;
};

/** Revokes that the brake may count at most, and whether it may take a step for one that somebody undoes. */
export const brakeMay = ({ begun }: Model, planned: number, now: number): boolean => {
  const recent = begun.filter(({ at }) => now - at <= limits.days * day);
  const counted = recent.reduce((sum, one) => sum + one.planned, planned);
  return (planned > 0 && counted > limits.revokes) || recent.length >= 3;
};

/** Most revokes of the program within any window. */
export const mostRevokes = ({ revokes }: Model): number =>
  Math.max(0, ...revokes.map((at) => revokes.filter((one) => one >= at && one - at <= limits.days * day).length));
