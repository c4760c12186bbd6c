import type { Diagnostic } from './diagnostic.ts';
import type { Fact } from './fact.ts';
import { roleId } from './ids.ts';
import type { Desired } from './kind.ts';
import { didYouMean, type Lookup, type NamedApi, type Names, type PermissionPlane } from './names.ts';
import type { Policy, WrittenApiPermissions, WrittenPermission } from './policy.ts';
import { policyProblem } from './policy-problem.ts';
import type { DesiredFact } from './resolved-policy.ts';
import type { PermissionName } from './snapshot.ts';

export type MakeFact = (api: NamedApi, permission: PermissionName, written: WrittenPermission) => readonly Fact[];

const planeWords: Readonly<Record<PermissionPlane, string>> = {
  application: 'application permission',
  delegated: 'delegated permission',
};

const helpFor = ({ retired }: NamedApi, found: Lookup<PermissionName>): string | null =>
  retired == null
    ? didYouMean(found)
    : `it never did, and the API is gone since ${retired}: ask Microsoft Graph instead`;

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
      if (found.state !== 'unknown') {
        const named = found.state === 'found' ? found.value : { id: roleId(permission.name), value: permission.name };
        const asked = makeFact(api.value, named, permission);
        facts.push(...asked.map((fact) => ({ fact, place: permission.place })));
        continue;
      }
      const message = `${api.value.displayName} offers no ${planeWords[plane]} \`${permission.name}\``;
      const said = { code: 'unknown-permission', subject: permission.name, message, help: helpFor(api.value, found) };
      problems.push(policyProblem(policy, permission.place, said));
    }
  }
  return { facts, problems };
};
