import type { Change, Drift } from './change.ts';
import { changedFact } from './change.ts';
import type { Fact } from './fact.ts';
import type { Enforcement } from './policy.ts';

/** One write of a plan, with what it is for. */
export interface Step {
  /** From what it does: kind, action and key. Stable over runs. */
  readonly id: string;
  readonly change: Change;
  readonly policy: string;
}

/** Which changes a policy lets the program make: none, only grants, or revokes too. */
export const allows = (change: Change, enforcement: Enforcement): boolean => {
  if (enforcement === 'report') return false;
  return enforcement === 'authoritative' || change.action === 'create';
};

const byText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
const byId = (a: Step, b: Step): number => byText(a.id, b.id) || byText(a.policy, b.policy);

/** The steps of a merge: grants before revokes, then by id, so that the order says nothing of how it was found. */
export const planSteps = (planned: readonly Drift[]): Step[] => {
  const rank = { create: 0, update: 1, delete: 2 };
  return planned
    .map(({ change, policy }) => ({
      id: `${changedFact(change).kind}/${change.action}/${changedFact(change).key}`,
      change,
      policy,
    }))
    .sort((a, b) => rank[a.change.action] - rank[b.change.action] || byId(a, b));
};

/** What the digest covers: what would be done to which tenant, by which knowledge; no time, no text, no order. */
export const planContent = (tenant: string, knowledge: string, steps: readonly Step[]) => ({
  version: 1,
  tenant,
  knowledge,
  steps: [...steps].sort(byId).map(({ id, change, policy }) => ({
    id,
    policy,
    before: semantics(change.before),
    after: semantics(change.after),
  })),
});

/** The ids of a fact: what makes it this grant and no other. */
const semantics = (fact: Fact | null) => {
  if (fact === null) return null;
  const condition = fact.kind === 'azure-role-assignment' ? fact.condition : null;
  const permissions = fact.kind === 'key-vault-access' ? { permissions: fact.permissions } : {};
  return { kind: fact.kind, key: fact.key, condition, ...permissions };
};
