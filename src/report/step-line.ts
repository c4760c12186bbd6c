import { type Change, changedFact } from '../core/change.ts';
import type { Step } from '../core/plan.ts';
import { inertLine } from './inert.ts';
import { apiOf, scopeOf, where } from './name-things.ts';

const verbs: Readonly<Record<Change['action'], string>> = { create: 'grant', update: 'change', delete: 'revoke' };
const joins: Readonly<Record<Change['action'], string>> = { create: 'to', update: 'of', delete: 'of' };

/** Longest line about a step, in UTF-16 units. */
const limit = 2048;

/** A step on one line: `grant Mail.Read on Microsoft Graph to 6f1c… (policy mail)`. */
export const stepLine = ({ change, policy }: Pick<Step, 'change' | 'policy'>): string => {
  const fact = changedFact(change);
  const what = `${fact.subject}${where(apiOf(fact), scopeOf(fact))}`;
  return inertLine(
    `${verbs[change.action]} ${what} ${joins[change.action]} ${fact.identity} (policy ${policy})`,
    limit,
  );
};
