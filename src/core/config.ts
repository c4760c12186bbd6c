import type { Place } from './diagnostic.ts';
import type { TenantId } from './ids.ts';
import type { Severity } from './rule.ts';

/** `backup-access.yaml`: everything about a repository that is not one policy. */
export interface Config {
  readonly tenants: readonly ConfigTenant[];
  readonly approval: { readonly required: number; readonly approvers: readonly string[]; readonly maxAge: string };
  readonly brake: {
    readonly revokes: number;
    readonly percent: number;
    readonly perIdentity: number;
    readonly window: string;
  };
  readonly neverGrant: readonly string[];
  readonly untouchable: { readonly identities: readonly string[]; readonly users: readonly string[] };
  readonly evidenceMaxAge: string;
  readonly restoreGrace: string;
  readonly failOn: Severity | 'never';
}

export interface ConfigTenant {
  readonly name: string;
  readonly tenantId: TenantId;
  readonly cloud: string;
  readonly subscriptions: readonly string[];
  readonly readClientId: string | null;
  readonly applyClientId: string | null;
  readonly applyEnvironment: string | null;
  readonly place: Place;
}
