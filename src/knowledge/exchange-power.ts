import type { ExchangeRoleAssignmentFact } from '../core/access-fact.ts';
import { findExchangeRole } from './exchange-roles.ts';
import { organization } from './place-grant.ts';

type Role = Pick<ExchangeRoleAssignmentFact, 'role' | 'parent' | 'commands'>;

/**
 * Management roles that open mailboxes, with how (source: built-in management roles and the permissions that commands
 * take, learn.microsoft.com/powershell/exchange/find-exchange-cmdlet-permissions).
 */
const openingRoles: Readonly<Record<string, string>> = {
  applicationimpersonation: 'acts as the owner of a mailbox, through Exchange Web Services',
  'mailbox import export': 'exports and imports what a mailbox holds',
  'mailbox search': 'searches mailboxes and copies what it finds',
  mailboxsearch: 'searches mailboxes and copies what it finds',
  mailboxsearchapplication: 'searches mailboxes and copies what it finds',
  'mail recipients': 'gives itself or anybody full access to a mailbox',
};

const openingCommands: Readonly<Record<string, string>> = {
  'add-mailboxpermission': 'gives itself or anybody full access to a mailbox',
  'add-mailboxfolderpermission': 'opens folders of a mailbox to itself or anybody',
  'new-mailboxexportrequest': 'exports what a mailbox holds',
  'search-mailbox': 'searches mailboxes and copies what it finds',
  'new-mailboxsearch': 'searches mailboxes and copies what it finds',
};

const givingRoles: Readonly<Record<string, string>> = {
  'role management': 'it manages role groups, roles and who holds them',
  'unscoped role management': 'it makes roles that no scope confines',
};

const givingCommands: Readonly<Record<string, string>> = {
  'new-managementroleassignment': 'it gives any role to anybody',
  'set-managementroleassignment': 'it widens the scope of any role',
  'add-rolegroupmember': 'it adds anybody to a role group',
  'update-rolegroupmember': 'it sets who is in a role group',
  'new-rolegroup': 'it makes role groups with roles and members',
};

/** Why a role can do a thing: in words, and the role or command that shows it. */
export interface ExchangePower {
  readonly why: string;
  readonly by: string;
}

const powerIn = (
  { role, parent, commands }: Role,
  roles: Readonly<Record<string, string>>,
  withCommands: Readonly<Record<string, string>>,
): ExchangePower | null => {
  const own = roles[role.toLowerCase()];
  if (own !== undefined) return { why: own, by: role };
  // A role made from another one may have lost the command in question: where its commands are told, they decide.
  for (const command of commands ?? []) {
    const why = withCommands[command.toLowerCase()];
    if (why !== undefined) return { why, by: command };
  }
  const inherited = commands === null && parent !== null ? roles[parent.toLowerCase()] : undefined;
  return inherited === undefined || parent === null ? null : { why: inherited, by: parent };
};

/** How a management role opens the mailboxes of its scope, verb first; `null` where it doesn't, or nobody told. */
export const openingPower = (role: Role): ExchangePower | null => powerIn(role, openingRoles, openingCommands);

/** How a management role gives roles of Exchange, itself or others: `it …`; `null` where it doesn't, or nobody told. */
export const givingPower = (role: Role): ExchangePower | null => powerIn(role, givingRoles, givingCommands);

/** Does the application role give everything in a mailbox, by Exchange Web Services? */
export const isWholeMailbox = (role: string): boolean =>
  findExchangeRole(role)?.permissions.some(({ value }) => value === 'full_access_as_app') === true;

/** Does an assignment hold for every mailbox? */
export const isEverywhere = ({ scope }: Pick<ExchangeRoleAssignmentFact, 'scope'>): boolean =>
  scope.toLowerCase() === organization;
