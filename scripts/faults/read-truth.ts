import { readCloud } from '../../src/adapters/cloud.ts';
import { connect } from '../../src/adapters/connect.ts';
import { armId } from '../../src/core/ids.ts';
import { entriesOf, keyOfRow, spell, type Truth, vaultKey } from './holdings.ts';
import { keyVault, principals, subscription, tenant, writer } from './story.ts';

type Row = Readonly<Record<string, unknown>>;

/** What an emulator says is held, and what it holds twice. */
export const readTruth = async (cloudFile: string): Promise<Truth & { readonly twice: readonly string[] }> => {
  const by = { type: 'secret', secret: writer.secret } as const;
  const signIn = { tenantId: tenant.tenantId, clientId: writer.appId, by };
  const { ports } = await connect(signIn, await readCloud(cloudFile), 1_000);
  const rows: Row[] = [];
  const add = (answer: { readonly ok: boolean; readonly value?: unknown }): void => {
    if (!answer.ok) throw new Error(`the embedded tenant can't be read: ${JSON.stringify(answer)}`);
    rows.push(...(answer.value as Row[]));
  };
  for (const principal of principals) {
    add(await ports.graph.list(`/servicePrincipals/${principal}/appRoleAssignments?$top=999`));
    add(await ports.graph.list(`/oauth2PermissionGrants?$filter=clientId eq '${principal}'`));
    add(await ports.arm.listRoleAssignments(armId(subscription), principal));
  }
  const vault = await ports.arm.get(armId(keyVault), '2023-07-01');
  if (!vault.ok) throw new Error(`the embedded tenant can't be read: ${vault.error.detail}`);
  const policies = (((vault.value as Row)['properties'] as Row)['accessPolicies'] ?? []) as readonly Row[];
  const entries = [
    ...rows.flatMap((row) => entriesOf(row)),
    ...policies.map((policy) => [vaultKey(keyVault, policy['objectId']), spell(policy['permissions'])] as const),
  ];
  const keys = entries.map(([key]) => key);
  return {
    held: new Map(entries),
    ids: new Map(rows.map((row) => [String(row['id']).split('/').at(-1)?.toLowerCase() ?? '', keyOfRow(row)])),
    twice: keys.filter((key, index) => keys.indexOf(key) !== index),
  };
};
