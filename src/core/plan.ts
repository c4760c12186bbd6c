import type { Change, Drift } from './change.ts';
import { changedFact } from './change.ts';
import type { Fact } from './fact.ts';
import type { Enforcement, Policy } from './policy.ts';
import type { WriteRequest } from './write.ts';
import type { WriteTarget } from './write-target.ts';

/** One write that a change takes, before it has its place in a plan. */
export interface PlannedWrite extends Drift {
  readonly target: WriteTarget;
  /** As it would be sent if nothing changes in the meantime; `null`: nothing would have to be. */
  readonly request: WriteRequest | null;
}

/** One write of a plan, with what it is for and what has to stand before it. */
export interface Step extends PlannedWrite {
  /** From what it does: kind, action and key, and whose consent where a change takes several writes. Stable over runs. */
  readonly id: string;
  /** Ids of steps that have to be seen to hold before this one: nobody loses access while its replacement isn't there. */
  readonly after: readonly string[];
}

/** A change that the plan leaves out, though its policy would have it made. */
export interface Withheld extends Drift {
  readonly code: WithheldCode;
  /** A sentence without full stop: what keeps it back. */
  readonly why: string;
  /** What a person can do. */
  readonly wayForward: string;
}

/** Why a change is left out of every plan. Closed: each has its page in docs/apply.md. */
export type WithheldCode =
  | 'never-grant'
  | 'untouchable'
  | 'recreated'
  | 'unread'
  | 'breaks-backup'
  | 'last-access'
  | 'running-elevation'
  | 'not-writable';

/** Which changes a policy lets the program make: none, only grants, or revokes too. */
export const allows = (change: Change, enforcement: Enforcement): boolean => {
  if (enforcement === 'report') return false;
  return enforcement === 'authoritative' || change.action === 'create';
};

/** Does it take access away, or may it? What is changed is counted on the safe side. */
export const mayRevoke = ({ change }: Pick<Step, 'change'>): boolean => change.action !== 'create';

/** Object id that a write gives to or takes from. */
export const principalOf = (target: WriteTarget): string =>
  target.kind === 'delegated-grant' ? target.client : target.principal;

const byText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
const byId = (a: Step, b: Step): number => byText(a.id, b.id) || byText(a.policy, b.policy);
const rank = { create: 0, update: 1, delete: 2 } as const;
const rankOf = ({ change }: Drift): number => rank[change.action];

const idOf = ({ change, target }: PlannedWrite): string => {
  const { kind, key } = changedFact(change);
  const whose = target.kind === 'delegated-grant' && target.grantId !== null ? `#${target.grantId}` : '';
  return `${kind}/${change.action}/${key}${whose}`;
};

/**
 * The steps of a merge: grants before changes before revokes, then by id, so that the order says nothing of how they were
 * found. What may take access away waits for all grants to the same principal.
 */
export const planSteps = (writes: readonly PlannedWrite[]): Step[] => {
  const named = writes.map((write) => ({ ...write, id: idOf(write), after: [] as readonly string[] }));
  return named
    .map((step) => {
      const before = named.filter(
        (one) => rankOf(one) < rankOf(step) && principalOf(one.target) === principalOf(step.target),
      );
      return { ...step, after: [...new Set(before.map(({ id }) => id))].sort(byText) };
    })
    .sort((a, b) => rankOf(a) - rankOf(b) || byId(a, b));
};

/** The ids of a fact: what makes it this grant and no other. */
const semantics = (fact: Fact | null) => {
  if (fact === null) return null;
  const condition = fact.kind === 'azure-role-assignment' ? fact.condition : null;
  const permissions = fact.kind === 'key-vault-access' ? { permissions: fact.permissions } : {};
  return { kind: fact.kind, key: fact.key, condition, ...permissions };
};

/** What a step is, whatever it is called and whenever it is made: what people accept, and what is run. */
export const stepContent = ({ id, change, policy, target }: Step) => ({
  id,
  policy,
  action: change.action,
  target,
  before: semantics(change.before),
  after: semantics(change.after),
});

/** What a policy asks for, by ids. */
export interface PolicyContent {
  readonly name: string;
  readonly enforcement: Enforcement;
  readonly state: Policy['state'];
  readonly identities: readonly string[];
  readonly asks: readonly ReturnType<typeof semantics>[];
}

export const policyContent = (policy: Policy, asks: readonly Fact[]): PolicyContent => ({
  name: policy.name,
  enforcement: policy.enforcement,
  state: policy.state,
  identities: policy.identities.map(({ id }) => id.toLowerCase()).sort(byText),
  asks: [...asks].sort((a, b) => byText(a.key, b.key)).map(semantics),
});

/** What a digest covers: what would be done to which tenant, for which policies, by which knowledge; no time, no text, no order. */
export interface PlanSource {
  /** Tenant id. */
  readonly tenant: string;
  readonly knowledge: string;
  readonly policies: readonly PolicyContent[];
}

export const planContent = ({ tenant, knowledge, policies }: PlanSource, steps: readonly Step[]) => ({
  version: 2,
  tenant,
  knowledge,
  policies: [...policies].sort((a, b) => byText(a.name, b.name)),
  steps: [...steps].sort(byId).map(stepContent),
});
