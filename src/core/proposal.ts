import type { Operation } from './operation.ts';

/** The permissions of one API, as a policy writes them. */
export interface ProposedApi {
  /** By name where that is known everywhere, else by app id. */
  readonly api: string;
  readonly permissions: readonly string[];
}

/** An Azure role, as a policy writes it. */
export interface ProposedAzureRole {
  /** Name of a built-in role; `null`: a custom one, by its id. */
  readonly role: string | null;
  readonly roleId: string;
  readonly scope: string;
  readonly condition: string | null;
  readonly eligible: boolean;
}

/** A directory role, as a policy writes it. */
export interface ProposedDirectoryRole {
  readonly role: string;
  /** `null`: the whole directory. */
  readonly scope: string | null;
  readonly eligible: boolean;
}

/** What an identity holds, by plane; a plane that could not be read is `null`, and the policy doesn't manage it. */
export interface ProposedAccess {
  readonly applicationPermissions: readonly ProposedApi[] | null;
  readonly delegatedPermissions: readonly ProposedApi[] | null;
  readonly azureRoles: readonly ProposedAzureRole[] | null;
  readonly directoryRoles: readonly ProposedDirectoryRole[] | null;
  /** What it holds and no policy can name. */
  readonly unnamed: readonly string[];
}

/** A workload that the identity may be there for. */
export interface ProposedWorkload {
  readonly workload: string;
  readonly operations: readonly Operation[];
  /** Must a policy say where? */
  readonly needsScopes: boolean;
}

/** A policy to start from, for an identity that has none. */
export interface Proposal {
  readonly name: string;
  /** What the tenant calls the identity. */
  readonly displayName: string | null;
  /** Why it is taken for backup software, one sentence. */
  readonly why: string;
  /** Name of the tenant in the configuration, where policies have to say it. */
  readonly tenant: string | null;
  /** ISO date. */
  readonly date: string;
  readonly product: { readonly id: string; readonly name: string } | null;
  /** Fields of its entry under `identities`. */
  readonly identity: Readonly<Record<string, string>>;
  /** `null`: not looked at yet. */
  readonly access: ProposedAccess | null;
  readonly workloads: readonly ProposedWorkload[];
}
