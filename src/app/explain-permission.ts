import type { PermissionType } from '../knowledge/apis.ts';
import { findApi } from '../knowledge/apis.ts';
import { retirementOf } from '../knowledge/calendar.ts';
import { selfEscalation } from '../knowledge/escalation.ts';
import { edges, nonEdges } from '../knowledge/lattice.ts';
import type { Permission } from '../knowledge/permissions.ts';
import { phasesOf } from './explain-retirement.ts';
import type { Explanation } from './explanation.ts';
import { grantsNeeding } from './grants-needing.ts';

const typeWords: Readonly<Record<PermissionType, string>> = {
  application: 'an application permission',
  delegated: 'a delegated permission',
};

const listed = (label: string, names: readonly string[]): string[] =>
  names.length === 0 ? [] : [`${label}: ${names.join(', ')}`];

export const explainPermission = (permission: Permission): Explanation => {
  const { api, type, value } = permission;
  const near = (list: typeof edges) => list.filter((edge) => edge.api === api && type === 'application');
  const retirement = retirementOf(permission);
  const escalates = selfEscalation(api, type, value);
  const users = type === 'application' ? grantsNeeding(api, value) : [];
  return {
    title: `${value}, ${typeWords[type]} of ${findApi(api)?.name ?? api}`,
    lines: [
      permission.allows,
      `sensitivity: ${permission.sensitivity}${escalates === null ? '' : `; ${escalates}`}`,
      ...listed(
        'implies',
        near(edges)
          .filter(({ broader }) => broader === value)
          .map(({ narrower }) => narrower),
      ),
      ...listed(
        'implied by',
        near(edges)
          .filter(({ narrower }) => narrower === value)
          .map(({ broader }) => broader),
      ),
      ...listed(
        'does not imply, though it looks so',
        near(nonEdges)
          .filter(({ broader }) => broader === value)
          .map(({ narrower }) => narrower),
      ),
      ...listed('the least for', users),
      ...(retirement === null ? [] : phasesOf(retirement)),
      `source: ${permission.source}, ${permission.date}; id ${permission.id}`,
    ],
  };
};
