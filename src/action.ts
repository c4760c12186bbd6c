import './keep-small.ts';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as core from '@actions/core';
import { parseAction, signInByOidc } from './action-inputs.ts';
import { readCloud } from './adapters/cloud.ts';
import type { ActionApply } from './apply-in-action.ts';
import type { ApplyOutcome } from './apply-report.ts';
import { fails } from './core/exit-code.ts';
import type { Published } from './core/published.ts';
import type { Report } from './core/report.ts';
import { describeError } from './describe-error.ts';
import { type ChangeUnderReview, type RepositoryOfRun, readChange, readRepository } from './github-run.ts';
import { checkoutOf, openBase } from './open-base.ts';
import type { CheckOptions } from './options.ts';
import { type PublishSettings, parsePublishInputs } from './publish-inputs.ts';
import { publishReport } from './publish-report.ts';
import { renderReport } from './render-outputs.ts';
import { groupFindings } from './report/group-findings.ts';
import { renderAnnotations } from './report/render-annotations.ts';
import { isComplete, tellExit } from './report/tell-outcome.ts';
import { tellPublished } from './report/tell-published.ts';
import { runCheck } from './run-check.ts';
import { runScan } from './run-scan.ts';

const say = { error: core.error, warning: core.warning, notice: core.notice, info: core.info } as const;
const screen = { color: false, width: 100 };

const annotate = (report: Report): void => {
  for (const { level, title, message, file, line, endLine, column, endColumn } of renderAnnotations(report)) {
    // GitHub takes columns only where an annotation stays on one line.
    const columns = line === endLine ? { startColumn: column, endColumn } : {};
    say[level](message, { title, ...(file === null ? {} : { file, startLine: line, endLine, ...columns }) });
  }
};

/** Writes the reports, one file a format, and returns their paths. */
const writeReports = async (report: Report, folder: string) => {
  await mkdir(folder, { recursive: true });
  const write = async (format: 'json' | 'markdown' | 'sarif', name: string): Promise<string> => {
    const file = join(folder, name);
    await writeFile(file, renderReport(report, format, screen));
    return file;
  };
  return {
    json: await write('json', 'report.json'),
    markdown: await write('markdown', 'report.md'),
    sarif: await write('sarif', 'report.sarif'),
  };
};

/** Was the tenant wholly read and all of it judged? Code scanning closes alerts of which an upload is silent. */
const isWhole = (report: Report): boolean =>
  report.tenant !== null && isComplete(report) && report.diagnostics.length === 0;

const setOutputs = (report: Report, files: { json: string; markdown: string; sarif: string }): void => {
  const failOn = report.failOn as Parameters<typeof fails>[1];
  core.setOutput('conclusion', report.conclusion);
  core.setOutput('findings', report.findings.length);
  const spared = new Set(report.threeWay?.spared ?? []);
  const failing = report.findings.filter((finding) => fails(finding, failOn) && !spared.has(finding.fingerprint));
  core.setOutput('violations', failing.length);
  core.setOutput('drift', report.drift.length);
  core.setOutput(
    'coverage',
    report.tenant !== null && report.coverage.every(({ state }) => state === 'complete') ? 'complete' : 'gap',
  );
  core.setOutput('plan-digest', report.plan.digest);
  core.setOutput('report-json', files.json);
  core.setOutput('sarif-file', isWhole(report) ? files.sarif : '');
  core.setOutput('markdown-file', files.markdown);
};

/** A payload that makes no sense leaves the pull request unknown, and the policies judged. */
const knownChange = async (): Promise<ChangeUnderReview | null> => {
  try {
    return await readChange(process.env);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    core.warning(`what this run is about is not known, so nothing is compared or said on GitHub: ${why}`);
    return null;
  }
};

const pause = (milliseconds: number): Promise<void> => new Promise((done) => setTimeout(done, milliseconds));

/** Modes that write, with the signals by which a runner ends a job: the step that runs is finished, and no other begun. */
const applyWhereMeant = async (
  input: Omit<ActionApply, 'stopped' | 'environment' | 'pause'>,
): Promise<ApplyOutcome | null> => {
  if (input.action.mode !== 'apply' && input.action.mode !== 'remediate') return null;
  const [{ applyInAction }, { stopOnSignals }] = await Promise.all([
    import('./apply-in-action.ts'),
    import('./stop-on-signals.ts'),
  ]);
  return applyInAction({ ...input, stopped: stopOnSignals(process), environment: process.env, pause });
};

interface Telling {
  readonly repository: RepositoryOfRun | null;
  readonly change: ChangeUnderReview | null;
  readonly root: string;
  readonly settings: PublishSettings;
  readonly options: CheckOptions;
}

const tellGitHub = async (report: Report, telling: Telling): Promise<Published | null> => {
  const { repository, change, root, settings, options } = telling;
  if (repository === null) return null;
  if (report.apply !== undefined)
    return (await import('./publish-apply.ts')).publishApply(report, repository, settings, root);
  return change === null ? null : publishReport(report, { ...repository, ...change, root }, settings, options);
};

const main = async (): Promise<number> => {
  const input = (name: string): string => core.getInput(name);
  const action = parseAction(input, process.env, new Date());
  const settings = parsePublishInputs(input);
  if (action.offline !== null)
    core.notice(`the tenant was not looked at, only what the policies ask for: ${action.offline}`);
  const signIn = signInByOidc(
    action,
    (audience) => core.getIDToken(audience),
    // The same cloud as the run's: each has its own audience.
    async (tenant) => (await readCloud(action.options.cloud ?? tenant?.cloud ?? 'public')).audience,
  );
  const progress = (what: string): void => core.info(`${what} …`);
  const change = action.mode === 'check' ? await knownChange() : null;
  const repository = readRepository(process.env, settings.token);
  const root = checkoutOf(action.options.policies, process.env['GITHUB_WORKSPACE'] ?? '.');
  const applied = await applyWhereMeant({ action, repository, settings, root, signIn, progress });
  const base = change === null ? {} : { base: await openBase(change, root, repository?.access ?? null) };
  const run = action.mode === 'scan' ? runScan : runCheck;
  const report = applied?.report ?? (await run(action.options, { signIn, progress, ...base }));
  if (applied !== null) await (await import('./write-apply-files.ts')).writeApplyFiles(applied, action.reportDir);
  const files = await writeReports(report, action.reportDir);
  setOutputs(report, files);
  core.info(renderReport(report, 'text', screen));
  const published = await tellGitHub(report, { repository, change, root, settings, options: action.options });
  const told = published === null ? null : tellPublished(published, change?.onlyReads === true);
  // The check run has all of them on the same lines: twice would be noise.
  if (published?.checkRun == null) annotate(report);
  for (const { level, text } of told?.lines ?? []) say[level](text);
  if ((process.env['GITHUB_STEP_SUMMARY'] ?? '') !== '')
    await core.summary
      .addRaw(renderReport(report, 'markdown', screen))
      .addRaw(told === null || told.markdown === '' ? '' : `\n${told.markdown}`)
      .write();
  if (report.exitCode !== 0) core.setFailed(tellExit(report, groupFindings(report.findings)));
  return report.exitCode;
};

await main().then(
  (code) => {
    process.exitCode = code;
  },
  (error: unknown) => {
    const { text, code } = describeError(error);
    core.setFailed(text.trim());
    process.exitCode = code;
  },
);
