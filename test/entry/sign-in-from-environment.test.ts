import { describe, expect, it } from 'vitest';
import { signInFromEnvironment } from '../../src/commands/sign-in-from-environment.ts';
import { tenantId } from '../../src/core/ids.ts';
import { UsageError } from '../../src/options.ts';
import { line } from '../support/policies.ts';

const who = { AZURE_TENANT_ID: 'T1', AZURE_CLIENT_ID: 'c1' };
const known = { tenantId: 't1', clientId: 'c1' };
const tenant = {
  name: 'contoso',
  tenantId: tenantId('t9'),
  cloud: 'public',
  subscriptions: [],
  readClientId: 'c9',
  applyClientId: null,
  applyEnvironment: null,
  place: line(1),
};

describe('who signs in, by the environment', () => {
  const cases = [
    {
      name: 'a secret',
      environment: { ...who, AZURE_CLIENT_SECRET: 's' },
      is: { ...known, by: { type: 'secret', secret: 's' } },
    },
    {
      name: 'a certificate',
      environment: { ...who, AZURE_CLIENT_CERTIFICATE_PATH: 'c.pem' },
      is: { ...known, by: { type: 'certificate', path: 'c.pem' } },
    },
    {
      name: 'a token file',
      environment: { ...who, AZURE_FEDERATED_TOKEN_FILE: 't' },
      is: { ...known, by: { type: 'federated-file', path: 't' } },
    },
    { name: 'az login', environment: who, is: { ...known, by: { type: 'azure-cli' } } },
    { name: 'nothing at all', environment: {}, is: { tenantId: '', clientId: '', by: { type: 'azure-cli' } } },
    {
      name: 'a secret that a workflow left empty',
      environment: { ...who, AZURE_CLIENT_SECRET: '' },
      is: { ...known, by: { type: 'azure-cli' } },
    },
    {
      name: 'a certificate beside an empty secret',
      environment: { ...who, AZURE_CLIENT_SECRET: '', AZURE_CLIENT_CERTIFICATE_PATH: 'c.pem' },
      is: { ...known, by: { type: 'certificate', path: 'c.pem' } },
    },
  ];
  it.each(cases)('$name', ({ environment, is }) => expect(signInFromEnvironment(environment)(null)).toEqual(is));

  it('fills up from the configuration', () => {
    expect(signInFromEnvironment({ AZURE_CLIENT_SECRET: 's' })(tenant)).toEqual({
      tenantId: 't9',
      clientId: 'c9',
      by: { type: 'secret', secret: 's' },
    });
  });

  it.each([
    { environment: { AZURE_CLIENT_SECRET: 's', AZURE_CLIENT_ID: 'c' }, lacks: 'AZURE_TENANT_ID' },
    { environment: { AZURE_CLIENT_SECRET: 's', AZURE_TENANT_ID: 't' }, lacks: 'AZURE_CLIENT_ID' },
    {
      environment: { AZURE_CLIENT_CERTIFICATE_PATH: 'p', AZURE_TENANT_ID: 't', AZURE_CLIENT_ID: ' ' },
      lacks: 'AZURE_CLIENT_ID',
    },
  ])('says that $lacks lacks', ({ environment, lacks }) => {
    expect(() => signInFromEnvironment(environment)(null)).toThrow(
      new UsageError(`${lacks} is not set: a secret or certificate alone doesn't say who signs in`),
    );
  });
});
