import { sha256 } from './adapters/hash.ts';
import { brakePlan, governedGrants } from './app/brake-plan.ts';
import { comparePolicies, type SeenInput } from './app/compare-policies.ts';
import { planAgain } from './app/inverse-plan.ts';
import type { ApplyContext } from './apply-context.ts';
import type { Refusal } from './core/apply.ts';
import type { PlanToRun } from './core/authority.ts';
import type { ConfigTenant } from './core/config.ts';
import type { RequestCounts } from './core/ports.ts';
import type { Report } from './core/report.ts';
import type { Snapshot } from './core/snapshot.ts';
import { guardSettingsOf } from './guard/guard-world.ts';
import { kinds } from './kinds/index.ts';
import type { LoadedFiles } from './load-files.ts';
import type { CheckOptions } from './options.ts';
import { chooseTenant, judgeSeen, type LiveTenant, openTenant, policiesOf, readOpen } from './run-check.ts';

/** Policies, tenant and plan, by which the rest is decided. */
export interface Planned {
  readonly files: LoadedFiles;
  readonly tenant: ConfigTenant | null;
  readonly live: LiveTenant | null;
  readonly snapshot: Snapshot | null;
  readonly report: Report;
  /** Keys of the grants that the policies govern, as the tenant holds them: what the brake measures by. */
  readonly held: readonly string[];
}

/** What was never to be granted or touched before the change isn't by it either. */
const withBar = (files: LoadedFiles, { neverGrant, untouchable }: ApplyContext['bar']): LoadedFiles => {
  const { config } = files;
  const both = (a: readonly string[], b: readonly string[]): readonly string[] => [...new Set([...a, ...b])];
  return {
    ...files,
    config: {
      ...config,
      neverGrant: both(config.neverGrant, neverGrant),
      untouchable: {
        identities: both(config.untouchable.identities, untouchable.identities),
        users: both(config.untouchable.users, untouchable.users),
      },
    },
  };
};

type Seen = Pick<Planned, 'files' | 'tenant' | 'snapshot'>;

/** What policies and tenant are compared by. */
const inputOf = ({ files, tenant }: Seen, snapshot: Snapshot, now: Date): SeenInput => ({
  policies: policiesOf(files, tenant),
  snapshot,
  kinds,
  hash: sha256,
  guards: guardSettingsOf(files.config),
  now,
});

/** The plan of today: what policies ask for, or what a rollback still has to take back. */
const withPlan = (report: Report, { rollback }: ApplyContext, input: SeenInput | null): Report =>
  rollback === undefined || input === null
    ? report
    : { ...report, plan: { digest: rollback.digest, policies: [], ...planAgain(rollback, input) } };

/** Reads policies and tenant, and makes the plan of this moment. */
export const planNow = async (options: CheckOptions, context: ApplyContext): Promise<Planned> => {
  const files = withBar(context.files, context.bar);
  const tenant = chooseTenant(files, options.tenant);
  const policies = policiesOf(files, tenant);
  const isReadable = files.diagnostics.length === 0 && policies.length > 0;
  const live = isReadable ? await openTenant(tenant, options, context, { write: !context.isDryRun }) : null;
  const snapshot = live === null ? null : await readOpen(live, { files, tenant, policies }, options, context);
  const requests = live?.connection.requests ?? { graph: 0, resourceManager: 0, token: 0 };
  const report = await judgeSeen({ files, tenant, snapshot, requests: { ...requests } }, options, context);
  const seen = { files, tenant, live, snapshot };
  const input = snapshot === null ? null : inputOf(seen, snapshot, options.asOf);
  const held = input === null ? [] : governedGrants(comparePolicies(input).sides, kinds);
  return { ...seen, held, report: withPlan(report, context, input) };
};

const sum = (a: RequestCounts, b: RequestCounts): RequestCounts => ({
  graph: a.graph + b.graph,
  resourceManager: a.resourceManager + b.resourceManager,
  token: a.token + b.token,
});

/** The brake counts before the first write, and remembers what earlier runs took away. */
export const brakeNow = async (
  plan: PlanToRun,
  { held }: Planned,
  { authority, clock, bar }: ApplyContext,
): Promise<readonly Refusal[]> => {
  const memory = await authority.earlier(plan);
  return memory.ok ? brakePlan(plan, { held, limits: bar.brake, memory: memory.value, now: clock() }) : [memory.error];
};

/** Reads again, so that what is told is what stands. */
export const lookAgain = async (
  { files, tenant, live }: Planned & { readonly live: LiveTenant },
  options: CheckOptions,
  context: ApplyContext,
): Promise<{ readonly snapshot: Snapshot; readonly report: Report }> => {
  context.progress('reading the tenant again');
  const now = { ...options, asOf: context.clock() };
  // A connection remembers what it read: what stands now is read by another one.
  const { connection, is } = await openTenant(tenant, options, context);
  const snapshot = await readOpen(
    { connection, is },
    { files, tenant, policies: policiesOf(files, tenant) },
    now,
    context,
  );
  const requests = sum(live.connection.requests, connection.requests);
  return { snapshot, report: await judgeSeen({ files, tenant, snapshot, requests }, now, context) };
};
