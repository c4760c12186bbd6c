import type { SignIn } from '../adapters/sign-in.ts';
import type { ConfigTenant } from '../core/config.ts';
import { UsageError } from '../options.ts';

/** The usual variables of Azure's tools first, then whoever is signed in with `az login`. */
export const signInFromEnvironment =
  (environment: NodeJS.ProcessEnv) =>
  (tenant: ConfigTenant | null): SignIn => {
    // A workflow sets a variable to nothing where its secret is missing.
    const given = (name: string) => environment[name]?.trim() || null;
    const tenantId = given('AZURE_TENANT_ID') ?? tenant?.tenantId ?? '';
    const clientId = given('AZURE_CLIENT_ID') ?? tenant?.readClientId ?? '';
    const secret = given('AZURE_CLIENT_SECRET');
    const certificate = given('AZURE_CLIENT_CERTIFICATE_PATH');
    const tokenFile = given('AZURE_FEDERATED_TOKEN_FILE');
    const lacking = tenantId === '' ? 'AZURE_TENANT_ID' : clientId === '' ? 'AZURE_CLIENT_ID' : null;
    if (lacking !== null && (secret ?? certificate ?? tokenFile) !== null)
      throw new UsageError(`${lacking} is not set: a secret or certificate alone doesn't say who signs in`);
    const known = { tenantId: tenantId.toLowerCase(), clientId };
    if (secret !== null) return { ...known, by: { type: 'secret', secret } };
    if (certificate !== null) return { ...known, by: { type: 'certificate', path: certificate } };
    if (tokenFile !== null) return { ...known, by: { type: 'federated-file', path: tokenFile } };
    return { ...known, by: { type: 'azure-cli' } };
  };
