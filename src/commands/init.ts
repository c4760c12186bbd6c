import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { exitCodes } from '../core/exit-code.ts';
import { type CheckOptions, UsageError } from '../options.ts';
import { proposeFromTenant } from '../propose-from-tenant.ts';
import { inertLine } from '../report/inert.ts';
import { renderDiagnostics } from '../report/render-diagnostics.ts';
import { nobody, renderProposal } from '../report/render-proposal.ts';
import { signInFromEnvironment } from './sign-in-from-environment.ts';
import { progressOn, screenOf } from './terminal.ts';

const codeOf = (error: unknown): string =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';

const makeFolder = async (folder: string): Promise<void> => {
  try {
    await mkdir(folder, { recursive: true });
  } catch (error) {
    if (codeOf(error) === '') throw error;
    throw new UsageError(`--policies \`${folder}\` can't be made a folder: ${codeOf(error)}`);
  }
};

/** Writes a file that isn't there yet; `false` where one is, whatever it says. */
const writeNew = async (path: string, text: string): Promise<boolean> => {
  try {
    await writeFile(path, text, { flag: 'wx' });
    return true;
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return false;
    if (codeOf(error) === '') throw error;
    throw new UsageError(`\`${path}\` can't be written: ${codeOf(error)}`);
  }
};

const say = (lines: readonly string[]): void => {
  process.stdout.write(`${lines.join('\n')}\n`);
};

/** An identity that no tenant has: `check` says so until a person puts the real one there. */
const skeleton = (date: string) =>
  renderProposal({
    name: 'first-backup',
    displayName: 'the backup software',
    why: '',
    tenant: null,
    date,
    product: null,
    identity: { appId: '00000000-0000-0000-0000-000000000000' },
    access: { applicationPermissions: [], delegatedPermissions: [], azureRoles: [], directoryRoles: [], unnamed: [] },
    workloads: [{ workload: 'exchange-mail', operations: ['backup'], needsScopes: false }],
  });

const initEmpty = async ({ policies, asOf }: CheckOptions): Promise<number> => {
  await makeFolder(policies);
  const path = join(policies, 'first-backup.yaml');
  const written = await writeNew(path, skeleton(asOf.toISOString().slice(0, 10)));
  say(
    written
      ? [`${path}: written; put the app id of your backup software there, then run \`backup-access-guard check\``]
      : [`${path}: is there already, nothing was written`],
  );
  return exitCodes.clean;
};

const initFromTenant = async (options: CheckOptions, environment: NodeJS.ProcessEnv): Promise<number> => {
  await makeFolder(options.policies);
  const progress = progressOn(process.stderr);
  const context = { signIn: signInFromEnvironment(environment), progress: progress.tell };
  const { scanned, files, gaps } = await proposeFromTenant(options, context).finally(progress.clear);
  const { diagnostics } = scanned.files;
  if (diagnostics.length > 0) {
    // A policy that can't be read may be the one of an identity that looks unmanaged.
    process.stderr.write(renderDiagnostics(diagnostics, screenOf(process.stderr, process.env)));
    return exitCodes.invalid;
  }
  const lines: string[] = [];
  for (const { name, text, displayName } of files) {
    const path = join(options.policies, name);
    const what = (await writeNew(path, text))
      ? 'written'
      : 'is there already and stays as it is, though it does not name this identity';
    lines.push(`${path}: ${what} (${inertLine(displayName ?? 'no name', 120)})`);
  }
  if (files.length === 0) lines.push('no backup software without a policy was seen, nothing was written');
  else lines.push(`next: replace \`${nobody}\`, say what each protects, and run \`backup-access-guard check\``);
  for (const { reason, needs, detail } of gaps)
    lines.push(inertLine(`not everything was read: ${reason}, needs ${needs} (${detail})`));
  say(lines);
  return gaps.length === 0 ? exitCodes.clean : exitCodes.incomplete;
};

/** `init`: policies to start from, an empty one or one for each backup software without; never overwrites a file. */
export const initCommand = (
  options: CheckOptions,
  fromTenant: boolean,
  environment: NodeJS.ProcessEnv = process.env,
): Promise<number> => (fromTenant ? initFromTenant(options, environment) : initEmpty(options));
