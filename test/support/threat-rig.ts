import { readCloud } from '../../src/adapters/cloud.ts';
import { connect } from '../../src/adapters/connect.ts';
import type { ApplyOutcome } from '../../src/apply-report.ts';
import type { RequestLogLine } from '../../src/emulator/request-log.ts';
import { writeCloudFile } from '../../src/emulator/write-cloud-file.ts';
import {
  applyClient,
  configOf,
  leastPolicies,
  type MergeOptions,
  type MergeRig,
  startMerge,
  tidyAccess,
  wideBrake,
} from './merge-rig.ts';
import { askingFor, mailPolicy } from './pull-request-rig.ts';
import { temporaryFolder } from './rig.ts';

/** A change that takes one grant. */
export const oneGrant: Readonly<Record<string, string>> = { [mailPolicy]: askingFor('Calendars.Read') };
/** One that takes two. */
export const twoGrants: Readonly<Record<string, string>> = { [mailPolicy]: askingFor('Calendars.Read', 'Mail.Read') };

/** A repository whose policies are merged and whose tenant is as they say. */
export const tidyMerge = (more: MergeOptions = {}): Promise<MergeRig> =>
  startMerge({ tenant: tidyAccess, base: leastPolicies, config: configOf(wideBrake), ...more });

/** Requests so far that asked the tenant for a change. */
export const writesOf = ({ emulator }: MergeRig): readonly RequestLogLine[] =>
  emulator.requests().filter(({ write }) => write);

export const codesOf = ({ report }: ApplyOutcome): readonly string[] =>
  (report.apply?.refusals ?? []).map(({ code }) => code);

const backup = 'b048ab21-de90-47ec-a019-d0746fb3b1bc';
const teamReadBasic = '2280dda6-0bfd-44ee-a2f4-cb867cfc4c1e';

/** Somebody gives the backup app a permission by hand, and takes it again: what the program is asked to undo. */
export const byHand = async ({ emulator }: MergeRig) => {
  const cloud = await readCloud(writeCloudFile(emulator, temporaryFolder()));
  const by = { type: 'secret' as const, secret: 'apply-example-secret' };
  const signIn = { tenantId: tidyAccess.tenantId, clientId: applyClient, by };
  const { ports, write } = await connect(signIn, cloud, 10_000, { write: true });
  const told = await ports.graph.get("/servicePrincipals(appId='00000003-0000-0000-c000-000000000000')?$select=id");
  const resource = told.ok ? String((told.value as { readonly id: unknown }).id) : '';
  const path = `/v1.0/servicePrincipals/${resource}/appRoleAssignedTo`;
  const body = { principalId: backup, resourceId: resource, appRoleId: teamReadBasic };
  return {
    grant: async () => write?.send({ api: 'graph', method: 'POST', path, body }),
    revoke: async () => {
      const held = await ports.graph.list(`/servicePrincipals/${backup}/appRoleAssignments`);
      const rows = (held.ok ? held.value : []) as readonly { readonly id: string; readonly appRoleId: string }[];
      const one = rows.find(({ appRoleId }) => appRoleId === teamReadBasic);
      return write?.send({ api: 'graph', method: 'DELETE', path: `${path}/${one?.id}`, body: null });
    },
  };
};
