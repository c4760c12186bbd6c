import type { AsyncCommand } from 'fast-check';
import type { FaultScript } from '../../src/emulator/faults.ts';
import {
  type Ask,
  approvedPlan,
  expectedWrites,
  type Held,
  type Model,
  type Pull,
  type ReviewedAt,
  type Tree,
  treeText,
  type Who,
} from './life-model.ts';
import { keepPromises } from './life-promises.ts';
import { type Kill, type LifeRig, wait } from './life-rig.ts';
import { intentsOf, readWrites } from './life-writes.ts';

export type Command = AsyncCommand<Model, LifeRig>;

/** What somebody does to the files. */
export type Edit =
  | {
      readonly do: 'ask';
      readonly who: Who;
      readonly asks: readonly string[];
      readonly enforcement: Ask['enforcement'];
    }
  | { readonly do: 'delete'; readonly who: Who }
  | { readonly do: 'rename'; readonly who: Who }
  | { readonly do: 'empty' }
  | { readonly do: 'mend' }
  | { readonly do: 'name'; readonly approvers: readonly string[] };

/** A misfortune of requests while a job runs. */
export type Trouble =
  | { readonly is: 'none' }
  | { readonly is: 'unread' }
  | {
      readonly is: 'lost' | 'cut' | 'throttled' | 'failing' | 'forbidden';
      readonly method: string;
      readonly after: number;
    };

const day = 86_400_000;
const second = 2_000;

const edited = (tree: Tree, edit: Edit): Tree => {
  if (edit.do === 'empty') return { ...tree, broken: true };
  if (edit.do === 'mend') return { ...tree, broken: false };
  if (edit.do === 'name') return { ...tree, approvers: edit.approvers };
  const { [edit.who]: own, ...others } = tree.policies;
  if (edit.do === 'delete') return { ...tree, policies: others };
  if (edit.do === 'rename') {
    if (own === undefined) return tree;
    return { ...tree, policies: { ...others, [edit.who]: { ...own, file: `moved-${own.file}` } } };
  }
  const { asks, enforcement } = edit;
  return { ...tree, policies: { ...others, [edit.who]: { file: own?.file ?? `${edit.who}.yaml`, asks, enforcement } } };
};

const faultsOf = (trouble: Trouble): FaultScript => {
  if (trouble.is === 'none') return [];
  if (trouble.is === 'unread')
    return [true, false].map((inner) => ({
      match: { api: 'graph', method: 'GET', path: '/appRoleAssignments', inner, times: 'always' },
      answer: { status: 403 },
    }));
  const { is, method, after } = trouble;
  const path = '/appRoleAssignedTo|oauth2PermissionGrants|roleAssignments/';
  const match = { method, path: `/${path.slice(1)}/`, after };
  if (is === 'lost') return [{ match, answer: { lost: true } }];
  if (is === 'cut') return [{ match, answer: { cut: true } }];
  if (is === 'throttled') return [{ match: { ...match, times: 2 }, answer: { status: 429, retryAfter: 30 } }];
  return [{ match, answer: { status: is === 'failing' ? 503 : 403 } }];
};

const openNext = (model: Model, rig: LifeRig, number: number): void => {
  const head = rig.startPull(number);
  model.pull = {
    ...{ number, head, commits: 0, tree: model.main, pushedAt: Date.now(), pushedBy: 'ada', base: 'main' },
    reviews: new Map(),
    shown: [],
  };
};

const editPull = (edit: Edit, by: string) => (model: Model, rig: LifeRig) => {
  const { pull } = model;
  pull.tree = edited(pull.tree, edit);
  pull.head = rig.commit(pull, pull.tree, by);
  pull.commits += 1;
  pull.pushedAt = Date.now();
  pull.pushedBy = by;
};

const checkPull = (trouble: Trouble) => async (model: Model, rig: LifeRig) => {
  const { pull, main } = model;
  const held = await rig.tenant.held('backup');
  rig.tenant.faults.add(faultsOf(trouble));
  const isTold = await rig.check(pull);
  rig.tenant.faults.clear();
  if (!isTold) throw new Error('no check run');
  const isSame = treeText(pull.tree) === treeText(main);
  const writes = isSame ? new Set<string>() : expectedWrites(pull.tree, held);
  pull.shown.push({
    head: pull.head,
    at: Math.floor(Date.now() / 1000) * 1000,
    writes,
    clouded: trouble.is === 'unread',
  });
};

const reviewed = (model: Model, isMerged: boolean): Pull | null => (isMerged ? (model.push?.pull ?? null) : model.pull);

const reviewPull = (who: string, state: ReviewedAt['state'], isMerged: boolean) => (model: Model, rig: LifeRig) => {
  const pull = reviewed(model, isMerged);
  const own = pull?.reviews.get(who);
  if (pull === null || (state === 'DISMISSED' && own === undefined)) return;
  const review =
    state === 'DISMISSED' && own !== undefined ? { ...own, state } : { state, commit: pull.head, at: Date.now() };
  pull.reviews.set(who, review);
  rig.review(pull.number, who, review);
};

const mergePull = (method: 'merge' | 'squash' | 'rebase') => (model: Model, rig: LifeRig) => {
  const { pull } = model;
  if (pull.commits === 0) return;
  model.push = rig.merge(pull, method);
  model.main = pull.tree;
  openNext(model, rig, pull.number + 1);
};

const whos = ['backup', 'glass', 'self'] as const;
const lookAtAll = async ({ tenant }: LifeRig): Promise<ReadonlyMap<Who, readonly Held[]>> =>
  new Map(await Promise.all(whos.map(async (who) => [who, await tenant.held(who)] as const)));

const apply = (trouble: Trouble, kills: readonly (Kill | null)[]) => async (model: Model, rig: LifeRig) => {
  const { push } = model;
  if (push === null) return;
  const before = await lookAtAll(rig);
  const startedAt = Date.now();
  const approved = approvedPlan(model, startedAt);
  const records = rig.github.deployments().length;
  rig.tenant.faults.add(faultsOf(trouble));
  const ran = await rig.apply(push, kills);
  rig.tenant.faults.clear();
  const after = await lookAtAll(rig);
  const { names } = rig.tenant;
  const written = readWrites(ran.writes, intentsOf(ran.journals), before, {
    names,
    lostHappens: trouble.is === 'lost',
  });
  model.revokes.push(...written.filter(({ what, isDone }) => isDone && what.startsWith('-')).map(({ at }) => at));
  const isPlain = trouble.is === 'none' && kills.length === 1 && kills[0] === null;
  keepPromises({
    ...{ model, ran, written, before, after, approved, startedAt, isPlain },
    isUnread: trouble.is === 'unread',
  });
  const planned = [...expectedWrites(model.main, before.get('backup') ?? [])].filter((what) => what.startsWith('-'));
  for (let more = records; more < rig.github.deployments().length; more += 1)
    model.begun.push({ at: startedAt, planned: planned.length });
  if (kills.some((kill) => kill?.by === 'death')) model.lockedUntil = Date.now() + 11 * 60_000 + second;
};

type Act = (model: Model, rig: LifeRig) => Promise<void> | void;

/** A command of several acts; time goes on between them. */
const command = (name: string, acts: readonly Act[], may: (model: Model) => boolean = () => true): Command => ({
  check: (model) => may(model),
  run: async (model, rig) => {
    for (const act of acts) {
      wait(second);
      await act(model, rig);
    }
  },
  toString: () => name,
});

const tell = (value: unknown): string => JSON.stringify(value);

export const edit = (what: Edit, by: string): Command => command(`edit ${tell(what)} by ${by}`, [editPull(what, by)]);
export const check = (trouble: Trouble): Command => command(`check ${tell(trouble)}`, [checkPull(trouble)]);
export const review = (who: string, state: ReviewedAt['state'], isMerged: boolean): Command =>
  command(`${state} by ${who}${isMerged ? ' after the merge' : ''}`, [reviewPull(who, state, isMerged)]);
export const merge = (method: 'merge' | 'squash' | 'rebase'): Command =>
  command(method, [mergePull(method)], ({ pull }) => pull.commits > 0);
export const retarget = (): Command =>
  command('retarget', [
    (model, rig) => {
      model.pull.base = model.pull.base === 'main' ? 'release' : 'main';
      rig.retarget(model.pull);
    },
  ]);
export const pushByHand = (what: Edit): Command =>
  command(`push by hand ${tell(what)}`, [
    (model, rig) => {
      const tree = edited(model.main, what);
      const treeBefore = model.main;
      const before = rig.pushByHand(tree);
      model.push = { before, after: rig.repository.git('rev-parse', 'main'), treeBefore, pull: null };
      model.main = tree;
      openNext(model, rig, model.pull.number + 1);
    },
  ]);
export const drift = (who: Who, atom: string): Command =>
  command(`drift ${who} ${atom}`, [(_, rig) => rig.tenant.drift(who, atom)]);
export const employ = (who: string, isIn: boolean): Command =>
  command(`${who} ${isIn ? 'comes' : 'goes'}`, [
    (model, rig) => {
      rig.github.setRole(who, isIn ? 'write' : null);
      if (isIn) model.writers.add(who);
      else model.writers.delete(who);
    },
  ]);
export const later = (days: number): Command => command(`${days} days later`, [() => wait(days * day)]);
export const run = (trouble: Trouble, kills: readonly (Kill | null)[]): Command =>
  command(`apply ${tell(trouble)} ${tell(kills)}`, [apply(trouble, kills)], ({ push }) => push !== null);
/** A change that goes its whole way, as most do. */
export const ship = (what: Edit, method: 'merge' | 'squash' | 'rebase', kill: Kill | null, trouble: Trouble): Command =>
  command(`ship ${tell(what)} by ${method}, ${tell(kill)} ${tell(trouble)}`, [
    editPull(what, 'ada'),
    checkPull({ is: 'none' }),
    reviewPull('grace', 'APPROVED', false),
    mergePull(method),
    apply(trouble, [kill]),
  ]);
/** The job is run again once a lock of the dead has run out. */
export const rerun = (): Command =>
  command('run again', [() => wait(12 * 60_000), apply({ is: 'none' }, [null])], ({ push }) => push !== null);

export const begin = (rig: LifeRig, first: Tree): Model => {
  const model: Model = {
    ...{ main: first, push: null, begun: [], revokes: [], lockedUntil: 0 },
    writers: new Set(['ada', 'grace', 'heidi', 'mallory']),
    pull: {
      number: 6,
      head: '',
      commits: 0,
      tree: first,
      pushedAt: 0,
      pushedBy: '',
      base: '',
      reviews: new Map(),
      shown: [],
    },
  };
  openNext(model, rig, 7);
  return model;
};
