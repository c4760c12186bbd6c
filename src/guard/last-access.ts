import { type Change, changedFact } from '../core/change.ts';
import type { Fact } from '../core/fact.ts';
import { sameText } from '../core/same-text.ts';
import { factsAfter } from './facts-after.ts';
import { type GuardedPolicy, type GuardWorld, isAbout, type Objection } from './guard-world.ts';
import { changeId, takingsIn } from './taking-order.ts';

/** May the identity do anything by it? */
const isAccess = (fact: Fact): boolean => {
  switch (fact.kind) {
    case 'app-role-assignment':
    case 'delegated-grant':
    case 'exchange-role-assignment':
    // Stryker disable next-line ConditionalExpression: nothing of these two is orphaned, as the next case would ask
    case 'site-grant':
      return true;
    case 'azure-role-assignment':
      return !fact.orphaned;
    case 'directory-role-assignment':
      return !fact.eligible;
    case 'key-vault-access':
      return fact.inEffect && Object.values(fact.permissions).some((list) => list.length > 0);
    // Stryker disable next-line ConditionalExpression: nothing is no more access than `false` is
    default:
      return false;
  }
};

/** A policy without `protects` is of an app that backs nothing up: it may have to hold nothing. */
const protectsBy = ({ policy }: GuardedPolicy, identity: string): boolean =>
  policy.state === 'active' && policy.protects.length > 0 && isAbout(policy, identity);

/** The last thing that an identity holds by which something is protected, by change: without any it backs nothing up. */
export const lastAccess = (changes: readonly Change[], world: GuardWorld): ReadonlyMap<string, Objection> => {
  const withheld = new Map<string, Objection>();
  // Stryker disable next-line MethodExpression: only a key in here, where one case is as good as the other
  const byIdentity = Map.groupBy(changes, (change) => changedFact(change).identity.toLowerCase());
  for (const [identity, own] of byIdentity) {
    const active = world.policies.find((one) => protectsBy(one, identity));
    const facts = world.facts.filter((fact) => sameText(fact.identity, identity));
    if (active === undefined || factsAfter(facts, own).some(isAccess)) continue;
    const last = takingsIn(own).findLast((taking) => isAccess(taking.before ?? changedFact(taking)));
    if (last === undefined) continue;
    withheld.set(changeId(last), {
      why: `it is the last access that the identity has, and ${active.policy.name} still protects something with it`,
      wayForward:
        'say `state: retired` in the policy, or take its `protects` out, where all access is to go; or ask for what is to stay',
    });
  }
  return withheld;
};
