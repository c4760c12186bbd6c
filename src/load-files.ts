import { readConfigFile, readPolicyFiles } from './adapters/files.ts';
import { checkPolicies } from './core/check-policies.ts';
import type { Config } from './core/config.ts';
import type { Diagnostic } from './core/diagnostic.ts';
import { defaultConfig, parseConfig } from './core/parse-config.ts';
import { parsePolicy } from './core/parse-policy.ts';
import type { Policy } from './core/policy.ts';
import type { Product } from './core/product.ts';
import { loadProducts } from './load-products.ts';
import { type CheckOptions, UsageError } from './options.ts';
import { rules } from './rules/index.ts';

/** Everything that people wrote, and everything that is wrong with it. */
export interface LoadedFiles {
  readonly policies: readonly Policy[];
  readonly config: Config;
  /** Built-in and people's own. */
  readonly products: readonly Product[];
  readonly diagnostics: readonly Diagnostic[];
}

/** Looked for where no other is named. */
const defaultConfigFile = 'backup-access.yaml';

const loadConfig = async (named: string | null) => {
  const read = await readConfigFile(named ?? defaultConfigFile);
  if (read === null && named !== null) throw new UsageError(`--config \`${named}\` is not there`);
  if (read === null) return { config: null, diagnostics: [] };
  if (!('text' in read)) return { config: null, diagnostics: [read] };
  const parsed = parseConfig(read.path, read.text);
  return parsed.ok ? { config: parsed.value, diagnostics: [] } : { config: null, diagnostics: parsed.error };
};

/** Reads and parses policies and configuration; every mistake in every file at once. */
export const loadFiles = async (options: Pick<CheckOptions, 'policies' | 'config' | 'asOf'>): Promise<LoadedFiles> => {
  const [found, profiles, { config, diagnostics }] = await Promise.all([
    readPolicyFiles(options.policies),
    loadProducts(options.policies),
    loadConfig(options.config),
  ]);
  const productIds = profiles.products.map(({ id }) => id);
  const context = { asOf: options.asOf, ruleIds: rules.map(({ id }) => id), productIds };
  const parsed = found.files.map(({ path, text }) => parsePolicy(path, text, context));
  const policies = parsed.flatMap((result) => (result.ok ? [result.value] : []));
  const mistakes = parsed.flatMap((result) => (result.ok ? [] : result.error));
  // A configuration that can't be read says nothing of which tenants exist.
  const across = config === null && diagnostics.length > 0 ? [] : checkPolicies(policies, config);
  return {
    policies,
    config: config ?? defaultConfig,
    products: profiles.products,
    diagnostics: [...found.diagnostics, ...profiles.diagnostics, ...diagnostics, ...mistakes, ...across],
  };
};
