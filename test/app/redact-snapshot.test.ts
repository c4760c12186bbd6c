import { describe, expect, it } from 'vitest';
import { redactSnapshot } from '../../src/app/redact-snapshot.ts';
import type { DelegatedGrantFact, Fact, ServicePrincipalFact } from '../../src/core/fact.ts';
import { appId, identityId, objectId } from '../../src/core/ids.ts';
import type { Snapshot } from '../../src/core/snapshot.ts';
import { appRole, azureRole, backupApp, group, secret, servicePrincipal } from '../support/facts.ts';

const person = objectId('99999999-9999-4999-8999-999999999991');
const owned: ServicePrincipalFact = {
  ...servicePrincipal(),
  displayName: 'HubStor of Contoso',
  owners: [{ id: person, type: 'user', on: 'application' }],
};
const consented: DelegatedGrantFact = {
  kind: 'delegated-grant',
  key: `delegated-grant/${backupApp}/x/${person.toUpperCase()}`,
  identity: identityId(backupApp),
  subject: 'User.Read',
  api: appId('00000003-0000-0000-c000-000000000000'),
  apiName: 'Microsoft Graph',
  consents: [{ grantId: 'g', type: 'Principal', principal: person }],
  purpose: null,
};
const facts: readonly Fact[] = [
  owned,
  consented,
  appRole('Mail.Read'),
  azureRole('Reader', group('rg')),
  secret(null, null),
];
const snapshot: Snapshot = {
  version: 2,
  tenant: { id: 't', cloud: 'public' },
  readAt: '2026-11-22T00:00:00Z',
  identities: [
    {
      id: identityId(backupApp),
      state: 'found',
      objectId: null,
      appId: appId(backupApp),
      displayName: 'HubStor of Contoso',
      goneObjectId: null,
      mistake: null,
    },
  ],
  facts,
  gaps: [
    {
      kind: 'credential',
      identity: identityId(backupApp),
      reason: 'forbidden',
      needs: 'x',
      request: 'GET /y',
      detail: `client ${person} may not`,
    },
  ],
  held: ['Application.Read.All'],
  asked: {},
  names: { apis: [], azureRoles: [], directoryRoles: [] },
};
const redacted = redactSnapshot(snapshot);
const text = JSON.stringify(redacted).toLowerCase();

describe('a snapshot for strangers', () => {
  it.each([person, 'HubStor of Contoso', 'may not'])('does not hold %s', (what) => {
    expect(JSON.stringify(snapshot).toLowerCase()).toContain(what.toLowerCase());
    expect(text).not.toContain(what.toLowerCase());
  });

  it('calls one thing by one stand-in throughout', () => {
    expect(redacted.identities[0]?.displayName).toBe(
      redacted.facts.flatMap((fact) => ('displayName' in fact ? [fact.displayName] : []))[0],
    );
  });

  it.each([backupApp, 'Mail.Read', 'Microsoft Graph', group('rg'), 'Application.Read.All', 'GET /y'])(
    'keeps %s, which checks go by',
    (what) => {
      expect(text).toContain(what.toLowerCase());
    },
  );

  it('is its own redaction', () => {
    expect(redactSnapshot(redacted)).toEqual(redacted);
  });
});
