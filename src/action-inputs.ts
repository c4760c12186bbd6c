import type { SignIn } from './adapters/sign-in.ts';
import type { ConfigTenant } from './core/config.ts';
import { type CheckOptions, parseCheckOptions, UsageError } from './options.ts';
import { publishInputs } from './publish-inputs.ts';

/** What `action.yml` offers beside the options of a check; a test holds the two to each other. */
export const actionInputs = [
  'mode',
  'client-id',
  'tenant-id',
  'report-dir',
  'fail-on-drift',
  ...publishInputs,
] as const;

export interface ActionRun {
  readonly mode: 'check' | 'scan';
  readonly options: CheckOptions;
  readonly reportDir: string;
  readonly clientId: string;
  readonly tenantId: string;
  /** Why no tenant is seen; `null` where one is. */
  readonly offline: string | null;
}

const modes = ['check', 'apply', 'scan', 'remediate'];

/** Reads the inputs of a step and its environment. Throws `UsageError`. */
export const parseAction = (input: (name: string) => string, environment: NodeJS.ProcessEnv, now: Date): ActionRun => {
  const event = environment['GITHUB_EVENT_NAME'] ?? '';
  if (event === 'pull_request_target')
    throw new UsageError(
      'pull_request_target hands the rights of the default branch to whoever opens a pull request: use pull_request',
    );
  const mode = input('mode') || 'check';
  if (!modes.includes(mode)) throw new UsageError(`mode takes ${modes.join(', ')}, not \`${mode}\``);
  if ((mode === 'apply' || mode === 'remediate') && event.startsWith('pull_request'))
    throw new UsageError(
      `mode \`${mode}\` never runs on \`${event}\`: whoever opens a pull request would write to the tenant; run it after the merge, on push`,
    );
  if (mode !== 'check' && mode !== 'scan')
    throw new UsageError(`mode \`${mode}\` is not in this version: it has check and scan`);
  const clientId = input('client-id');
  const tenantId = input('tenant-id').toLowerCase();
  const canSignIn = (environment['ACTIONS_ID_TOKEN_REQUEST_URL'] ?? '') !== '';
  const replays = input('snapshot') !== '';
  const lacking = [...(clientId === '' ? ['client-id'] : []), ...(tenantId === '' ? ['tenant-id'] : [])];
  const offline = replays ? null : whyOffline(lacking, canSignIn);
  if (mode === 'scan' && offline !== null)
    throw new UsageError(`mode \`scan\` looks through the tenant, but ${offline}`);
  const flags = { failOnDrift: parseSwitch('fail-on-drift', input('fail-on-drift')), live: offline === null };
  const options = parseCheckOptions((name) => input(name), now, flags);
  return { mode, options, reportDir: input('report-dir') || 'report', clientId, tenantId, offline };
};

const parseSwitch = (name: string, text: string): boolean => {
  if (text !== '' && text !== 'true' && text !== 'false')
    throw new UsageError(`${name} takes true or false, not \`${text}\``);
  return text === 'true';
};

const whyOffline = (lacking: readonly string[], canSignIn: boolean): string | null => {
  if (lacking.length > 0) return `${lacking.join(' and ')} ${lacking.length === 1 ? 'is' : 'are'} not given`;
  return canSignIn
    ? null
    : 'this run may not ask for an OIDC token: the job needs `permissions: id-token: write`, which pull requests from forks never get';
};

/** Federated sign-in as the read identity; the tenant that the workflow names must be the one that the configuration names. */
export const signInByOidc =
  (
    { clientId, tenantId }: ActionRun,
    assertion: (audience: string) => Promise<string>,
    audienceOf: (tenant: ConfigTenant | null) => Promise<string>,
  ) =>
  (tenant: ConfigTenant | null): SignIn => {
    if (tenant !== null && tenant.tenantId !== tenantId)
      throw new UsageError(
        `tenant-id is \`${tenantId}\`, but the configuration says that tenant ${tenant.name} is \`${tenant.tenantId}\``,
      );
    return {
      tenantId,
      clientId,
      by: { type: 'federated', assertion: async () => assertion(await audienceOf(tenant)) },
    };
  };
