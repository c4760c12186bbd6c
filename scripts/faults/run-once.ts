import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { sha256 } from '../../src/adapters/hash.ts';
import { diedAtOnce, readJournal } from '../../src/app/read-journal.ts';
import { verifyJournal } from '../../src/app/verify-journal.ts';
import type { PlanFile } from '../../src/core/plan-file.ts';
import type { FaultScript } from '../../src/emulator/faults.ts';
import { startEmulator } from '../../src/emulator/start-emulator.ts';
import { writeCloudFile } from '../../src/emulator/write-cloud-file.ts';
import { knownToEmulator } from '../../src/known-to-emulator.ts';
import { differences, type Expectations } from './expectations.ts';
import type { Truth } from './holdings.ts';
import { type Mishap, type Passed, type Wrongs, watchTenant } from './onlooker.ts';
import { readTruth } from './read-truth.ts';
import { configuration, policies, tenant, writer } from './story.ts';

/** Moment of a file write at which the program kills itself. */
export interface FileMoment {
  readonly index: number;
  readonly how: 'before' | 'half' | 'after';
}

/** One run with one fault. */
export interface Trial {
  /** Row of the table. */
  readonly fault: string;
  /** Where it strikes, for people. */
  readonly at: string;
  readonly script?: FaultScript;
  readonly lag?: number;
  /** Made for the child that is under way. */
  readonly mishap?: (kill: () => Promise<void>) => Mishap;
  readonly file?: FileMoment;
  /** The second run may not see yet what the first did: it may ask again, and nothing must come of it. */
  readonly mayAskAgain?: boolean;
}

/** What became of it. */
export interface Verdict extends Wrongs {
  readonly trial: Trial;
  readonly struck: boolean;
  /** Why it did not end in the reference state; empty where it did. */
  readonly reference: readonly string[];
  readonly journals: readonly string[];
  readonly passed: readonly Passed[];
  /** What the first run wrote to files. */
  readonly files: readonly string[];
}

/** What all trials share. */
export interface Stage {
  readonly start: Truth;
  readonly plan: PlanFile;
  readonly planText: string;
  readonly expected: Expectations;
}

const preload = (name: string): readonly string[] => ['--import', resolve('scripts/faults', name)];
const program = resolve('dist/cli.js');
const known = knownToEmulator();
/** Done, not wholly read, part way, refused, killed. */
const goodEnds: ReadonlySet<number | null> = new Set([0, 3, 4, 5, null]);

const environment = (more: Readonly<Record<string, string>> = {}) => ({
  PATH: process.env['PATH'] ?? '',
  AZURE_TENANT_ID: tenant.tenantId,
  AZURE_CLIENT_ID: writer.appId,
  AZURE_CLIENT_SECRET: writer.secret,
  ...more,
});

/** A folder with policies and configuration, as a repository has them. */
const makeFolder = (): string => {
  const folder = mkdtempSync(join(tmpdir(), 'backup-access-faults-'));
  mkdirSync(join(folder, 'policies'));
  mkdirSync(join(folder, 'journals'));
  for (const [name, text] of Object.entries(policies)) writeFileSync(join(folder, 'policies', name), text);
  writeFileSync(join(folder, 'backup-access.yaml'), configuration);
  return folder;
};

const common = (command: string): readonly string[] => [
  program,
  command,
  ...['--policies', 'policies', '--config', 'backup-access.yaml', '--cloud', 'cloud.json', '--fail-on', 'never'],
];

const applying = ({ digest }: PlanFile, plan = 'plan.json'): readonly string[] => [
  ...common('apply'),
  ...['--plan', plan, '--approved', digest, '--journals', 'journals', '--format', 'json', '--output', 'report.json'],
];

interface Ended {
  readonly code: number | null;
  readonly said: string;
}

/** Runs the built program; `began` gets the process. */
const run = async (
  folder: string,
  args: readonly string[],
  env = environment(),
  began: (child: ChildProcess) => void = () => undefined,
): Promise<Ended> => {
  const child = spawn(process.execPath, args, { cwd: folder, env, stdio: ['ignore', 'pipe', 'pipe'] });
  began(child);
  let said = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (part: Buffer) => (said += part.toString('utf8')));
  const [code] = (await once(child, 'close')) as [number | null];
  return { code, said };
};

/** What the program plans in a tenant where nothing has happened yet. */
export const setStage = async (expect: (plan: PlanFile, start: Truth) => Expectations): Promise<Stage> => {
  const folder = makeFolder();
  const emulator = await startEmulator({ tenant, ...known });
  writeCloudFile(emulator, folder);
  const start = await readTruth(join(folder, 'cloud.json'));
  const { code, said } = await run(folder, [...common('plan'), '--out', 'plan.json']);
  await emulator.close();
  if (code !== 0) throw new Error(`no plan was made, exit code ${code}: ${said}`);
  const planText = readFileSync(join(folder, 'plan.json'), 'utf8');
  rmSync(folder, { recursive: true });
  const plan = JSON.parse(planText) as PlanFile;
  return { start, plan, planText, expected: expect(plan, start) };
};

/** What can't be so in the journals of a folder. */
const faultsOfJournals = (folder: string, plans: readonly PlanFile[]): readonly string[] =>
  readdirSync(folder)
    .filter((name) => name.endsWith('.jsonl'))
    .flatMap((name) => {
      const text = readFileSync(join(folder, name), 'utf8');
      if (diedAtOnce(text)) return [];
      const read = readJournal(text, sha256);
      if (!read.ok) return [`${name}: ${read.error}`];
      const { lines } = read.value;
      const entry = lines[0]?.entry;
      const digest = entry?.type === 'begin' ? entry.digest : null;
      // A second run has a smaller plan of its own, whose steps were approved with the first.
      const plan = plans.find((one) => one.digest === digest) ?? null;
      return verifyJournal(lines, plan, sha256).map((fault) => `${name}: ${fault}`);
    });

/** Runs the program again; where it is refused, with a plan of now, which may hold nothing that wasn't approved. */
const runAgain = async (
  folder: string,
  { plan }: Stage,
  plans: PlanFile[],
  wrongs: Wrongs,
): Promise<readonly string[]> => {
  const again = await run(folder, [...preload('fast-clock.mjs'), ...applying(plan)]);
  if (again.code === 0) return [];
  if (again.code !== 5) return [`the second run ended with ${again.code}: ${again.said}`];
  const made = await run(folder, [...common('plan'), '--out', 'again.json']);
  if (made.code !== 0) return [`no second plan was made, exit code ${made.code}: ${made.said}`];
  const second = JSON.parse(readFileSync(join(folder, 'again.json'), 'utf8')) as PlanFile;
  plans.push(second);
  const approved = new Set(plan.steps.map(({ id }) => id));
  for (const { id } of second.steps) if (!approved.has(id)) wrongs.outside.push(`the second plan holds ${id}`);
  const { code, said } = await run(folder, [...preload('fast-clock.mjs'), ...applying(second, 'again.json')]);
  return code === 0 ? [] : [`the run of the second plan ended with ${code}: ${said}`];
};

/** What the tenant holds once all its readers see the same. */
const settledTruth = async (cloud: string, lag: number) => {
  for (let round = 0; round < lag; round += 1) await readTruth(cloud);
  return readTruth(cloud);
};

/** Runs the program with a fault, and again without; judges all that came to the tenant's door. */
export const runOnce = async (trial: Trial, stage: Stage): Promise<Verdict> => {
  const { script = [], lag = 0, file, mayAskAgain = false } = trial;
  const folder = makeFolder();
  const journals = join(folder, 'journals');
  const learnt = join(folder, 'files.txt');
  writeFileSync(join(folder, 'plan.json'), stage.planText);
  const truth: Truth = { held: new Map(stage.start.held), ids: new Map(stage.start.ids) };
  let child: ChildProcess | null = null;
  const kill = async (): Promise<void> => {
    if (child === null || child.exitCode !== null || child.signalCode !== null) return;
    const gone = once(child, 'exit');
    child.kill('SIGKILL');
    await gone;
  };
  const watched = watchTenant(truth, stage.expected, journals, { mishap: trial.mishap?.(kill) ?? null, mayAskAgain });
  const emulator = await startEmulator({
    tenant,
    ...known,
    faults: script,
    replicationLag: lag,
    onlooker: watched.onlooker,
  });
  const cloud = writeCloudFile(emulator, folder);
  try {
    const moment: Readonly<Record<string, string>> =
      file === undefined ? {} : { FAULTS_KILL: `${file.index} ${file.how}` };
    const preloads = [...preload('fast-clock.mjs'), ...preload('kill-at-file.mjs')];
    const first = await run(
      folder,
      [...preloads, ...applying(stage.plan)],
      environment({ FAULTS_LEARN: learnt, ...moment }),
      (process) => (child = process),
    );
    const passed = [...watched.passed];
    // Replicas are behind in all that is read.
    const struck = file === undefined ? watched.struck() || trial.mishap === undefined : first.code === null;
    const ended = goodEnds.has(first.code) ? [] : [`the first run ended with ${first.code}: ${first.said}`];
    const plans = [stage.plan];
    const again = await runAgain(folder, stage, plans, watched.wrongs);
    const stands = await settledTruth(cloud, lag);
    return {
      trial,
      struck,
      passed,
      ...watched.wrongs,
      second: [...watched.wrongs.second, ...stands.twice.map((key) => `${key} is held twice`)],
      reference: [...ended, ...again, ...differences(stands.held, stage.expected.reference)],
      journals: [
        ...faultsOfJournals(journals, plans),
        ...differences(truth.held, stands.held).map((one) => `harness: ${one}`),
      ],
      files: existsSync(learnt) ? readFileSync(learnt, 'utf8').trimEnd().split('\n') : [],
    };
  } finally {
    await emulator.close();
    rmSync(folder, { recursive: true, force: true });
  }
};
