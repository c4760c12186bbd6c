import type { SignIn } from './adapters/sign-in.ts';
import type { ConfigTenant } from './core/config.ts';
import { type CheckOptions, parseCheckOptions, UsageError } from './options.ts';
import { publishInputs } from './publish-inputs.ts';
import { unsafeEnvironment } from './unsafe-environment.ts';

/** What `action.yml` offers beside the options of a check; a test holds the two to each other. */
export const actionInputs = [
  'mode',
  'client-id',
  'tenant-id',
  'report-dir',
  'fail-on-drift',
  'dry-run',
  'plan-digest',
  ...publishInputs,
] as const;

export interface ActionRun {
  readonly mode: 'check' | 'scan' | 'apply' | 'remediate';
  readonly options: CheckOptions;
  readonly reportDir: string;
  readonly clientId: string;
  readonly tenantId: string;
  /** Only show what would be written. */
  readonly dryRun: boolean;
  /** Digest of the plan that a person looked at before it is remediated; empty: none was named. */
  readonly planDigest: string;
  /** Why no tenant is seen; `null` where one is. */
  readonly offline: string | null;
}

const modes = ['check', 'apply', 'scan', 'remediate'] as const;

/** Events on which a mode may write. */
const writesOn = { apply: ['push'], remediate: ['workflow_dispatch', 'schedule'] } as const;

/** Reads the inputs of a step and its environment. Throws `UsageError`. */
export const parseAction = (input: (name: string) => string, environment: NodeJS.ProcessEnv, now: Date): ActionRun => {
  const event = environment['GITHUB_EVENT_NAME'] ?? '';
  if (event === 'pull_request_target')
    throw new UsageError(
      'pull_request_target hands the rights of the default branch to whoever opens a pull request: use pull_request',
    );
  const named = input('mode') || 'check';
  const mode = modes.find((known) => known === named);
  if (mode === undefined) throw new UsageError(`mode takes ${modes.join(', ')}, not \`${named}\``);
  if ((mode === 'apply' || mode === 'remediate') && event.startsWith('pull_request'))
    throw new UsageError(
      `mode \`${mode}\` never runs on \`${event}\`: whoever opens a pull request would write to the tenant; run it after the merge, on push`,
    );
  const writes = mode === 'apply' || mode === 'remediate';
  if (writes && !writesOn[mode].some((one) => one === event))
    throw new UsageError(`mode \`${mode}\` runs on ${writesOn[mode].join(' and ')}, not on \`${event}\``);
  const unsafe = writes ? unsafeEnvironment(environment) : null;
  if (unsafe !== null) throw new UsageError(unsafe);
  const clientId = input('client-id');
  const tenantId = input('tenant-id').toLowerCase();
  const canSignIn = (environment['ACTIONS_ID_TOKEN_REQUEST_URL'] ?? '') !== '';
  const replays = input('snapshot') !== '';
  const lacking = [...(clientId === '' ? ['client-id'] : []), ...(tenantId === '' ? ['tenant-id'] : [])];
  const offline = replays ? null : whyOffline(lacking, canSignIn);
  if (mode === 'scan' && offline !== null)
    throw new UsageError(`mode \`scan\` looks through the tenant, but ${offline}`);
  if (writes && (replays || offline !== null))
    throw new UsageError(`mode \`${mode}\` writes to the tenant, but ${offline ?? 'a snapshot was given'}`);
  const dryRun = parseSwitch('dry-run', input('dry-run'));
  const planDigest = input('plan-digest');
  if (planDigest !== '' && !/^sha256:[0-9a-f]{64}$/.test(planDigest))
    throw new UsageError('plan-digest takes a digest as `sha256:` and 64 digits of 0-9 and a-f');
  if (mode === 'remediate' && !dryRun && planDigest === '')
    throw new UsageError(
      'mode `remediate` writes only a plan that somebody looked at: give its plan-digest, which a run with dry-run tells',
    );
  const flags = { failOnDrift: parseSwitch('fail-on-drift', input('fail-on-drift')), live: offline === null };
  const options = parseCheckOptions((name) => input(name), now, flags);
  return { mode, options, reportDir: input('report-dir') || 'report', dryRun, planDigest, clientId, tenantId, offline };
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

/** Federated sign-in as the identity that the workflow names; the tenant that the workflow names must be the one that the configuration names. */
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
