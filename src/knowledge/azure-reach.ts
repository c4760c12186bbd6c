import type { ReachGrant } from '../core/effective.ts';
import type { Fact, FactOf } from '../core/fact.ts';
import type { FoundReach } from './found-reach.ts';
import { type AzureReach, azureReaches } from './reaches.ts';
import { actionsOf, bundleRoles, type RoleBundle } from './role-bundles.ts';
import { tellScopes } from './scope-tally.ts';

type VaultAccess = FactOf<'key-vault-access'>;

const isVaultAccess = (fact: Fact): fact is VaultAccess => fact.kind === 'key-vault-access';

const grantOf = ({ kind, vault }: VaultAccess): ReachGrant => ({
  kind,
  subject: 'access policy',
  api: null,
  scope: vault,
  through: [],
});

const gives = ({ permissions }: VaultAccess, { vault }: AzureReach): boolean =>
  Object.entries(vault).some(([type, wanted]) =>
    (permissions[type] ?? []).some((one) => wanted.includes(one.toLowerCase())),
  );

const quoted = (bundles: readonly RoleBundle[]): string =>
  [...new Set(bundles.map(({ subject }) => `\`${subject}\``))].join(', ');

/** What limits all of these roles. Conditions are not evaluated: unknown, and treated as no limit. */
const limitsOf = (held: readonly RoleBundle[]): readonly string[] => {
  if (held.length === 0) return [];
  return [
    ...(held.every(({ conditional }) => conditional)
      ? [`a condition, which is not evaluated here, may confine ${quoted(held)}`]
      : []),
    ...(held.every(({ eligible }) => eligible) ? [`${quoted(held)} has to be activated first`] : []),
  ];
};

/** Says where grants are held; the same grants give many reaches, and finding the widest of their scopes takes time. */
type Locate = (held: readonly RoleBundle[], given: readonly VaultAccess[]) => string;

const makeLocate = (): Locate => {
  const known = new Map<string, string>();
  return (held, given) => {
    const key = JSON.stringify([held.map(({ key: one }) => one), given.map(({ vault }) => vault)]);
    const where =
      known.get(key) ??
      tellScopes([
        ...held.flatMap(({ grants }) => grants.flatMap(({ scope }) => scope ?? [])),
        ...given.map(({ vault }) => vault),
      ]);
    known.set(key, where);
    return where;
  };
};

const reachOf = (
  reach: AzureReach,
  bundles: readonly RoleBundle[],
  policies: readonly VaultAccess[],
  locate: Locate,
): FoundReach => {
  const held = bundles.filter((bundle) => actionsOf(bundle, reach).length > 0);
  const given = policies.filter((policy) => gives(policy, reach));
  const ruling = given.filter(({ inEffect }) => inEffect);
  const idle = given.length - ruling.length;
  const byRoleAlone = ruling.length === 0 ? held : [];
  const isByControl =
    byRoleAlone.length > 0 &&
    byRoleAlone.every((bundle) => actionsOf(bundle, reach).every((action) => reach.control.includes(action)));
  return {
    id: reach.id,
    area: 'azure',
    what: reach.words,
    where: locate(held, ruling),
    weight: reach.weight,
    by: [...held.flatMap(({ grants }) => grants), ...ruling.map(grantOf)],
    open: bundles
      .filter(({ permissions }) => permissions === null)
      .map(({ subject }) => `what \`${subject}\` allows could not be read`),
    remarks: [
      ...(isByControl && reach.byControl !== null ? [reach.byControl] : []),
      ...limitsOf(byRoleAlone),
      ...(idle === 0
        ? []
        : [
            `${idle === 1 ? 'an access policy' : `${idle} access policies`} would give it too, but Azure roles rule there`,
          ]),
    ],
    rests: [
      'azure-role-assignment',
      'azure-role-eligibility',
      ...(Object.keys(reach.vault).length === 0 ? [] : (['key-vault-access'] as const)),
    ],
    confinable: false,
    onlyIfFound: false,
  };
};

/** What one identity reaches in Azure, gravest first, and whether or not it does. */
export const azureReach = (facts: readonly Fact[]): readonly FoundReach[] => {
  const bundles = bundleRoles(facts);
  const policies = facts.filter(isVaultAccess);
  const locate = makeLocate();
  return azureReaches.map((reach) => reachOf(reach, bundles, policies, locate));
};
