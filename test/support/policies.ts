import type { Place } from '../../src/core/diagnostic.ts';
import type { Fact, KindId } from '../../src/core/fact.ts';
import { appId, armId, identityId, objectId } from '../../src/core/ids.ts';
import type {
  CredentialTerms,
  Operation,
  Policy,
  PolicyException,
  PolicyIdentity,
  Protects,
  ScopePurpose,
} from '../../src/core/policy.ts';
import type { ResolvedPolicy } from '../../src/core/resolved-policy.ts';
import { backupApp } from './facts.ts';

/** A line of the policy file. */
export const line = (number: number): Place => ({
  file: 'policies/backup.yaml',
  line: number,
  column: 5,
  endLine: number,
  endColumn: 20,
});

/** An identity found by app id, with its object id pinned where one is given. */
export const appIdentity = (app = backupApp, pinned: string | null = null): PolicyIdentity => ({
  type: 'app',
  id: identityId(app),
  place: line(8),
  appId: appId(app),
  objectId: pinned === null ? null : objectId(pinned),
});

/** The system-assigned identity of a vault. */
export const vaultSystem = (of: string): PolicyIdentity => ({
  type: 'vault-system',
  id: identityId(of),
  place: line(8),
  vault: armId(of),
});

/** A user-assigned identity, by way of a vault that it is attached to. */
export const vaultUser = (of: string, managedIdentity: string): PolicyIdentity => ({
  type: 'vault-user',
  id: identityId(managedIdentity),
  place: line(9),
  vault: armId(of),
  managedIdentity: armId(managedIdentity),
});

/** A managed identity of its own, or the one of a machine. */
export const managedIdentity = (id: string): PolicyIdentity => ({
  type: 'managed-identity',
  id: identityId(id),
  place: line(8),
  managedIdentity: armId(id),
});

/** A protected workload, its scopes by purpose. */
export const protects = (
  workload: string,
  scopes: Partial<Record<ScopePurpose, readonly string[]>> = {},
  operations: readonly Operation[] = ['backup'],
): Protects => ({
  workload,
  operations,
  elevations: [],
  scopes: Object.entries(scopes).flatMap(([purpose, list]) =>
    (list ?? []).map((scope) => ({ purpose: purpose as ScopePurpose, scope })),
  ),
  place: line(12),
});

export const credentialTerms = (terms: Partial<Omit<CredentialTerms, 'place'>> = {}): CredentialTerms => ({
  allow: null,
  maxLifetime: null,
  renewBefore: null,
  place: line(30),
  ...terms,
});

export const exception = (rule: string, subject: string, expires: string): PolicyException => ({
  rule,
  subject,
  identity: null,
  reason: 'agreed with the vendor',
  approvedBy: 'octocat',
  expires,
  place: line(40),
});

const everyKind: ReadonlySet<KindId> = new Set([
  'service-principal',
  'app-role-assignment',
  'delegated-grant',
  'azure-role-assignment',
  'directory-role-assignment',
  'credential',
  'vault-identity',
]);

/** A resolved policy that manages every kind, asks for `desired`, and otherwise is as plain as can be. */
export const policy = (
  more: Partial<Policy> & { readonly desired?: readonly Fact[]; readonly governs?: ReadonlySet<KindId> } = {},
): ResolvedPolicy => {
  const { desired = [], governs = everyKind, ...rest } = more;
  return {
    policy: {
      name: 'backup',
      file: 'policies/backup.yaml',
      lines: [],
      place: line(1),
      integration: null,
      tenant: null,
      owner: 'backup-team@contoso.example',
      reviewBy: null,
      description: null,
      product: null,
      state: 'active',
      enforcement: 'report',
      identities: [appIdentity()],
      protects: [],
      access: null,
      credentials: null,
      tenantSettings: [],
      mustExist: [],
      mustNotExist: [],
      exceptions: [],
      ...rest,
    },
    desired: desired.map((fact, index) => ({ fact, place: line(20 + index) })),
    governs,
  };
};
