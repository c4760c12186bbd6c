import { limits, type Tree, type Who } from './life-model.ts';
import { apps, callers, group, tenantId } from './life-tenant.ts';

const named = (asks: readonly string[], kind: string): readonly string[] =>
  asks.filter((atom) => atom.startsWith(`${kind}:`)).map((atom) => atom.slice(kind.length + 1));

const policyText = (who: Who, asks: readonly string[], enforcement: string): string =>
  JSON.stringify({
    apiVersion: 'backup-access/v1',
    kind: 'BackupAccessPolicy',
    metadata: { name: who, owner: 'backup-team@contoso.example' },
    spec: {
      enforcement,
      identities: [{ appId: apps[who].app }],
      access: {
        applicationPermissions: { 'Microsoft Graph': named(asks, 'app') },
        delegatedPermissions: { 'Microsoft Graph': named(asks, 'scope') },
        azureRoles: named(asks, 'role').map((role) => ({ role, scope: group })),
      },
    },
  });

const configText = (approvers: readonly string[]): string =>
  JSON.stringify({
    apiVersion: 'backup-access/v1',
    kind: 'BackupAccessConfig',
    tenants: {
      life: {
        tenantId,
        read: { clientId: callers.reader },
        apply: { clientId: callers.writer, environment: 'backup-access-apply' },
      },
    },
    approval: { required: 1, approvers, maxAge: `P${limits.approvalDays}D` },
    brake: { revokes: limits.revokes, percent: 100, perIdentity: 100, window: `P${limits.days}D` },
    untouchable: { identities: [apps.glass.app] },
  });

/** The files of a commit: YAML, as JSON is. */
export const filesOf = ({ policies, broken, approvers }: Tree): Readonly<Record<string, string>> => ({
  'backup-access.yaml': `${configText(approvers)}\n`,
  ...Object.fromEntries(
    Object.entries(policies).map(([who, { file, asks, enforcement }]) => [
      `policies/${file}`,
      `${policyText(who as Who, asks, enforcement)}\n`,
    ]),
  ),
  ...(broken ? { 'policies/empty.yaml': '' } : {}),
});
