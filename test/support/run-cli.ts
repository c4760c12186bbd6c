import { spawn } from 'node:child_process';
import { resolve } from 'node:path';

export interface CliResult {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs `dist/cli.js` in a child process, without the variables of whoever runs the tests. */
export const runCli = async (
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
  cwd = process.cwd(),
): Promise<CliResult> => {
  const child = spawn(process.execPath, [resolve('dist/cli.js'), ...args], {
    cwd,
    env: { PATH: process.env['PATH'] ?? '', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let stdout = '';
  let stderr = '';
  child.stdout.on('data', (chunk: Buffer) => (stdout += chunk.toString('utf8')));
  child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString('utf8')));
  const code = await new Promise<number>((done) => child.once('close', (status) => done(status ?? -1)));
  return { code, stdout, stderr };
};

export interface Served {
  /** Path of the cloud file. */
  readonly cloud: string;
  readonly stop: () => Promise<number>;
}

/** Runs `emulate` until told to stop. */
export const emulate = async (args: readonly string[]): Promise<Served> => {
  const child = spawn(process.execPath, [resolve('dist/cli.js'), 'emulate', ...args], {
    env: { PATH: process.env['PATH'] ?? '' },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const line = await new Promise<string>((done, fail) => {
    let text = '';
    child.once('exit', (code) => fail(new Error(`emulate ended with ${code}`)));
    child.stdout.on('data', (chunk: Buffer) => {
      text += chunk.toString('utf8');
      if (text.includes('\n')) done(text.split('\n')[0] ?? '');
    });
  });
  const { cloud } = JSON.parse(line) as { cloud: string };
  return {
    cloud,
    stop: () =>
      new Promise((done) => {
        child.removeAllListeners('exit');
        child.once('exit', (code) => done(code ?? -1));
        child.kill('SIGTERM');
      }),
  };
};
