import { judgeStrangers, pickUnmanaged, scanCoverage, type Unmanaged } from './app/judge-strangers.ts';
import type { ScanRead } from './app/stranger.ts';
import type { ConfigTenant } from './core/config.ts';
import type { Product } from './core/product.ts';
import type { Report } from './core/report.ts';
import type { Snapshot } from './core/snapshot.ts';
import { type LoadedFiles, loadFiles } from './load-files.ts';
import { loadProducts } from './load-products.ts';
import { type CheckOptions, defaultPolicies, UsageError } from './options.ts';
import {
  chooseTenant,
  judgeSeen,
  type LiveTenant,
  openTenant,
  policiesOf,
  type RunContext,
  readOpen,
} from './run-check.ts';

/** A tenant that was looked through, beyond what policies name. */
export interface ScannedTenant {
  readonly files: LoadedFiles;
  readonly tenant: ConfigTenant | null;
  readonly live: LiveTenant;
  readonly snapshot: Snapshot;
  readonly products: readonly Product[];
  readonly unmanaged: readonly Unmanaged[];
  readonly reads: readonly ScanRead[];
}

/** Whoever has no policy yet scans to find out which to write; a folder that somebody named has to be there. */
const isForStart = (code: string, { policies }: CheckOptions): boolean =>
  code === 'no-policies' || (code === 'missing-folder' && policies === defaultPolicies);

/** Reads the policies' identities and whoever else may be backup software. Throws `UsageError`. */
export const scanTenant = async (options: CheckOptions, context: RunContext): Promise<ScannedTenant> => {
  if (options.snapshot !== null)
    throw new UsageError('a scan looks through the whole tenant, of which a --snapshot has only what policies name');
  context.progress('reading policies');
  const [loaded, { products }] = await Promise.all([loadFiles(options), loadProducts(options.policies)]);
  const files = { ...loaded, diagnostics: loaded.diagnostics.filter(({ code }) => !isForStart(code, options)) };
  const tenant = chooseTenant(files, options.tenant);
  const live = await openTenant(tenant, options, context);
  const policies = policiesOf(files, tenant);
  const snapshot = await readOpen(live, { files, tenant, policies }, options, context);
  const { findStrangers } = await import('./app/find-strangers.ts');
  const { strangers, reads } = await findStrangers({
    policies,
    snapshot,
    ports: live.connection.ports,
    subscriptions: tenant?.subscriptions ?? [],
    progress: context.progress,
  });
  return { files, tenant, live, snapshot, products, unmanaged: pickUnmanaged(strangers, products), reads };
};

/** A whole scan: the check, in which drift counts too, and what it found beside. */
export const runScan = async (options: CheckOptions, context: RunContext): Promise<Report> => {
  const { files, tenant, live, snapshot, unmanaged, reads } = await scanTenant(options, context);
  const { sha256 } = await import('./adapters/hash.ts');
  const beside = {
    findings: judgeStrangers(unmanaged, options.policies, sha256),
    coverage: scanCoverage(reads),
  };
  const requests = { ...live.connection.requests };
  return judgeSeen({ files, tenant, snapshot, requests, beside }, { ...options, failOnDrift: true }, context);
};
