import type { ReachGrant } from '../core/effective.ts';
import type { FactOf, KindId } from '../core/fact.ts';
import { exchangeOnline, findApi } from './apis.ts';
import { exchangeRoleReaches, isApplicationRole } from './exchange-reach.ts';
import type { TenantReach } from './reaches.ts';
import { tellList } from './tell-list.ts';
import { type Giving, type Held, has } from './tenant-grants.ts';

const permissionName = ({ subject, api }: ReachGrant): string =>
  `\`${subject}\`${api === null ? '' : ` on ${findApi(api)?.name ?? api}`}`;

/** How scopes that confine nothing are told, so that nobody trusts them. */
const voidScopes = (reach: TenantReach, wide: readonly Giving[], confined: readonly Giving[]): readonly string[] => {
  const [first] = wide;
  if (first === undefined) return [];
  const named = (kind: KindId): readonly string[] => [
    ...new Set(confined.flatMap(({ grant }) => (grant.kind === kind ? (grant.scope ?? []) : []))),
  ];
  const because = `${permissionName(first.grant)} ${reach.every}`;
  const say = (names: readonly string[], what: string): readonly string[] =>
    names.length === 0
      ? []
      : [
          `the ${what}${names.length === 1 ? '' : 's'} ${tellList(names)} ${names.length === 1 ? 'is' : 'are'} void: ${because}`,
        ];
  return [
    ...say(named('exchange-role-assignment'), 'Exchange scope'),
    ...say(named('site-grant'), 'site grant'),
    ...say(named('app-role-assignment'), 'application access policy'),
  ];
};

const manages = ({ api, subject }: FactOf<'app-role-assignment'>): boolean =>
  api === exchangeOnline && /^Exchange\.(ManageAsApp(V2)?|AdminAPI\.ManageAsApp)$/i.test(subject);

/** What confines a reach, what fails to, and what it takes besides. */
export const remarksOn = (
  reach: TenantReach,
  held: Held,
  wide: readonly Giving[],
  confined: readonly Giving[],
): readonly string[] => {
  const denied = held.restrictions.filter(({ right }) => right === 'DenyAccess').map(({ scope }) => scope);
  const isMail = wide.some(({ grant }) => grant.kind === 'app-role-assignment' && has(reach.confined, grant.subject));
  const toActivate = held.directoryRoles.filter(
    ({ eligible, subject }) => eligible && wide.every(({ grant }) => grant.subject === subject),
  );
  const managed = held.exchangeRoles.filter(
    (fact) => !isApplicationRole(fact) && exchangeRoleReaches(fact, reach) === 'yes',
  );
  const byCommandsOnly =
    managed.length > 0 &&
    [...wide, ...confined].every(({ grant }) => managed.some(({ subject }) => subject === grant.subject));
  return [
    ...voidScopes(reach, wide, confined),
    ...(isMail && denied.length > 0
      ? [`an application access policy keeps it from members of ${tellList(denied)}`]
      : []),
    ...(wide.length > 0 && toActivate.length > 0 ? [`\`${toActivate[0]?.subject}\` has to be activated first`] : []),
    ...(byCommandsOnly && !held.permissions.some(manages)
      ? [
          'an app needs `Exchange.ManageAsApp`, or Exchange Web Services for impersonation, to use it, and was seen to hold neither',
        ]
      : []),
  ];
};
