import { workloadRetirement } from '../knowledge/calendar.ts';
import type { LeastGrant, OperationNeeds, Workload } from '../knowledge/workloads.ts';
import { phasesOf } from './explain-retirement.ts';
import type { Explanation } from './explanation.ts';

/** A grant in a few words: what, and where. */
const grantWords = (grant: LeastGrant): string => {
  if (grant.plane === 'application') return grant.permission;
  if (grant.plane === 'exchange') return grant.exchangeRole;
  if (grant.plane === 'site') return `site role ${grant.siteRole}`;
  if (grant.plane === 'azure')
    return `${grant.roleName} on ${grant.at}${grant.holder === 'identity' ? '' : ` (for the ${grant.holder})`}`;
  return `${grant.actions.join(', ')} on ${grant.at}`;
};

const needsWords = (operation: string, { grants, alternatives, confidence }: OperationNeeds): string[] => {
  const least = grants.length === 0 ? 'nothing' : grants.map(grantWords).join('; ');
  const doubt = confidence === 'high' ? '' : ` (${confidence} confidence)`;
  const others = alternatives.map(({ title, grants: other }) => `  or, ${title}: ${other.map(grantWords).join('; ')}`);
  return [`${operation}: ${least}${doubt}`, ...others];
};

export const explainWorkload = (workload: Workload): Explanation => {
  const retirement = workloadRetirement(workload.id);
  return {
    title: `${workload.id}, a workload: ${workload.title}`,
    lines: [
      ...Object.entries(workload.operations as Readonly<Record<string, OperationNeeds>>).flatMap(([operation, needs]) =>
        needsWords(operation, needs),
      ),
      workload.scopedBy === null ? 'cannot be confined to a part of the tenant' : `confined by ${workload.scopedBy}`,
      ...(retirement === null ? [] : phasesOf(retirement)),
      ...(workload.notes === null ? [] : [workload.notes]),
      `source: ${workload.source}, ${workload.date}`,
    ],
  };
};
