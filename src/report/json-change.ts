import type { Change } from '../core/change.ts';
import { changedFact } from '../core/change.ts';
import type { Withheld } from '../core/plan.ts';
import type { WriteRequest } from '../core/write.ts';
import { apiOf, scopeOf } from './name-things.ts';
import { projectFact } from './project-fact.ts';

/** A change of one policy. */
export const changeFields = (change: Change, policy: string) => {
  const fact = changedFact(change);
  return {
    action: change.action,
    cause: change.cause,
    kind: fact.kind,
    identity: fact.identity,
    subject: fact.subject,
    api: apiOf(fact),
    scope: scopeOf(fact),
    policy,
    before: change.before === null ? null : projectFact(change.before),
    after: change.after === null ? null : projectFact(change.after),
  };
};

/** A change that a plan leaves out. */
export const withheldFields = ({ code, why, wayForward, change, policy }: Withheld) => ({
  code,
  why,
  wayForward,
  ...changeFields(change, policy),
});

/** A request that changes a tenant. */
export const requestFields = ({ api, method, path, body }: WriteRequest) => ({ api, method, path, body });
