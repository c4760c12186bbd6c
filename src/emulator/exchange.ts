import { Collection } from './collection.ts';
import { type Json, textOf } from './json.ts';
import { guidFrom } from './make-id.ts';
import type { GraphState } from './tenant-state.ts';

/** Role based access control of Exchange Online for applications (Graph beta). */
export interface Exchange {
  readonly roleDefinitions: Collection;
  readonly roleAssignments: Collection;
  readonly customAppScopes: Collection;
}

/** Application roles of Exchange Online (source: Microsoft's page on role based access control for applications). */
const APPLICATION_ROLES = [
  'Mail.Read',
  'Mail.ReadBasic',
  'Mail.ReadWrite',
  'Mail.Send',
  'MailboxSettings.Read',
  'MailboxSettings.ReadWrite',
  'Calendars.Read',
  'Calendars.ReadWrite',
  'Contacts.Read',
  'Contacts.ReadWrite',
  'MailboxFolder.Read',
  'MailboxFolder.ReadWrite',
  'MailboxItem.Read',
  'MailboxItem.ReadWrite',
  'MailboxItem.Export',
  'MailboxItem.ImportExport',
  'Mail Full Access',
  'Exchange Full Access',
  'EWS.AccessAsApp',
  'SMTP.SendAsApp',
].map((name) => `Application ${name}`);

const definition = (displayName: string): Json => ({
  id: guidFrom(`exchange/role/${displayName}`),
  description: displayName,
  displayName,
  isBuiltIn: true,
  isEnabled: true,
  templateId: null,
  version: '0.12 (14.0.451.0)',
  rolePermissions: [],
});

/** Exchange as a state file gives it; roles that it names and Microsoft doesn't are taken for custom ones. */
export const addExchange = (state: GraphState['exchange']): Exchange => {
  const roleDefinitions = new Collection(['displayName'], APPLICATION_ROLES.map(definition));
  const roleAssignments = new Collection(['principalId', 'roleDefinitionId']);
  for (const [index, row] of (state?.roleAssignments ?? []).entries()) {
    const name = textOf(row, 'roleName');
    const known = roleDefinitions.find('displayName', name)[0] ?? { ...definition(name), isBuiltIn: false };
    if (name !== '') roleDefinitions.put(known);
    const roleDefinitionId = textOf(row, 'roleDefinitionId') || textOf(known, 'id');
    const scoped = textOf(row, 'appScopeId') !== '';
    roleAssignments.put({
      id: textOf(row, 'id') || guidFrom(`exchange/assignment/${index}/${JSON.stringify(row)}`),
      principalId: textOf(row, 'principalId'),
      roleDefinitionId,
      directoryScopeId: scoped ? null : textOf(row, 'directoryScopeId') || '/',
      appScopeId: scoped ? textOf(row, 'appScopeId') : null,
    });
  }
  return { roleDefinitions, roleAssignments, customAppScopes: new Collection([], state?.customAppScopes ?? []) };
};
