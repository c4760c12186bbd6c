import type { AppId } from './ids.ts';

/** One thing that the program has to hold, and what for. */
export interface RequiredPermission {
  readonly api: 'graph' | 'azure' | 'evidence';
  /** Graph permission, Azure role, or command. */
  readonly name: string;
  /** Azure scope, `/` meaning any that lets something be seen; `null` of the others. */
  readonly scope: string | null;
  /** Kinds of access that can't be read (or written) without it. */
  readonly kinds: readonly string[];
  /** Policies that want it. */
  readonly policies: readonly string[];
  /** Wider Graph permissions that would do as well. */
  readonly or: readonly string[];
  /** Id of the app role, where it is known. */
  readonly roleId: string | null;
}

/** What the program's own identity needs for a set of policies, and not more. */
export interface PermissionList {
  readonly purpose: 'check' | 'apply';
  readonly required: readonly RequiredPermission[];
  /** Graph permissions by which more is read where they are held; a run without them has no gap. */
  readonly useful: readonly { readonly name: string; readonly kinds: readonly string[] }[];
}

/** Microsoft Graph's app id: the same in every tenant. */
export const graphAppId = '00000003-0000-0000-c000-000000000000' as AppId;
