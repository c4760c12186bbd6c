import type { Connection } from './adapters/connect.ts';
import type { SignIn } from './adapters/sign-in.ts';
import { mergeSnapshots, needingMore } from './app/base-snapshot.ts';
import { type CheckInput, check } from './app/check.ts';
import { untouchedReport } from './app/untouched-report.ts';
import type { BaseFiles } from './core/base-files.ts';
import type { ConfigTenant } from './core/config.ts';
import type { Policy } from './core/policy.ts';
import type { RequestCounts } from './core/ports.ts';
import type { Report } from './core/report.ts';
import { err, type Result } from './core/result.ts';
import type { Rule } from './core/rule.ts';
import type { Snapshot } from './core/snapshot.ts';
import { guardSettingsOf } from './guard/guard-world.ts';
import { kinds } from './kinds/index.ts';
import { type LoadedBase, loadBase } from './load-base.ts';
import { type LoadedFiles, loadFiles } from './load-files.ts';
import { type CheckOptions, UsageError } from './options.ts';
import { rules } from './rules/index.ts';
import { version } from './version.ts';

/** What an entry hands in: who signs in, and where progress goes. */
export interface RunContext {
  /** Decides how to sign in to the tenant that was chosen; `null` where nothing is configured. */
  readonly signIn: (tenant: ConfigTenant | null) => SignIn | null;
  readonly progress: (what: string) => void;
  /** Milliseconds that the run may wait for throttling; the default is two minutes. */
  readonly patience?: number;
  /** Rules to judge by; all that there are where absent. */
  readonly rules?: readonly Rule[];
  /** What a pull request is compared with, or why it can't be; absent: nothing is compared. */
  readonly base?: Result<BaseFiles, string>;
}

const guid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const noRequests: RequestCounts = { graph: 0, resourceManager: 0, token: 0 };

/** The tenant of the configuration that the run is about; with several, one must be named. */
export const chooseTenant = ({ config }: LoadedFiles, named: string | null): ConfigTenant | null => {
  const names = config.tenants.map(({ name }) => name);
  if (named !== null) {
    const tenant = config.tenants.find(({ name }) => name === named);
    if (tenant === undefined)
      throw new UsageError(
        `--tenant \`${named}\` is not in the configuration${names.length === 0 ? '' : `: it has ${names.join(', ')}`}`,
      );
    return tenant;
  }
  if (names.length > 1)
    throw new UsageError(`the configuration has ${names.length} tenants, ${names.join(', ')}: say which with --tenant`);
  return config.tenants[0] ?? null;
};

/** Policies of the chosen tenant: those that name it, and those that name none. */
export const policiesOf = ({ policies }: Pick<LoadedFiles, 'policies'>, tenant: ConfigTenant | null) =>
  policies.filter((policy) => policy.tenant === null || policy.tenant.value === tenant?.name);

export interface SeenTenant {
  readonly snapshot: Snapshot | null;
  /** The same, with what policies of the base ask about beyond; absent: the same. */
  readonly baseSnapshot?: Snapshot;
  readonly requests: RequestCounts;
}

/** A tenant that somebody signed in to. */
export interface LiveTenant {
  readonly connection: Connection;
  readonly is: Snapshot['tenant'];
}

/** Signs in to the tenant. Throws `UsageError` where nobody can, or where sign-in leads to another one. */
export const openTenant = async (
  tenant: ConfigTenant | null,
  options: Pick<CheckOptions, 'cloud'>,
  context: RunContext,
  rights: { readonly write: boolean } = { write: false },
): Promise<LiveTenant> => {
  const signIn = context.signIn(tenant);
  if (signIn === null)
    throw new UsageError(
      'no sign-in is configured: set AZURE_TENANT_ID and AZURE_CLIENT_ID with AZURE_CLIENT_SECRET or AZURE_CLIENT_CERTIFICATE_PATH, run `az login`, or judge a --snapshot',
    );
  const [{ readCloud }, { connect }] = await Promise.all([
    import('./adapters/cloud.ts'),
    import('./adapters/connect.ts'),
  ]);
  const cloud = await readCloud(options.cloud ?? tenant?.cloud ?? 'public');
  const connection = await connect(signIn, cloud, context.patience, rights);
  const wanted = tenant?.tenantId ?? signIn.tenantId;
  // A tenant may be named by one of its domains, which says nothing until sign-in led there.
  if (connection.tenantId !== null && guid.test(wanted) && connection.tenantId !== wanted)
    throw new UsageError(`signed in to tenant ${connection.tenantId}, but ${wanted} is meant: nothing was read`);
  return { connection, is: { id: connection.tenantId ?? wanted, cloud: cloud.name } };
};

/** Reads what the identities of these policies hold in an open tenant. */
export const readOpen = async (
  { connection, is }: LiveTenant,
  {
    files,
    tenant,
    policies,
  }: { readonly files: LoadedFiles; readonly tenant: ConfigTenant | null; readonly policies: readonly Policy[] },
  options: Pick<CheckOptions, 'asOf'>,
  context: RunContext,
): Promise<Snapshot> => {
  const { readTenant } = await import('./app/read-tenant.ts');
  return readTenant({
    policies,
    kinds,
    ports: connection.ports,
    tenant: is,
    readAt: options.asOf.toISOString(),
    subscriptions: tenant?.subscriptions ?? [],
    evidence: files.evidence,
    evidenceMaxAge: files.config.evidenceMaxAge,
    now: options.asOf,
    progress: context.progress,
  });
};

/**
 * Reads the tenant live, and then what policies of the base ask about beyond: so that the head is judged, and its plan
 * made, as without a base.
 */
export const readLive = async (
  files: LoadedFiles,
  tenant: ConfigTenant | null,
  options: CheckOptions,
  context: RunContext,
  base: readonly Policy[] = [],
): Promise<SeenTenant> => {
  const live = await openTenant(tenant, options, context);
  const policies = policiesOf(files, tenant);
  const snapshot = await readOpen(live, { files, tenant, policies }, options, context);
  const more = needingMore(base, policies, kinds);
  const beyond = more.length === 0 ? null : await readOpen(live, { files, tenant, policies: more }, options, context);
  return {
    snapshot,
    ...(beyond === null ? {} : { baseSnapshot: mergeSnapshots(snapshot, beyond) }),
    requests: { ...live.connection.requests },
  };
};

const seeTenant = async (
  files: LoadedFiles,
  tenant: ConfigTenant | null,
  options: CheckOptions,
  context: RunContext,
  base: readonly Policy[],
): Promise<SeenTenant> => {
  if (options.snapshot !== null) {
    const { readSnapshot } = await import('./adapters/snapshot-file.ts');
    const snapshot = await readSnapshot(options.snapshot);
    if (tenant !== null && snapshot.tenant.id !== tenant.tenantId)
      throw new UsageError(
        `${options.snapshot} is of tenant ${snapshot.tenant.id}, but ${tenant.name} is ${tenant.tenantId}`,
      );
    return { snapshot, requests: noRequests };
  }
  if (!options.live || files.policies.length === 0) return { snapshot: null, requests: noRequests };
  return readLive(files, tenant, options, context, base);
};

/** What was seen of the chosen tenant, to be judged. */
interface Seen extends SeenTenant {
  readonly files: LoadedFiles;
  readonly tenant: ConfigTenant | null;
  readonly beside?: CheckInput['beside'];
  readonly base?: CheckInput['base'];
}

/** Judges what was seen by the policies of the tenant. */
export const judgeSeen = async (
  { files, tenant, snapshot, requests, beside, base }: Seen,
  options: CheckOptions,
  context: RunContext,
): Promise<Report> => {
  context.progress('judging');
  const { sha256 } = await import('./adapters/hash.ts');
  const sourceOf = (): Report['source'] => (options.snapshot !== null ? 'snapshot' : 'live');
  return check({
    policies: policiesOf(files, tenant),
    diagnostics: files.diagnostics,
    snapshot,
    source: snapshot === null ? 'offline' : sourceOf(),
    kinds,
    rules: context.rules ?? rules,
    now: options.asOf,
    settings: { restoreGrace: files.config.restoreGrace },
    guards: guardSettingsOf(files.config),
    failOn: options.failOn ?? files.config.failOn,
    failOnDrift: options.failOnDrift,
    requests,
    tenantName: tenant?.name ?? null,
    version,
    hash: sha256,
    ...(beside === undefined ? {} : { beside }),
    ...(base === undefined ? {} : { base }),
  });
};

/** What the pull request's base had in these files; `null` where there is no base. */
const baseOf = async (
  files: LoadedFiles,
  options: CheckOptions,
  { base, progress }: RunContext,
): Promise<Result<LoadedBase, string> | null> => {
  if (base === undefined) return null;
  if (!base.ok) return base;
  progress('reading the policies of the base');
  const loaded = await loadBase(base.value, files, options);
  const isBlind = loaded.ok && loaded.value.parsed === null && !files.governing.isWhole;
  return isBlind ? err('not every file of the head can be read') : loaded;
};

/** A whole check: files, tenant, judgement. Throws `UsageError`, and errors of ours. */
export const runCheck = async (options: CheckOptions, context: RunContext): Promise<Report> => {
  context.progress('reading policies');
  const files = await loadFiles(options);
  const base = await baseOf(files, options, context);
  const parsed = base?.ok ? base.value.parsed : null;
  if (base?.ok && parsed === null) {
    const { sha256: hash } = await import('./adapters/hash.ts');
    const failOn = options.failOn ?? files.config.failOn;
    return untouchedReport({ ...base.value, now: options.asOf, failOn, version, hash });
  }
  const tenant = chooseTenant(files, options.tenant);
  const policies = parsed === null ? [] : policiesOf(parsed, tenant);
  const seen = await seeTenant(files, tenant, options, context, policies);
  if (base === null) return judgeSeen({ files, tenant, ...seen }, options, context);
  if (!base.ok) return judgeSeen({ files, tenant, ...seen, base: base.error }, options, context);
  const settings = { restoreGrace: parsed?.config.restoreGrace ?? files.config.restoreGrace };
  const before = { ...base.value, policies, settings, snapshot: seen.baseSnapshot ?? seen.snapshot };
  return judgeSeen({ files, tenant, ...seen, base: before }, options, context);
};
