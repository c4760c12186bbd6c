import { permissionsFor } from '../app/permissions-for.ts';
import { exitCodes } from '../core/exit-code.ts';
import type { PermissionList } from '../core/permission-list.ts';
import { kinds } from '../kinds/index.ts';
import { loadFiles } from '../load-files.ts';
import { type CheckOptions, UsageError } from '../options.ts';
import { renderDiagnostics } from '../report/render-diagnostics.ts';
import { type PermissionFormat, permissionFormats, renderPermissions } from '../report/render-permissions.ts';
import { chooseTenant, policiesOf } from '../run-check.ts';
import { screenOf } from './terminal.ts';

const purposes: readonly PermissionList['purpose'][] = ['check', 'apply'];

const oneOf = <T extends string>(option: string, allowed: readonly T[], given: string): T => {
  const known = allowed.find((one) => one === given);
  if (known === undefined) throw new UsageError(`--${option} takes ${allowed.join(', ')}, not \`${given}\``);
  return known;
};

/** `permissions`: the least that the program's own identities need for exactly these policies. */
export const permissionsCommand = async (options: CheckOptions, wanted: string, format: string): Promise<number> => {
  const purpose = oneOf('for', purposes, wanted);
  const chosen: PermissionFormat = oneOf('format', permissionFormats, format);
  const screen = screenOf(process.stdout, process.env);
  const files = await loadFiles(options);
  if (files.diagnostics.length > 0) {
    process.stderr.write(renderDiagnostics(files.diagnostics, screen));
    return exitCodes.invalid;
  }
  const tenant = chooseTenant(files, options.tenant);
  const policies = policiesOf(files, tenant);
  const list = permissionsFor(policies, tenant?.subscriptions ?? [], kinds, purpose);
  const client = purpose === 'check' ? tenant?.readClientId : tenant?.applyClientId;
  const cloud = options.cloud ?? tenant?.cloud ?? 'public';
  process.stdout.write(
    renderPermissions(list, chosen, { policies: policies.length, width: screen.width, client: client ?? null, cloud }),
  );
  return exitCodes.clean;
};
