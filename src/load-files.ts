import { readConfigFile, readEvidence, readPolicyFiles } from './adapters/files.ts';
import type { PolicyText } from './app/fix-policies.ts';
import { checkPolicies } from './core/check-policies.ts';
import type { Config } from './core/config.ts';
import type { Diagnostic } from './core/diagnostic.ts';
import type { Evidence } from './core/evidence.ts';
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
  /** The policy files as they were read. */
  readonly texts: readonly PolicyText[];
  /** Policies from other texts of the same files, by the same context. */
  readonly reparse: (texts: readonly PolicyText[]) => readonly Policy[];
  readonly config: Config;
  /** What administrators' commands said, of whatever tenant and age. */
  readonly evidence: readonly Evidence[];
  readonly diagnostics: readonly Diagnostic[];
}

/** Looked for where no other is named. */
const defaultConfigFile = 'backup-access.yaml';

/** Looked into where no other folder is named. */
const defaultEvidence = 'evidence';

const loadConfig = async (named: string | null) => {
  const read = await readConfigFile(named ?? defaultConfigFile);
  if (read === null && named !== null) throw new UsageError(`--config \`${named}\` is not there`);
  if (read === null) return { config: null, diagnostics: [] };
  if (!('text' in read)) return { config: null, diagnostics: [read] };
  const parsed = parseConfig(read.path, read.text);
  return parsed.ok ? { config: parsed.value, diagnostics: [] } : { config: null, diagnostics: parsed.error };
};

const loadEvidence = async (named: string | null): Promise<Pick<LoadedFiles, 'evidence' | 'diagnostics'>> => {
  const read = await readEvidence(named ?? defaultEvidence);
  if (read === null && named !== null) throw new UsageError(`--evidence \`${named}\` is not there`);
  return read ?? { evidence: [], diagnostics: [] };
};

/** A person's own profile goes with the policies that name it, so that rules judge by it. */
const withProfile = (policy: Policy, own: readonly Product[]): Policy => {
  const profile = own.find(({ id }) => id === policy.product?.value);
  return profile === undefined ? policy : { ...policy, profile };
};

/** Reads and parses policies and configuration; every mistake in every file at once. */
export const loadFiles = async (
  options: Pick<CheckOptions, 'policies' | 'config' | 'evidence' | 'asOf'>,
): Promise<LoadedFiles> => {
  const [found, evidence, profiles, { config, diagnostics }] = await Promise.all([
    readPolicyFiles(options.policies),
    loadEvidence(options.evidence),
    loadProducts(options.policies),
    loadConfig(options.config),
  ]);
  const productIds = profiles.products.map(({ id }) => id);
  const context = { asOf: options.asOf, ruleIds: rules.map(({ id }) => id), productIds };
  const parse = ({ path, text }: PolicyText) => parsePolicy(path, text, context);
  const policiesIn = (results: readonly ReturnType<typeof parse>[]) =>
    results.flatMap((result) => (result.ok ? [withProfile(result.value, profiles.own)] : []));
  const parsed = found.files.map(parse);
  const policies = policiesIn(parsed);
  const mistakes = parsed.flatMap((result) => (result.ok ? [] : result.error));
  // A configuration that can't be read says nothing of which tenants exist.
  const across = config === null && diagnostics.length > 0 ? [] : checkPolicies(policies, config);
  return {
    policies,
    texts: found.files,
    reparse: (texts) => policiesIn(texts.map(parse)),
    config: config ?? defaultConfig,
    evidence: evidence.evidence,
    diagnostics: [
      ...found.diagnostics,
      ...evidence.diagnostics,
      ...profiles.diagnostics,
      ...diagnostics,
      ...mistakes,
      ...across,
    ],
  };
};
