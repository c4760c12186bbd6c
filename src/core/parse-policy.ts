import { faultsOfDates } from './date-faults.ts';
import type { Diagnostic } from './diagnostic.ts';
import { faultsOfDuplicates } from './duplicate-faults.ts';
import { diagnosticsOf, type Fault } from './fault.ts';
import { policySchemaIndex } from './generated/policy-schema-index.js';
import { validate } from './generated/validate-policy.js';
import { faultOfHead } from './head-fault.ts';
import { faultsOfIdentities } from './identity-faults.ts';
import { faultsOfNames, type KnownIds } from './name-faults.ts';
import { normalisePolicy } from './normalise-policy.ts';
import type { Policy } from './policy.ts';
import { faultsOfQuotes } from './quote-faults.ts';
import { readYaml } from './read-yaml.ts';
import { err, ok, type Result } from './result.ts';
import { faultsOfSchema } from './schema-faults.ts';
import { faultsOfScopes } from './scope-faults.ts';
import { sourceText } from './source-text.ts';
import { at, textOf, type YamlNode } from './yaml-tree.ts';

/** What a policy is held against beside its own text; what is absent is not asked. */
export interface PolicyContext extends KnownIds {
  /** The moment at which the run judges: an exception may last a year from then. */
  readonly asOf?: Date | null;
}

/** A byte order mark at the start of a file is an editor's habit, not a mistake. */
const withoutMark = (text: string): string => (text.startsWith('\ufeff') ? text.slice(1) : text);

const faultsOfMeaning = (root: YamlNode, context: PolicyContext): readonly Fault[] => [
  ...faultsOfQuotes(root),
  ...faultsOfIdentities(root),
  ...faultsOfScopes(root),
  ...faultsOfDates(root, context.asOf ?? null),
  ...faultsOfNames(root, context),
  ...faultsOfDuplicates(root),
];

/**
 * One policy file: the policy, or every mistake in it at once, in the order of the file. `file` is the path that
 * reports show. Never throws, whatever the text.
 */
export const parsePolicy = (
  file: string,
  text: string,
  context: PolicyContext = {},
): Result<Policy, readonly Diagnostic[]> => {
  const source = sourceText(file, withoutMark(text));
  const { root, faults } = readYaml(source);
  if (root === null) return err(diagnosticsOf(source, faults, null));
  const policyName = textOf(at(root, 'metadata', 'name'));
  const head = faultOfHead(root, 'BackupAccessPolicy');
  if (head !== null) return err(diagnosticsOf(source, [...faults, head], policyName));
  const all = [...faults, ...faultsOfSchema(validate, policySchemaIndex, root), ...faultsOfMeaning(root, context)];
  if (all.length > 0) return err(diagnosticsOf(source, all, policyName));
  return ok(normalisePolicy(source, root));
};
