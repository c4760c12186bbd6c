import type { Change } from '../core/change.ts';
import { addDuration, parseDuration } from '../core/duration.ts';
import type { AppRoleAssignmentFact, AzureRoleAssignmentFact } from '../core/fact.ts';
import type { Policy } from '../core/policy.ts';
import { isRestoreRole } from '../knowledge/restore-role.ts';
import { serviceOf } from '../knowledge/service-of.ts';
import { type GuardWorld, isAbout, type Objection } from './guard-world.ts';

type Elevation = Policy['protects'][number]['elevations'][number];

/** When the elevation is over; `null`: nobody can tell. */
const endOf = (created: string | null, { maxDuration }: Elevation): Date | null => {
  const duration = parseDuration(maxDuration);
  const since = new Date(String(created));
  return duration === null || Number.isNaN(since.getTime()) ? null : addDuration(since, duration);
};

/** Does the grant serve what the elevation is for? */
const serves = (
  fact: AppRoleAssignmentFact | AzureRoleAssignmentFact,
  { operation }: Elevation,
  policy: Policy,
): boolean => {
  // Stryker disable next-line ConditionalExpression: no permission has the id of a role; the test is for the types
  const isRestoring = fact.kind === 'azure-role-assignment' && isRestoreRole(fact, policy);
  if (operation === 'restore' && isRestoring) return true;
  const service = serviceOf(fact, policy);
  return service !== null && 'uses' in service && service.uses.some((use) => use.operation.operation === operation);
};

/** Is somebody in the middle of a restore with it? Elevations are granted by hand: no policy asks for them. */
export const objectToEnding = ({ action, before }: Change, { policies, now }: GuardWorld): Objection | null => {
  if (action !== 'delete' || (before.kind !== 'app-role-assignment' && before.kind !== 'azure-role-assignment'))
    return null;
  for (const { policy } of policies) {
    if (policy.state === 'retired' || !isAbout(policy, before.identity)) continue;
    for (const elevation of policy.protects.flatMap(({ elevations }) => elevations)) {
      const end = endOf(before.created, elevation);
      if ((end !== null && end < now) || !serves(before, elevation, policy)) continue;
      const until = end === null ? 'nothing tells since when it stands' : `it may run until ${end.toISOString()}`;
      return {
        why: `it may be a running elevation for ${elevation.operation} (\`${elevation.maxDuration}\` in ${policy.name}): ${until}`,
        wayForward:
          end === null
            ? 'take it away by hand once nobody works with it any more'
            : 'wait until then, or take it away by hand once nobody works with it any more',
      };
    }
  }
  return null;
};
