import type { TenantId } from './ids.ts';

/** What an administrator's command said of a tenant, kept as a file where no API tells it. */
export interface Evidence {
  /** `Get-SPOTenant`, without parameters. */
  readonly command: string;
  readonly tenantId: TenantId;
  /** ISO 8601, UTC. */
  readonly collectedAt: string;
  /** As the command's `ConvertTo-Json` wrote it. */
  readonly result: unknown;
  readonly file: string;
}
