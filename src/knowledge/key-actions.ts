import type { RolePermissions } from '../core/fact.ts';
import { intersects } from './role-algebra.ts';

/**
 * Actions that hand out keys, connection strings or signatures: whoever has one needs no sign-in any more, and no log
 * tells who it was (source: learn.microsoft.com/azure/storage/common/shared-key-authorization-prevent).
 */
const keyAction = /\/(listKeys|listAccountSas|listServiceSas|listConnectionStrings|sharedKeys|regenerateKey)\/action$/i;

/** Does the action, or a pattern of actions, hand out keys or replace them? */
export const isKeyAction = (action: string): boolean => keyAction.test(action);

/** Of whatever service: a pattern of the role's own that says keys and of which something is left. */
export const keyActionOf = (permissions: readonly RolePermissions[]): string | null =>
  permissions
    .flatMap(({ actions }) => actions)
    .find((pattern) => isKeyAction(pattern) && intersects(permissions, [pattern]) !== null) ?? null;

/** Is it something done with a key in a key vault, in the data plane? */
export const isVaultKeyAction = (action: string): boolean => /^microsoft\.keyvault\/vaults\/keys\//i.test(action);
