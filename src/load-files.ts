import { type FileSet, readConfigFile, readEvidence, readPolicyFiles, readProductFiles } from './adapters/files.ts';
import type { PolicyText } from './app/fix-policies.ts';
import { checkPolicies } from './core/check-policies.ts';
import type { Config } from './core/config.ts';
import type { Diagnostic } from './core/diagnostic.ts';
import type { Evidence } from './core/evidence.ts';
import { defaultConfig, parseConfig } from './core/parse-config.ts';
import { parsePolicy } from './core/parse-policy.ts';
import type { Policy } from './core/policy.ts';
import type { Product } from './core/product.ts';
import { parseProducts } from './load-products.ts';
import { type CheckOptions, UsageError } from './options.ts';
import { rules } from './rules/index.ts';

/** The files that govern a run, as texts: on disk, or as another commit has them. */
export interface GoverningTexts {
  readonly policies: FileSet;
  readonly products: FileSet;
  /** The configuration, or why it can't be read; `null` where there is none. */
  readonly config: PolicyText | Diagnostic | null;
}

/** What texts say, and everything that is wrong with it. */
export interface ParsedFiles {
  readonly policies: readonly Policy[];
  /** Policies from other texts of the same files, by the same context. */
  readonly reparse: (texts: readonly PolicyText[]) => readonly Policy[];
  readonly config: Config;
  readonly diagnostics: readonly Diagnostic[];
}

/** Everything that people wrote, and everything that is wrong with it. */
export interface LoadedFiles extends ParsedFiles {
  /** The policy files as they were read. */
  readonly texts: readonly PolicyText[];
  /** All files as they were read, to be compared with those of another commit. */
  readonly governing: GoverningTexts & {
    readonly evidence: readonly { readonly path: string; readonly sha: string }[];
    /** Said where every file could be read. */
    readonly isWhole: boolean;
  };
  /** What administrators' commands said, of whatever tenant and age. */
  readonly evidence: readonly Evidence[];
}

/** Looked for where no other is named. */
export const defaultConfigFile = 'backup-access.yaml';

/** Looked into where no other folder is named. */
export const defaultEvidence = 'evidence';

const readConfig = async (named: string | null): Promise<GoverningTexts['config']> => {
  const read = await readConfigFile(named ?? defaultConfigFile);
  if (read === null && named !== null) throw new UsageError(`--config \`${named}\` is not there`);
  return read;
};

const parseConfigText = (read: GoverningTexts['config']) => {
  if (read === null) return { config: null, diagnostics: [] };
  if (!('text' in read)) return { config: null, diagnostics: [read] };
  const parsed = parseConfig(read.path, read.text);
  return parsed.ok ? { config: parsed.value, diagnostics: [] } : { config: null, diagnostics: parsed.error };
};

const loadEvidence = async (named: string | null) => {
  const read = await readEvidence(named ?? defaultEvidence);
  if (read === null && named !== null) throw new UsageError(`--evidence \`${named}\` is not there`);
  return read ?? { evidence: [], files: [], diagnostics: [] };
};

/** A person's own profile goes with the policies that name it, so that rules judge by it. */
const withProfile = (policy: Policy, own: readonly Product[]): Policy => {
  const profile = own.find(({ id }) => id === policy.product?.value);
  return profile === undefined ? policy : { ...policy, profile };
};

/** Parses policies, profiles and configuration; every mistake in every file at once. */
export const parseFiles = (
  texts: GoverningTexts,
  options: Pick<CheckOptions, 'asOf'>,
  evidence: readonly Diagnostic[] = [],
): ParsedFiles => {
  const profiles = parseProducts(texts.products);
  const { config, diagnostics } = parseConfigText(texts.config);
  const productIds = profiles.products.map(({ id }) => id);
  const context = { asOf: options.asOf, ruleIds: rules.map(({ id }) => id), productIds };
  const parse = ({ path, text }: PolicyText) => parsePolicy(path, text, context);
  const policiesIn = (results: readonly ReturnType<typeof parse>[]) =>
    results.flatMap((result) => (result.ok ? [withProfile(result.value, profiles.own)] : []));
  const parsed = texts.policies.files.map(parse);
  const policies = policiesIn(parsed);
  const mistakes = parsed.flatMap((result) => (result.ok ? [] : result.error));
  // A configuration that can't be read says nothing of which tenants exist.
  const across = config === null && diagnostics.length > 0 ? [] : checkPolicies(policies, config);
  return {
    policies,
    reparse: (others) => policiesIn(others.map(parse)),
    config: config ?? defaultConfig,
    diagnostics: [
      ...texts.policies.diagnostics,
      ...evidence,
      ...profiles.diagnostics,
      ...diagnostics,
      ...mistakes,
      ...across,
    ],
  };
};

/** Reads and parses policies, configuration and evidence; every mistake in every file at once. */
export const loadFiles = async (
  options: Pick<CheckOptions, 'policies' | 'config' | 'evidence' | 'asOf'>,
): Promise<LoadedFiles> => {
  const [policies, evidence, products, config] = await Promise.all([
    readPolicyFiles(options.policies),
    loadEvidence(options.evidence),
    readProductFiles(options.policies),
    readConfig(options.config),
  ]);
  const texts = { policies, products, config };
  const isWhole =
    [policies, products, evidence].every(({ diagnostics }) => diagnostics.length === 0) &&
    (config === null || 'text' in config);
  return {
    ...parseFiles(texts, options, evidence.diagnostics),
    texts: policies.files,
    governing: { ...texts, evidence: evidence.files, isWhole },
    evidence: evidence.evidence,
  };
};
