import type { Config } from './config.ts';
import type { Diagnostic, Place } from './diagnostic.ts';
import { listed, shown } from './fault.ts';
import type { Policy, WrittenAccess } from './policy.ts';
import { canonicalScope } from './scope.ts';
import { suggest } from './suggest.ts';

type Plane = keyof WrittenAccess;

const say = (
  policy: Policy,
  place: Place,
  words: Pick<Diagnostic, 'code' | 'message' | 'help' | 'subject'>,
): Diagnostic => ({ ...words, place, source: policy.lines[place.line - 1] ?? '', policy: policy.name });

const at = (place: Place): string => shown(`${place.file}:${place.line}`);

const sharedNames = (policies: readonly Policy[]): Diagnostic[] => {
  const first = new Map<string, Policy>();
  return policies.flatMap((policy): Diagnostic[] => {
    // Names that differ in case only would be one file on many disks and one row in a reader's mind.
    const other = first.get(policy.name.toLowerCase());
    if (other === undefined) {
      first.set(policy.name.toLowerCase(), policy);
      return [];
    }
    return [
      say(policy, policy.place, {
        code: 'duplicate-policy',
        message: `the name ${shown(policy.name)} is taken by the policy at ${at(other.place)}`,
        help: 'give one of the two another name: exceptions, plans and reports go by it',
        subject: policy.name,
      }),
    ];
  });
};

const unknownTenants = (policies: readonly Policy[], config: Config | null): Diagnostic[] => {
  const known = config?.tenants.map((tenant) => tenant.name) ?? [];
  return policies.flatMap((policy): Diagnostic[] => {
    const { tenant } = policy;
    if (tenant === null || known.includes(tenant.value)) return [];
    const near = suggest(tenant.value, known);
    const all =
      known.length === 0 ? 'no configuration lists a tenant: add it there' : `known are ${listed(known, 'and')}`;
    return [
      say(policy, tenant.place, {
        code: 'unknown-tenant',
        message: `unknown tenant ${shown(tenant.value)}`,
        help:
          near === null ? `${all}, or leave \`tenant\` out where there is one only` : `did you mean ${shown(near)}?`,
        subject: tenant.value,
      }),
    ];
  });
};

const planes: readonly Plane[] = [
  'applicationPermissions',
  'delegatedPermissions',
  'directoryRoles',
  'azureRoles',
  'exchangeRoles',
  'siteGrants',
  'keyVaultAccess',
  'groups',
];

/** What is computed for a workload lies on these planes; group membership is never computed. */
const computed: readonly Plane[] = planes.filter((plane) => plane !== 'groups');

const withoutPlaces = (value: unknown): string =>
  JSON.stringify(value, (key, part: unknown) => (key === 'place' ? undefined : part));

/** What a policy asks for on a plane, to be compared; `null` where it doesn't manage the plane. */
const askedOn = (policy: Policy, plane: Plane): string | null => {
  if (policy.state === 'retired') return 'retired';
  if (policy.access === 'minimal') return computed.includes(plane) ? withoutPlaces(policy.protects) : null;
  const asked = policy.access?.[plane] ?? null;
  return asked === null ? null : withoutPlaces(asked);
};

// `report` never writes, so it can't fight; two `additive` policies both only grant.
const canFight = (a: Policy, b: Policy): boolean =>
  a.enforcement !== 'report' &&
  b.enforcement !== 'report' &&
  (a.enforcement === 'authoritative' || b.enforcement === 'authoritative') &&
  (a.tenant?.value ?? null) === (b.tenant?.value ?? null);

const conflicts = (policies: readonly Policy[]): Diagnostic[] => {
  const holders = new Map<string, Policy[]>();
  return policies.flatMap((policy) =>
    policy.identities.flatMap((identity): Diagnostic[] => {
      const key = identity.id.startsWith('/') ? canonicalScope(identity.id) : identity.id;
      const earlier = holders.get(key) ?? [];
      holders.set(key, [...earlier, policy]);
      return earlier
        .filter((other) => other !== policy && canFight(other, policy))
        .flatMap((other): Diagnostic[] => {
          const contested = planes.filter((plane) => {
            const [here, there] = [askedOn(policy, plane), askedOn(other, plane)];
            return here !== null && there !== null && here !== there;
          });
          if (contested.length === 0) return [];
          return [
            say(policy, identity.place, {
              code: 'contested-identity',
              message: `the policy ${shown(other.name)} at ${at(other.place)} also governs ${listed(contested, 'and')} of ${shown(identity.id)}`,
              help: 'one of the two would revoke what the other asks for: join them, or let only one list the plane',
              subject: identity.id,
            }),
          ];
        });
    }),
  );
};

/**
 * What is wrong between policies that are each right by themselves: names used twice, tenants that no configuration
 * has, and one identity whose plane two policies govern differently, one of them with the power to revoke.
 */
export const checkPolicies = (policies: readonly Policy[], config: Config | null): readonly Diagnostic[] => [
  ...sharedNames(policies),
  ...unknownTenants(policies, config),
  ...conflicts(policies),
];
