import type { IsoDate } from '../core/fact.ts';
import type { AppId, RoleId } from '../core/ids.ts';
import type { Operation } from '../core/operation.ts';
import type { ScopeLevel } from '../core/scope.ts';
import data from './generated/workloads.json' with { type: 'json' };

/** How far the sources can be trusted. `low` never makes a certain finding. */
export type Trust = 'high' | 'medium' | 'low';
export type { Operation };
/** Which of a policy's scopes a grant lies on; `vault` is the vault itself. */
export type ScopePurpose = 'source' | 'snapshots' | 'target' | 'staging' | 'key' | 'vault';
/** Whose identity needs it: the policy's own (`identity`), or another that takes part. */
export type Holder = 'identity' | 'cluster' | 'extension' | 'machine' | 'service' | 'operator';

interface GrantHead {
  /** What it is for, verb first. */
  readonly purpose: string;
  /** Needed only then; `null`: always. */
  readonly when: string | null;
}

/** An application permission. */
export interface ApplicationGrant extends GrantHead {
  readonly plane: 'application';
  readonly api: AppId;
  readonly permission: string;
  /** The Exchange application role that gives the same within a scope, and is therefore preferred. */
  readonly exchangeRole: string | null;
  /** Permissions that sources name as the least as well: no excess. */
  readonly accepts: readonly string[];
  /** Permissions that do it too and reach more: excess, but nothing is missing beside them. */
  readonly alsoBy: readonly string[];
}

/** An Exchange application role for which there is no permission of Microsoft Graph. */
export interface ExchangeGrant extends GrantHead {
  readonly plane: 'exchange';
  readonly exchangeRole: string;
}

/** A role on single sites. */
export interface SiteGrant extends GrantHead {
  readonly plane: 'site';
  readonly siteRole: 'read' | 'write' | 'manage' | 'fullcontrol';
}

interface AzureGrantHead extends GrantHead {
  readonly at: ScopePurpose;
  /** The widest level at which it is still the least. */
  readonly widest: ScopeLevel;
  readonly holder: Holder;
}

/** A built-in Azure role at a scope. */
export interface AzureRoleGrant extends AzureGrantHead {
  readonly plane: 'azure';
  readonly role: RoleId;
  readonly roleName: string;
  /** Types of the resources it is meant for; empty: whatever the scope names. */
  readonly on: readonly string[];
}

/** Actions for a custom role, where no built-in role is narrow enough. */
export interface AzureActionsGrant extends AzureGrantHead {
  readonly plane: 'azure-actions';
  readonly actions: readonly string[];
}

/** The least that an operation needs, in one piece. */
export type LeastGrant = ApplicationGrant | ExchangeGrant | SiteGrant | AzureRoleGrant | AzureActionsGrant;

/** What one operation on a workload needs. */
export interface OperationNeeds {
  readonly grants: readonly LeastGrant[];
  /** Other ways to the same end, each complete in itself. */
  readonly alternatives: readonly { readonly title: string; readonly grants: readonly LeastGrant[] }[];
  readonly confidence: Trust;
  readonly source: string;
}

/** Something that can be protected. */
export interface Workload {
  readonly id: string;
  readonly title: string;
  /** Planes on which its grants can lie. */
  readonly planes: readonly ('application' | 'exchange' | 'site' | 'azure')[];
  /** By what its access can be confined to a part of the tenant; `null`: by nothing. */
  readonly scopedBy: string | null;
  readonly operations: Readonly<Partial<Record<Operation, OperationNeeds>>>;
  readonly confidence: Trust;
  readonly notes: string | null;
  readonly source: string;
  readonly date: IsoDate;
}

/** Every workload that a policy can name. */
export const workloads = data.workloads as unknown as readonly Workload[];

const byId = new Map(workloads.map((workload) => [workload.id, workload]));

/** By its exact id, `null` where there is none. */
export const findWorkload = (id: string): Workload | null => byId.get(id) ?? null;

/** Every grant that an operation can need, the other ways to the same end included. */
export const grantsOf = (needs: OperationNeeds): readonly LeastGrant[] => [
  ...needs.grants,
  ...needs.alternatives.flatMap((alternative) => alternative.grants),
];
