import type { KindId } from '../core/fact.ts';
import type { Writer } from '../core/writer.ts';
import { appRoleAssignment } from './app-role-assignment.ts';
import { azureRoleAssignment } from './azure-role-assignment.ts';
import { delegatedGrant } from './delegated-grant.ts';
import { keyVaultAccess } from './key-vault-access.ts';

/** Every kind that is written: docs/architecture.md tells how one more is added. */
const writers: readonly Writer[] = [appRoleAssignment, delegatedGrant, azureRoleAssignment, keyVaultAccess];

export const writerOf = (kind: KindId): Writer | null => writers.find((writer) => writer.kind === kind) ?? null;
