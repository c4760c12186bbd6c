import 'reflect-metadata';
import { webcrypto } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ClientCertificateCredential } from '@azure/identity';
import { PemConverter, X509CertificateGenerator } from '@peculiar/x509';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Emulator } from '../../src/emulator/start-emulator.ts';
import { start } from './connect.ts';
import { BACKUP, state, TENANT } from './tenant.ts';

const folder = mkdtempSync(join(tmpdir(), 'certificate-'));

const algorithm = {
  name: 'RSASSA-PKCS1-v1_5',
  hash: 'SHA-256',
  modulusLength: 2048,
  publicExponent: new Uint8Array([1, 0, 1]),
};

/** A key with its certificate in a PEM file, as `AZURE_CLIENT_CERTIFICATE_PATH` names one. */
const makeFile = async (name: string): Promise<{ readonly path: string; readonly key: string }> => {
  const keys = (await webcrypto.subtle.generateKey(algorithm, true, ['sign', 'verify'])) as webcrypto.CryptoKeyPair;
  const certificate = await X509CertificateGenerator.createSelfSigned({
    name: `CN=${name}`,
    keys,
    signingAlgorithm: algorithm,
  });
  const pem = certificate.toString('pem');
  const path = join(folder, `${name}.pem`);
  const key = PemConverter.encode(await webcrypto.subtle.exportKey('pkcs8', keys.privateKey), 'PRIVATE KEY');
  writeFileSync(path, `${key}\n${pem}\n`);
  return { path, key: pem.replaceAll(/-----[^-]+-----|\s/g, '') };
};

const registered = await makeFile('registered');
const stranger = await makeFile('stranger');

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
