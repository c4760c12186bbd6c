import { execFileSync, spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** What a script did with the Azure CLI that stands in for the real one. */
export interface ScriptRun {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
  /** Arguments of each call of `az`, in order. */
  readonly calls: readonly (readonly string[])[];
  /** Files that lie beside the script afterwards and that nobody put there. */
  readonly left: readonly string[];
}

/** Notes its arguments, each ended by a byte that no argument holds, and answers what it is told to. */
const fake = `#!/usr/bin/env bash
printf '%s\\0' "$@" >> "$AZ_FOLDER/calls"
printf '\\1\\0' >> "$AZ_FOLDER/calls"
if [ "$1" = account ]; then printf '%s\\n' "$AZ_TENANT"; exit 0; fi
if [ "$3" = GET ]; then
  case "$*" in
    *'.id | [0]'*) printf 'made-before\\n' ;;
    *) printf '%s\\n' "$AZ_SEEN" ;;
  esac
  exit 0
fi
case "$*" in *"$AZ_FAILS"*) [ -z "$AZ_FAILS" ] || exit 1 ;; esac
`;

const executable = (file: string, text: string): void => {
  writeFileSync(file, text);
  chmodSync(file, 0o755);
};

/** Runs a script with an `az` and a `sleep` of ours before all others. `seen`: what every read answers. `fails`: a text in the call that fails. */
export const runScript = (
  script: string,
  { tenant, seen, fails = '' }: { readonly tenant: string; readonly seen: string; readonly fails?: string },
): ScriptRun => {
  const folder = mkdtempSync(join(tmpdir(), 'script-'));
  try {
    executable(join(folder, 'az'), fake);
    executable(join(folder, 'sleep'), '#!/bin/sh\nexit 0\n');
    writeFileSync(join(folder, 'script.sh'), script);
    execFileSync('bash', ['-n', 'script.sh'], { cwd: folder });
    const { status, stdout, stderr } = spawnSync('bash', ['script.sh'], {
      cwd: folder,
      encoding: 'utf8',
      env: {
        PATH: `${folder}:${process.env['PATH'] ?? ''}`,
        AZ_FOLDER: folder,
        AZ_TENANT: tenant,
        AZ_SEEN: seen,
        AZ_FAILS: fails,
      },
    });
    const noted = existsSync(join(folder, 'calls')) ? readFileSync(join(folder, 'calls'), 'utf8') : '';
    const calls = noted
      .split('\u0001\0')
      .filter((call) => call !== '')
      .map((call) => call.split('\0').slice(0, -1));
    const left = execFileSync('ls', ['-A', folder], { encoding: 'utf8' })
      .split('\n')
      .filter((name) => name !== '' && !['az', 'sleep', 'script.sh', 'calls'].includes(name));
    return { code: status ?? -1, stdout, stderr, calls, left };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
};
