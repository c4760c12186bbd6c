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

const held = [
  'app-role-assignment',
  'delegated-grant',
  'group-membership',
  'directory-role-assignment',
  'azure-role-assignment',
];

/** What is read for a policy on an application that asks for nothing special, in the order of the coverage table. */
export const kindsOfApp = ['service-principal', 'credential', 'federated-credential', ...held];

/** The same, of a vault's own identity. */
export const kindsOfVault = [
  'vault-identity',
  'service-principal',
  'credential',
  ...held,
  'key-vault-access',
  'vault-protection',
];
