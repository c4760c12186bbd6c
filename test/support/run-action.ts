import { spawn } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { temporaryFolder } from './rig.ts';

/** What a step of a workflow left behind. */
export interface StepResult {
  readonly code: number;
  readonly stdout: string;
  readonly outputs: Readonly<Record<string, string>>;
  readonly summary: string;
  /** Folder that the step ran in. */
  readonly workspace: string;
  /** What it wrote to the file for variables of later steps. */
  readonly environment: string;
}

export interface Step {
  readonly inputs: Readonly<Record<string, string>>;
  readonly env?: Readonly<Record<string, string>>;
  readonly event?: string;
  readonly payload?: unknown;
  /** Folder with a checkout to run in; a new empty one where not said. */
  readonly workspace?: string;
}

/** Parses the runner's file of outputs: `name<<delimiter`, lines, delimiter. */
const parseOutputs = (text: string): Record<string, string> => {
  const outputs: Record<string, string> = {};
  for (const match of text.matchAll(/^([\w-]+)<<(\S+)\n([\s\S]*?)\n\2$/gm)) outputs[match[1] ?? ''] = match[3] ?? '';
  return outputs;
};

/** Runs `dist/action.js` as the runner does: inputs, event and command files by environment, in a child process. */
export const runAction = async (step: Step): Promise<StepResult> => {
  const workspace = step.workspace ?? temporaryFolder();
  const commands = join(temporaryFolder(), '.runner');
  mkdirSync(commands);
  const file = (name: string, text = ''): string => {
    writeFileSync(join(commands, name), text);
    return join(commands, name);
  };
  const inputs = Object.entries(step.inputs).map(([name, value]) => [`INPUT_${name.toUpperCase()}`, value]);
  const env = {
    PATH: process.env['PATH'] ?? '',
    HOME: workspace,
    CI: 'true',
    GITHUB_ACTIONS: 'true',
    GITHUB_EVENT_NAME: step.event ?? 'pull_request',
    GITHUB_EVENT_PATH: file('event.json', JSON.stringify(step.payload ?? {})),
    GITHUB_REPOSITORY: 'contoso/backup-access',
    GITHUB_WORKSPACE: workspace,
    GITHUB_OUTPUT: file('output'),
    GITHUB_ENV: file('env'),
    GITHUB_PATH: file('path'),
    GITHUB_STATE: file('state'),
    GITHUB_STEP_SUMMARY: file('summary.md'),
    ...Object.fromEntries(inputs),
    ...step.env,
  };
  const child = spawn(process.execPath, [resolve('dist/action.js')], {
    cwd: workspace,
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let stdout = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk: Buffer) => (stdout += chunk.toString('utf8')));
  const code = await new Promise<number>((done) => child.once('close', (status) => done(status ?? -1)));
  const read = (name: string): string => readFileSync(join(commands, name), 'utf8');
  return {
    code,
    stdout,
    outputs: parseOutputs(read('output')),
    summary: read('summary.md'),
    workspace,
    environment: read('env'),
  };
};
