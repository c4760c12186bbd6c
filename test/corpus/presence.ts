import type { Fact } from '../../src/core/fact.ts';
import { otherApp, servicePrincipal } from '../support/facts.ts';
import { namedApp, namedUser } from '../support/safety-facts.ts';
import type { Cases, CorpusCase } from './corpus-case.ts';
import { protect, type Wish } from './policy-text.ts';
import { keeper } from './run-case.ts';

const mail: Wish = { protects: [protect('exchange-mail')], graph: 'User.ReadBasic.All, Mail.Read' };
const admin = 'backupadmin@contoso.example';
const needs: Wish = { ...mail, mustExist: [`{ appId: "${otherApp}", purpose: reads sites }`] };
const needsUser: Wish = { ...mail, mustExist: [`{ userPrincipalName: ${admin} }`] };
const shuns: Wish = { ...mail, mustNotExist: [`{ appId: "${otherApp}" }`, `{ userPrincipalName: ${admin} }`] };

const retired: Wish = {
  state: 'retired',
  mustNotExist: [`{ appId: "${otherApp}" }`, `{ userPrincipalName: ${admin} }`],
};

const missing = 'required-app-missing';
const there = 'forbidden-app-present';
const deleted = 'forbidden-app-in-deleted-items';
const lock = 'unlocked-instance-properties';
const its = 'ca000000-0000-4000-8000-00000000000f';

const shows = (policy: Wish, also: readonly Fact[], ...expect: readonly string[]): CorpusCase => ({
  policy,
  also,
  expect,
});
const spares = (policy: Wish, also: readonly Fact[], ...tempts: readonly string[]): CorpusCase => ({
  policy,
  also,
  tempts,
  expect: [],
});
const principal = (more: Parameters<typeof servicePrincipal>[0]) => servicePrincipal({ owners: [keeper], ...more });
const many = 'multi-tenant-audience · signInAudience';

/** Who has to be there beside the identity, who has to be gone, and whether its service principals are locked. */
export const presenceCases: Cases = {
  'presence: the app that is needed is there': spares(needs, [], missing),
  'presence: the user who is needed is there': spares(needsUser, [namedUser(admin)], missing),
  'presence: the app that is needed, and nobody knows whether it is on': spares(
    needs,
    [namedApp(otherApp, { enabled: null })],
    missing,
  ),
  'presence: those to be gone are gone': spares(shuns, [], there, deleted),
  'presence: an app that another policy would have gone': spares(mail, [namedApp(otherApp)], there, missing),
  'presence: a user whom nobody would have gone': spares(
    mail,
    [namedUser(admin, { roles: ['Global Administrator'] })],
    there,
  ),
  'presence: a deleted app that nobody would have gone': spares(
    mail,
    [namedApp(otherApp, { state: 'deleted' })],
    deleted,
  ),
  'presence: of a retired policy': spares(retired, [namedUser(admin, { state: 'deleted' })], there, deleted),
  'presence: the user who is needed is there, though an administrator': spares(
    needsUser,
    [namedUser(admin, { roles: ['Global Administrator'], hasMailbox: true })],
    missing,
    there,
  ),
  'presence: the app that is needed is there beside an old one in the deleted items': spares(
    needs,
    [],
    missing,
    deleted,
  ),
  'presence: a needed app of a policy that is retired': spares(
    { state: 'retired', mustExist: [`{ appId: "${otherApp}" }`] },
    [],
    missing,
  ),
  'presence: the app that is needed is gone': {
    policy: needs,
    lacks: [otherApp],
    expect: [`${missing} · the other app`],
  },
  'presence: the app that is needed was deleted': {
    policy: needs,
    lacks: [otherApp],
    also: [namedApp(otherApp, { state: 'deleted' })],
    expect: [`${missing} · the other app`],
  },
  'presence: the app that is needed is switched off': shows(
    needs,
    [namedApp(otherApp, { enabled: false })],
    `${missing} · the other app`,
  ),
  'presence: the user who is needed is gone': { policy: needsUser, lacks: [admin], expect: [`${missing} · ${admin}`] },
  'presence: the old app is still there': shows(shuns, [namedApp(otherApp)], `${there} · the other app`),
  'presence: the old app is switched off': shows(
    shuns,
    [namedApp(otherApp, { enabled: false })],
    `${there} · the other app`,
  ),
  'presence: the old administrator is still there': shows(
    shuns,
    [namedUser(admin, { roles: ['Global Administrator'], licences: 1, hasMailbox: true })],
    `${there} · ${its}`,
  ),
  'presence: the old app can be restored': shows(
    shuns,
    [namedApp(otherApp, { state: 'deleted' })],
    `${deleted} · the other app`,
  ),
  'presence: the old administrator can be restored': shows(
    shuns,
    [namedUser(admin, { state: 'deleted' })],
    `${deleted} · ${its}`,
  ),
  'presence: both can be restored': shows(
    shuns,
    [namedApp(otherApp, { state: 'deleted' }), namedUser(admin, { state: 'deleted' })],
    `${deleted} · the other app`,
    `${deleted} · ${its}`,
  ),
  'lock: an app of one tenant, of which nothing is said': spares(mail, [principal({ propertyLock: null })], lock),
  'lock: an app of one tenant, locked': spares(mail, [principal({ propertyLock: 'all' })], lock),
  'lock: an app with its credentials locked': spares(mail, [principal({ propertyLock: 'some' })], lock),
  'lock: switched off': shows(mail, [principal({ propertyLock: 'none' })], `${lock} · propertyLock`),
  'lock: many tenants, nothing said': shows(
    mail,
    [principal({ propertyLock: null, audience: 'AzureADMultipleOrgs' })],
    `${lock} · propertyLock`,
    many,
  ),
  'lock: many tenants, switched off': shows(
    mail,
    [principal({ propertyLock: 'none', audience: 'AzureADMultipleOrgs' })],
    `${lock} · propertyLock`,
    many,
  ),
};
