import type { TenantState } from '../../../src/emulator/tenant-state.ts';

/** A tenant, its policies, and all that a check has to say of them: nothing is left out of the lists. */
export interface Story {
  readonly tenant: TenantState;
  /** Text of policy files, by name. */
  readonly policies: Readonly<Record<string, string>>;
  readonly exit: number;
  /** `severity rule: subject on place (side)`, worst first. Clean where absent. */
  readonly says?: readonly string[];
  /** `cause kind: subject on place`. */
  readonly drift?: readonly string[];
  /** `kind of policy: reason`, only of kinds that were not wholly read. */
  readonly gaps?: readonly string[];
  /** `code: subject` of what is wrong with the files. */
  readonly mistakes?: readonly string[];
}

/** Stories by what happens in them. */
export type Stories = Readonly<Record<string, Story>>;

/** Every kind of access that is read, in the order of the coverage table. */
export const kinds = [
  'vault-identity',
  'service-principal',
  'credential',
  'app-role-assignment',
  'delegated-grant',
  'directory-role-assignment',
  'azure-role-assignment',
];
