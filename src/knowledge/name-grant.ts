import type { Fact } from '../core/fact.ts';
import { findApi } from './apis.ts';
import { isEverywhere } from './exchange-power.ts';

type Grant = Extract<Fact, { kind: 'app-role-assignment' | 'azure-role-assignment' | 'exchange-role-assignment' }>;

/** A grant as messages speak of it, with its API or scope. */
export const nameGrant = (fact: Grant): string => {
  if (fact.kind === 'azure-role-assignment') return `\`${fact.subject}\` on \`${fact.scope}\``;
  if (fact.kind === 'app-role-assignment')
    return `application permission \`${fact.subject}\` on ${findApi(fact.api)?.name ?? fact.api}`;
  const where = isEverywhere(fact) ? 'on the whole organization' : `on \`${fact.scope}\``;
  const by = fact.roleGroup === null ? '' : `, by role group \`${fact.roleGroup}\``;
  return `the Exchange role \`${fact.role}\` ${where}${by}`;
};
