import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import type { Report } from '../../src/core/report.ts';
import { renderSarif } from '../../src/report/render-sarif.ts';
import { hostileReport } from '../support/hostile.ts';
import { ruleDocs } from '../support/report-parts.ts';
import { crowded, reports } from '../support/reports.ts';

/** Checkers that are too large for a dependency: `.ci/run` puts them there. */
const tools = join(import.meta.dirname, '../../.tools/node_modules');
const multitool = join(tools, '@microsoft/sarif-multitool-linux/Sarif.Multitool');
const schema = join(tools, '@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json');
const absent = [multitool, schema, join(tools, 'ajv-draft-04')].some((path) => !existsSync(path));

/** Everything hostile but what is the program's own: its version and the ids of its rules. */
const hostile = (): Report => {
  const report = hostileReport(['[x](http://e.example)', '</details>', '::error::', '\u202e', 'ä ö/%?#', '']);
  return { ...report, version: '0.1.0', findings: report.findings.map((one) => ({ ...one, rule: 'self-escalation' })) };
};
const options = { ruleDocs, informationUri: 'https://backup-access-guard.example/' };
const logs: Readonly<Record<string, string>> = Object.fromEntries(
  Object.entries({ ...reports, hostile: hostile(), crowded: crowded(200) }).map(([name, report]) => [
    name,
    renderSarif(report, options),
  ]),
);
const whole = logs['violations'] ?? '';

describe.skipIf(absent)('SARIF as others read it (skipped where .tools/ is absent: `.ci/run` installs it)', () => {
  const folder = mkdtempSync(join(tmpdir(), 'sarif-'));
  afterAll(() => rmSync(folder, { recursive: true }));

  test('is valid by the OASIS schema', () => {
    const Ajv = createRequire(join(tools, 'ajv-draft-04/package.json'))('ajv-draft-04').default;
    const addFormats = createRequire(import.meta.url)('ajv-formats').default;
    const ajv = addFormats(new Ajv({ strict: false, unicodeRegExp: false }));
    const validate = ajv.compile(JSON.parse(readFileSync(schema, 'utf8')));
    for (const [name, log] of Object.entries(logs)) {
      validate(JSON.parse(log));
      expect(validate.errors, name).toBeNull();
    }
    expect(validate(JSON.parse(whole.replace('"startLine": 24', '"startLine": 0')))).toBe(false);
    expect(validate(JSON.parse(whole.replace('"level": "error"', '"level": "bad"')))).toBe(false);
  });

  test('passes the rules of SARIF and of GitHub, which do find a fault', () => {
    const files = { ...logs, faulty: whole.replace(/"ruleIndex": \d+/, '"ruleIndex": 99') };
    const paths = Object.entries(files).map(([name, log]) => {
      const path = join(folder, `${name}.sarif`);
      writeFileSync(path, log);
      return path;
    });
    const out = join(folder, 'complaints.json');
    // The tool ends with 0 whatever it finds: its log is what counts.
    execFileSync(multitool, [
      'validate',
      ...paths,
      '--rule-kind',
      'Sarif;Ghas',
      '--output',
      out,
      '--log',
      'ForceOverwrite',
    ]);
    const [run] = JSON.parse(readFileSync(out, 'utf8').replace(/^\ufeff/, '')).runs;
    expect(run.invocations[0].executionSuccessful).toBe(true);
    expect(run.artifacts?.length ?? paths.length).toBe(paths.length);
    const complaints = (run.results as SarifComplaint[])
      .filter(({ level = 'warning' }) => level !== 'note')
      .map(({ ruleId, message, locations: [place] }) => {
        const file = basename(place?.physicalLocation?.artifactLocation?.uri ?? '');
        return `${file} ${ruleId} ${message.arguments?.[0]}`;
      });
    expect(complaints).toEqual(['faulty.sarif SARIF1009 runs[0].results[0]']);
  });
});

interface SarifComplaint {
  readonly ruleId: string;
  readonly level?: string;
  readonly message: { readonly arguments?: readonly string[] };
  readonly locations: readonly {
    readonly physicalLocation?: { readonly artifactLocation?: { readonly uri?: string } };
  }[];
}
