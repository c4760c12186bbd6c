import { expect, it } from 'vitest';
import { identityOf, isManagedIdentity, isVaultIdentity, placeOfIdentity } from '../../src/core/identity-of.ts';
import { identityId } from '../../src/core/ids.ts';
import { backupApp, vault } from '../support/facts.ts';
import { appIdentity, line, managedIdentity, policy, vaultSystem, vaultUser } from '../support/policies.ts';

const { policy: all } = policy({
  identities: [appIdentity(), vaultSystem(vault()), vaultUser(vault(), '/id-1'), managedIdentity('/vm')],
});

it.each([
  [backupApp, 'app', false, false],
  [vault(), 'vault-system', true, true],
  [vault().toUpperCase(), 'vault-system', true, true],
  ['/ID-1', 'vault-user', true, true],
  ['/vm', 'managed-identity', false, true],
  ['/vm-2', undefined, false, false],
])('knows %s as %s', (id, type, ofVault, managed) => {
  expect(identityOf(all, identityId(id))?.type).toBe(type);
  expect(isVaultIdentity(all, identityId(id))).toBe(ofVault);
  expect(isManagedIdentity(all, identityId(id))).toBe(managed);
});

it('places an identity at its line, and one that the policy does not name at the policy', () => {
  expect(placeOfIdentity(all, identityId('/id-1'))).toEqual(line(9));
  expect(placeOfIdentity(all, identityId('/else'))).toEqual(line(1));
});
