import { describe, expect, test } from 'vitest';
import type { Report } from '../../src/core/report.ts';
import { renderSarif } from '../../src/report/render-sarif.ts';
import { finding, ruleDocs } from '../support/report-parts.ts';
import { clean, crowded, incomplete, invalid, offline, violations } from '../support/reports.ts';

const runOf = (report: Report) => JSON.parse(renderSarif(report, { ruleDocs })).runs[0];

describe('results', () => {
  const { results, tool } = runOf(violations);

  test('are what stands or was accepted, worst first; what the plan cures is left out', () => {
    expect(
      results.map((result: { ruleId: string; level: string; suppressions?: unknown }) => [
        result.ruleId,
        result.level,
        result.suppressions !== undefined,
      ]),
    ).toEqual([
      ['self-escalation', 'error', false],
      ['long-lived-secret', 'error', false],
      ['privileged-azure-role', 'error', false],
      ['privileged-azure-role', 'error', true],
      ['privileged-azure-role', 'warning', false],
    ]);
  });

  test('point at the lines of policies, and at their rules', () => {
    for (const result of results) expect(tool.driver.rules[result.ruleIndex].id).toBe(result.ruleId);
    expect(results[0].locations).toEqual([
      {
        physicalLocation: {
          artifactLocation: { uri: 'policies/hubstor.yaml', uriBaseId: '%SRCROOT%' },
          region: { startLine: 24, startColumn: 9, endLine: 24, endColumn: 33 },
        },
      },
    ]);
    expect(results[0].partialFingerprints).toEqual({ 'backupAccessGuard/v1': '0c93aa17e2' });
  });

  test('carry the exception that accepts them', () => {
    expect(results[3].suppressions).toMatchObject([
      {
        kind: 'external',
        status: 'accepted',
        justification:
          'keys are rotated each night until the vendor supports Entra sign-in (approved by security@contoso.example, until 2027-01-31)',
      },
    ]);
  });

  test('that no plan makes real are notes', () => {
    expect(runOf(offline).results.map((result: { level: string }) => result.level)).toEqual(['error', 'note']);
  });
});

test('every rule is told of, also one that no document knows', () => {
  const { tool } = runOf({ ...clean, findings: [finding({ rule: 'a-new-rule', severity: 'low' })] });
  expect(
    tool.driver.rules.map((rule: { id: string; properties: Record<string, string> }) => [
      rule.id,
      rule.properties['security-severity'],
    ]),
  ).toEqual([
    ['a-new-rule', '2.0'],
    ['delegated-grant-on-daemon', '5.5'],
    ['long-lived-secret', '8.0'],
    ['privileged-azure-role', '8.0'],
    ['self-escalation', '9.5'],
  ]);
});

test.each([
  ['clean', clean, true, []],
  ['violations', violations, true, []],
  [
    'incomplete',
    incomplete,
    false,
    [
      'Not read: application permissions of hubstor-prod: the reader lacks a permission; needs Application.Read.All.',
      'Not read: Azure roles of disks-prod: the API asked to wait for longer than this run may; needs a run at a quieter hour.',
      'The rule delegated-grant-on-daemon broke: what it would have said is unknown.',
    ],
  ],
  [
    'invalid',
    invalid,
    false,
    [
      '`appId` has 35 characters, a GUID has 36 (bad-id).',
      '`aplicationPermissions` is not a key of `access`; did you mean `applicationPermissions`? (unknown-key).',
      '`Mail.Raed` is not an application permission of `Microsoft Graph`; did you mean `Mail.Read`? (unknown-permission).',
    ],
  ],
  ['offline', offline, true, ['The tenant was not read: only what the policies ask for was judged.']],
])('a partial run can be told from a whole one: %s', (_name, report, successful, notifications) => {
  const [invocation] = runOf(report).invocations;
  expect(invocation.executionSuccessful).toBe(successful);
  expect(invocation.exitCode).toBe(report.exitCode);
  expect(invocation.toolExecutionNotifications.map((one: { message: { text: string } }) => one.message.text)).toEqual(
    notifications,
  );
});

test('at most 5,000 results, the mildest left out, and it says so', () => {
  const { results, invocations } = runOf(crowded(5003));
  expect(results).toHaveLength(5000);
  expect(results.at(-1).level).toBe('note');
  expect(
    invocations[0].toolExecutionNotifications.map((one: { message: { text: string } }) => one.message.text),
  ).toEqual(['3 results left out, the mildest, of 5003: all are in the JSON report.']);
  expect(runOf(crowded(5000)).invocations[0].toolExecutionNotifications).toEqual([]);
});
