import type { SignIn } from '../adapters/sign-in.ts';
import type { ConfigTenant } from '../core/config.ts';

/** The usual variables of Azure's tools first, then whoever is signed in with `az login`. */
export const signInFromEnvironment =
  (environment: NodeJS.ProcessEnv) =>
  (tenant: ConfigTenant | null): SignIn => {
    const tenantId = environment['AZURE_TENANT_ID'] ?? tenant?.tenantId ?? '';
    const clientId = environment['AZURE_CLIENT_ID'] ?? tenant?.readClientId ?? '';
    const secret = environment['AZURE_CLIENT_SECRET'];
    const certificate = environment['AZURE_CLIENT_CERTIFICATE_PATH'];
    const tokenFile = environment['AZURE_FEDERATED_TOKEN_FILE'];
    const known = { tenantId: tenantId.toLowerCase(), clientId };
    if (secret !== undefined) return { ...known, by: { type: 'secret', secret } };
    if (certificate !== undefined) return { ...known, by: { type: 'certificate', path: certificate } };
    if (tokenFile !== undefined) return { ...known, by: { type: 'federated-file', path: tokenFile } };
    return { ...known, by: { type: 'azure-cli' } };
  };
