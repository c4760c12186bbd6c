import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Fact } from '../../src/core/fact.ts';
import { projectFact } from '../../src/report/project-fact.ts';
import { renderJson } from '../../src/report/render-json.ts';
import { azureRole } from '../support/report-parts.ts';
import { clean, invalid, violations } from '../support/reports.ts';

test('keys are those of the schema, always in one order', () => {
  const report = JSON.parse(renderJson({ ...violations, diagnostics: invalid.diagnostics }));
  expect(Object.keys(report).join(' ')).toBe(
    'version mode tenant source asOf failOn exitCode conclusion policies coverage diagnostics findings drift plan verdicts effectiveAccess reader requests',
  );
  expect(Object.keys(report.findings[0]).join(' ')).toBe(
    'fingerprint rule severity confidence identity subject api scope policy file line column endLine endColumn message help evidence side curedByPlan stands fix exception',
  );
  expect(Object.keys(report.diagnostics[0]).join(' ')).toBe(
    'code message help subject policy file line column endLine endColumn',
  );
  expect(Object.keys(report.drift[0]).join(' ')).toBe(
    'action cause kind identity subject api scope policy before after',
  );
  expect(Object.keys(report.plan.steps[0]).join(' ')).toBe(
    'id needs request action cause kind identity subject api scope policy before after',
  );
  expect(Object.keys(report.coverage[0]).join(' ')).toBe('kind subject state reason needs detail');
});

test('the order of what came in does not matter, but that of the plan', () => {
  const { findings, drift, coverage, verdicts, policies } = violations;
  const shuffled = fc.tuple(
    ...[findings, drift, coverage, verdicts, policies].map((rows) =>
      fc.shuffledSubarray([...rows] as unknown[], { minLength: rows.length, maxLength: rows.length }),
    ),
  );
  fc.assert(
    fc.property(shuffled, ([a, b, c, d, e]) => {
      const report = {
        ...violations,
        findings: a,
        drift: b,
        coverage: c,
        verdicts: d,
        policies: e,
      } as typeof violations;
      expect(renderJson(report)).toBe(renderJson(violations));
    }),
    { numRuns: 50 },
  );
  const steps = [...violations.plan.steps].reverse();
  expect(renderJson({ ...violations, plan: { ...violations.plan, steps } })).not.toBe(renderJson(violations));
});

test('a fact leaves by an allow-list: nothing else of the tenant goes with it', () => {
  const fact = { ...azureRole('Reader', 'rg-app'), notes: 'the password is hunter2', hint: 'hun' } as Fact;
  expect(JSON.stringify(projectFact(fact))).not.toMatch(/hun/);
  expect(Object.keys(projectFact(fact)).join(' ')).toBe(
    'kind key identity subject role roleType scope condition assignmentId principal orphaned created purpose',
  );
});

test('ends with one line end, indented by two', () => {
  expect(renderJson(clean)).toMatch(/^\{\n {2}"version": 1,\n[\s\S]*\}\n$/);
});
