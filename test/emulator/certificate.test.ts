import { generateKeyPairSync } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ClientCertificateCredential } from '@azure/identity';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { issueCertificate } from '../../src/emulator/certificates.ts';
import type { Emulator } from '../../src/emulator/start-emulator.ts';
import { start } from './connect.ts';
import { BACKUP, state, TENANT } from './tenant.ts';

const folder = mkdtempSync(join(tmpdir(), 'certificate-'));

/** A key with its certificate in a PEM file, as `AZURE_CLIENT_CERTIFICATE_PATH` names one. */
const makeFile = (name: string): { readonly path: string; readonly key: string } => {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const pem = issueCertificate({
    subject: name,
    issuer: name,
    publicKey,
    signingKey: privateKey,
    extensions: [],
    at: new Date(),
  });
  const path = join(folder, `${name}.pem`);
  writeFileSync(path, `${privateKey.export({ type: 'pkcs8', format: 'pem' })}${pem}`);
  return { path, key: pem.replaceAll(/-----[^-]+-----|\s/g, '') };
};

const registered = makeFile('registered');
const stranger = makeFile('stranger');

let tenant: Emulator;
beforeAll(async () => {
  const base = state();
  const keyCredentials = [
    { keyId: 'eeeeeeee-eeee-4eee-8eee-eeeeeeeeeeee', type: 'AsymmetricX509Cert', usage: 'Verify', key: registered.key },
  ];
  const applications = base.graph?.applications?.map((row) => ({ ...row, keyCredentials })) ?? [];
  tenant = await start({ tenant: { ...base, graph: { ...base.graph, applications } } });
});
afterAll(async () => {
  await tenant.close();
  rmSync(folder, { recursive: true });
});

const signIn = (path: string) =>
  new ClientCertificateCredential(TENANT, BACKUP, path, {
    authorityHost: tenant.cloud.authority,
    disableInstanceDiscovery: true,
    retryOptions: { maxRetries: 0 },
  }).getToken('https://graph.microsoft.com/.default');

describe('a certificate', () => {
  test('that is registered signs in', async () => {
    expect((await signIn(registered.path)).token.split('.')).toHaveLength(3);
  });

  test('that is not registered does not', async () => {
    await expect(signIn(stranger.path)).rejects.toThrow(/700027/);
  });
});
