import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { renderJson } from '../../src/report/render-json.ts';
import { applyReports } from '../support/apply-reports.ts';
import { hostileReport } from '../support/hostile.ts';
import { crowded, reports } from '../support/reports.ts';

const schema = join(import.meta.dirname, '../../schemas/report.v1.schema.json');

describe.skipIf(!existsSync(schema))('the JSON report (skipped where schemas/report.v1.schema.json is absent)', () => {
  const require = createRequire(import.meta.url);
  const text = existsSync(schema) ? readFileSync(schema, 'utf8') : '{}';
  const ajv = require('ajv-formats').default(
    new (require('ajv/dist/2020.js').default)({ strict: false, allErrors: true }),
  );
  const validate = ajv.compile(JSON.parse(text));

  test.each([...Object.entries({ ...reports, crowded: crowded(50) }), ...Object.entries(applyReports)])(
    'is valid by its published schema: %s',
    (_name, report) => {
      validate(JSON.parse(renderJson(report)));
      expect(validate.errors).toBeNull();
    },
  );

  test('whose refusals are real', () => {
    const content = JSON.parse(renderJson(hostileReport(['x'])));
    expect(validate({ ...content, version: 2 })).toBe(false);
    expect(validate({ ...content, findings: undefined })).toBe(false);
  });
});
