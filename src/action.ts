import './keep-small.ts';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as core from '@actions/core';
import { parseAction, signInByOidc } from './action-inputs.ts';
import { readCloud } from './adapters/cloud.ts';
import { fails } from './core/exit-code.ts';
import type { Report } from './core/report.ts';
import { describeError } from './describe-error.ts';
import { renderReport } from './render-outputs.ts';
import { groupFindings } from './report/group-findings.ts';
import { renderAnnotations } from './report/render-annotations.ts';
import { tellExit } from './report/tell-outcome.ts';
import { runCheck } from './run-check.ts';
import { runScan } from './run-scan.ts';

const say = { error: core.error, warning: core.warning, notice: core.notice } as const;
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

const setOutputs = (report: Report, files: { json: string; markdown: string; sarif: string }): void => {
  const failOn = report.failOn as Parameters<typeof fails>[1];
  core.setOutput('conclusion', report.conclusion);
  core.setOutput('findings', report.findings.length);
  core.setOutput('violations', report.findings.filter((finding) => fails(finding, failOn)).length);
  core.setOutput('drift', report.drift.length);
  core.setOutput(
    'coverage',
    report.tenant !== null && report.coverage.every(({ state }) => state === 'complete') ? 'complete' : 'gap',
  );
  core.setOutput('plan-digest', report.plan.digest);
  core.setOutput('report-json', files.json);
  core.setOutput('sarif-file', files.sarif);
  core.setOutput('markdown-file', files.markdown);
};

const main = async (): Promise<number> => {
  const action = parseAction((name) => core.getInput(name), process.env, new Date());
  if (action.offline !== null)
    core.notice(`the tenant was not looked at, only what the policies ask for: ${action.offline}`);
  const signIn = signInByOidc(
    action,
    (audience) => core.getIDToken(audience),
    // The same cloud as the run's: each has its own audience.
    async (tenant) => (await readCloud(action.options.cloud ?? tenant?.cloud ?? 'public')).audience,
  );
  const run = action.mode === 'scan' ? runScan : runCheck;
  const report = await run(action.options, { signIn, progress: (what) => core.info(`${what} …`) });
  const files = await writeReports(report, action.reportDir);
  core.info(renderReport(report, 'text', screen));
  annotate(report);
  if ((process.env['GITHUB_STEP_SUMMARY'] ?? '') !== '')
    await core.summary.addRaw(renderReport(report, 'markdown', screen)).write();
  setOutputs(report, files);
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
