import type { Diagnostic } from './diagnostic.ts';
import type { Fact } from './fact.ts';
import type { Desired } from './kind.ts';
import { didYouMean, type NamedApi, type Names, type PermissionPlane } from './names.ts';
import type { Policy, WrittenApiPermissions, WrittenPermission } from './policy.ts';
import { policyProblem } from './policy-problem.ts';
import type { DesiredFact } from './resolved-policy.ts';
import type { PermissionName } from './snapshot.ts';

export type MakeFact = (api: NamedApi, permission: PermissionName, written: WrittenPermission) => readonly Fact[];

const planeWords: Readonly<Record<PermissionPlane, string>> = {
  application: 'application permission',
  delegated: 'delegated permission',
};

/** The permissions that a policy asks for on one plane, resolved API by API; each unknown name is said on its line. */
export const desiredPermissions = (
  policy: Policy,
  plane: PermissionPlane,
  written: readonly WrittenApiPermissions[],
  names: Names,
  makeFact: MakeFact,
): Desired => {
  const facts: DesiredFact[] = [];
  const problems: Diagnostic[] = [];
  for (const group of written) {
    const api = names.api(group.api);
    if (api.state !== 'found') {
      const help = didYouMean(api) ?? 'write its app id; a display name is only known for the well-known APIs';
      const message = `no API is called \`${group.api}\``;
      problems.push(policyProblem(policy, group.place, { code: 'unknown-api', subject: group.api, message, help }));
      continue;
    }
    for (const permission of group.permissions) {
      const found = names.permission(api.value.appId, plane, permission.name);
      if (found.state === 'found') {
        const asked = makeFact(api.value, found.value, permission);
        facts.push(...asked.map((fact) => ({ fact, place: permission.place })));
        continue;
      }
      const message =
        found.state === 'unknown'
          ? `${api.value.displayName} offers no ${planeWords[plane]} \`${permission.name}\``
          : `\`${permission.name}\` could not be looked up: ${api.value.displayName} is not among the APIs known offline`;
      const code = found.state === 'unknown' ? 'unknown-permission' : 'unresolved-permission';
      const help = didYouMean(found);
      problems.push(policyProblem(policy, permission.place, { code, subject: permission.name, message, help }));
    }
  }
  return { facts, problems };
};
