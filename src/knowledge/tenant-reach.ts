import type { Fact, FactOf, KindId } from '../core/fact.ts';
import { exchangeOnline } from './apis.ts';
import { exchangeRoleReaches } from './exchange-reach.ts';
import type { FoundReach } from './found-reach.ts';
import { type TenantReach, tenantReaches } from './reaches.ts';
import { tellList } from './tell-list.ts';
import { type Giving, givingOf, type Held, has, isSitesSelected } from './tenant-grants.ts';
import { remarksOn } from './tenant-remarks.ts';

const tellPart = (
  { some }: TenantReach,
  confined: readonly Giving[],
): { readonly what: string; readonly where: string } => {
  const places = [...new Set(confined.flatMap(({ within }) => within ?? []))].toSorted();
  return confined.some(({ grant }) => grant.kind === 'site-grant')
    ? { what: some, where: `${places.length} ${places.length === 1 ? 'site' : 'sites'}: ${tellList(places)}` }
    : { what: some, where: `within ${tellList(places)}` };
};

/** A part of which nobody knows how large it is. */
const unclearPart = ({ rights }: TenantReach, admitted: readonly unknown[]): string => {
  if (admitted.length > 0) return 'that admit it';
  return rights.length > 0 ? 'single sites' : 'in part';
};

/** Both answers on one reach: the whole tenant, and the parts of it that are reached where the whole is not. */
const reachesOf = (reach: TenantReach, held: Held): readonly FoundReach[] => {
  const all = givingOf(reach, held);
  const wide = all.filter(({ within }) => within === null);
  const confined = all.filter(({ within }) => within !== null);
  const unclear = held.exchangeRoles.filter((fact) => exchangeRoleReaches(fact, reach) === 'unknown');
  const openRoles = (scoped: boolean): readonly string[] =>
    unclear
      .filter(({ scope }) => has(['organization'], scope) !== scoped)
      .map(({ role }) => `what the Exchange role \`${role}\` allows is not known`);
  const admitted = held.permissions.filter(
    ({ subject, api }) => api === exchangeOnline && has(reach.admitted, subject),
  );
  const rests: readonly KindId[] = [
    'app-role-assignment',
    'directory-role-assignment',
    ...(reach.managementRoles.length > 0 ? (['exchange-role-assignment'] as const) : []),
  ];
  const whole: FoundReach = {
    id: reach.id,
    area: reach.area,
    what: reach.every,
    where: '',
    weight: reach.weight,
    by: wide.map(({ grant }) => grant),
    open: openRoles(false),
    remarks: wide.length > 0 ? remarksOn(reach, held, wide, confined) : [],
    rests,
    confinable: wide.every(({ grant }) => grant.kind === 'app-role-assignment' && has(reach.confined, grant.subject)),
    onlyIfFound: false,
  };
  if (wide.length > 0) return [whole];
  const part: FoundReach = {
    ...whole,
    id: `${reach.id}-in-part`,
    ...(confined.length > 0 ? tellPart(reach, confined) : { what: reach.some, where: unclearPart(reach, admitted) }),
    weight: 'plain',
    by: confined.map(({ grant }) => grant),
    open: [
      ...openRoles(true),
      ...admitted.map(
        ({ subject }) => `\`${subject}\` opens the mailboxes that admit the app, and which those are was not read`,
      ),
    ],
    remarks: confined.length > 0 ? remarksOn(reach, held, [], confined) : [],
    rests: reach.rights.length > 0 && held.permissions.some(isSitesSelected) ? ['site-grant'] : [],
    confinable: false,
    onlyIfFound: true,
  };
  return [whole, part];
};

const only = <K extends KindId>(facts: readonly Fact[], kind: K): readonly FactOf<K>[] =>
  facts.filter((fact): fact is FactOf<K> => fact.kind === kind);

/** What one identity reaches in Microsoft Entra and Microsoft 365, gravest first, and whether or not it does. */
export const tenantReach = (facts: readonly Fact[]): readonly FoundReach[] => {
  const held: Held = {
    permissions: only(facts, 'app-role-assignment'),
    directoryRoles: only(facts, 'directory-role-assignment'),
    exchangeRoles: only(facts, 'exchange-role-assignment'),
    sites: only(facts, 'site-grant'),
    restrictions: only(facts, 'application-access-policy'),
  };
  return tenantReaches.flatMap((reach) => reachesOf(reach, held));
};
