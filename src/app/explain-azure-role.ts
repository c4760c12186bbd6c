import type { RolePermissions } from '../core/fact.ts';
import type { AzureRole } from '../knowledge/azure-roles.ts';
import { escalatingAction, powerOf } from '../knowledge/escalation.ts';
import type { Explanation } from './explanation.ts';
import { rolesNeeding } from './grants-needing.ts';

/** Actions shown before the rest is only counted: an explanation fits one screen. */
const shown = 6;

const some = (label: string, actions: readonly string[]): string[] => {
  if (actions.length === 0) return [];
  const left = actions.length - shown;
  return [`${label}: ${actions.slice(0, shown).join(', ')}${left > 0 ? ` and ${left} more` : ''}`];
};

const gather = (role: AzureRole, field: keyof RolePermissions): string[] => [
  ...new Set(role.permissions.flatMap((block) => block[field])),
];

export const explainAzureRole = (role: AzureRole): Explanation => {
  const escalates = escalatingAction(role.permissions);
  const powers = powerOf(role.permissions).filter(({ severity }) => severity !== 'low');
  const users = rolesNeeding(role.id);
  return {
    title: `${role.name}, a built-in Azure role`,
    lines: [
      ...(escalates === null ? [] : [`${escalates.why} (${escalates.action})`]),
      ...powers.slice(0, shown).map(({ why, action }) => `${why} (${action})`),
      ...(powers.length > shown ? [`and ${powers.length - shown} more such powers`] : []),
      ...some('actions', gather(role, 'actions')),
      ...some('not', gather(role, 'notActions')),
      ...some('data actions', gather(role, 'dataActions')),
      ...some('not on data', gather(role, 'notDataActions')),
      users.length === 0 ? 'the least for no backup workload' : `the least for: ${users.join(', ')}`,
      `source: Azure built-in roles, Microsoft Learn; id ${role.id}`,
    ],
  };
};
