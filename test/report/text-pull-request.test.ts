import { readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { renderJson } from '../../src/report/render-json.ts';
import { renderText } from '../../src/report/render-text.ts';
import { expiredException } from '../../src/rules/expired-exception.ts';
import { privilegedAzureRole } from '../../src/rules/privileged-azure-role.ts';
import { group } from '../support/facts.ts';
import { reportOn } from '../support/three-way-case.ts';

const roles = (...names: readonly string[]): string =>
  `azureRoles: [${names.map((role) => `{ role: ${role}, scope: ${group('rg-app')} }`).join(', ')}]`;
const permissions = 'applicationPermissions: { Microsoft Graph: [Sites.Read.All] }';
const ended =
  '  exceptions: [{ rule: privileged-azure-role, subject: Owner, reason: agreed with the vendor, approvedBy: octocat, expires: 2026-10-31 }]';

/** Asks for one role more and one less; one had drifted before; a permission is nobody's; an exception had ended. */
const report = reportOn(
  {
    base: { 'backup.yaml': { access: roles('Owner', 'Reader'), more: ended } },
    head: { 'backup.yaml': { access: roles('Owner', 'Disk Backup Reader'), more: ended } },
    tenant: { 'backup.yaml': { access: `${roles('Owner', 'Reader', 'Contributor')}, ${permissions}` } },
  },
  { rules: [privilegedAzureRole, expiredException] },
);
const textOf = (width: number): string => renderText(report, { color: false, width });
const between = (text: string, from: string, to: string): string => text.slice(text.indexOf(from), text.indexOf(to));

describe('the text report on a pull request', () => {
  it('keeps apart what it does, what had drifted, what is not ours, and what is to be decided', () => {
    expect(textOf(140)).not.toContain('To fix');
    expect(between(textOf(140), 'This pull request changes', 'Needs a decision')).toBe(`This pull request changes (2)
  backup · 6f1c0f5e-0000-4000-8000-000000000001
    + asks for Azure role Disk Backup Reader on resource group rg-app
        a merge grants it · policies/backup.yaml:8
    - asks no more for Azure role Reader on resource group rg-app
        a merge revokes it · policies/backup.yaml:8

Drifted before this pull request (1)
  backup · 6f1c0f5e-0000-4000-8000-000000000001
    - Azure role Contributor on resource group rg-app
        not declared: the tenant holds it, no policy asks for it; the next merge mends it

Not ours, left alone (1)
  backup · 6f1c0f5e-0000-4000-8000-000000000001
    · application permission Sites.Read.All on Microsoft Graph

`);
  });

  it('says what only time brought, and that it does not fail', () => {
    const text = textOf(140);
    expect(text).toContain('\nNeeds a decision: 1 critical, 1 medium\n');
    expect(text).toContain('\n2 of these stood before this pull request; 2 came by time alone and do not fail it\n');
    expect(text.trimEnd().split('\n').at(-1)).toBe(
      'exit code 0, changes to make: what stands at or above medium was brought by time alone, not by this pull request',
    );
  });

  it.each([40, 80, 200])('stays within %i columns', (width) => {
    expect(
      textOf(width)
        .split('\n')
        .filter((line) => line.length > width),
    ).toEqual([]);
  });
});

describe('hostile names', () => {
  const dirt = fc.constantFrom(
    '\u001b[31m',
    '\n::error::x',
    '##[error]',
    '\r',
    '\u202e',
    '\u0000',
    '::set-output name=a::',
    'x',
  );
  const hostile = fc.array(dirt, { minLength: 1, maxLength: 6 }).map((parts) => parts.join(''));
  const soiled = (value: unknown, text: string): unknown => {
    if (Array.isArray(value)) return value.map((one: unknown) => soiled(one, text));
    if (typeof value === 'string') return `${value}${text}`;
    if (value === null || typeof value !== 'object') return value;
    const kept = [
      'kind',
      'action',
      'effect',
      'cause',
      'answer',
      'weight',
      'area',
      'step',
      'key',
      'type',
      'severity',
      'type',
    ];
    return Object.fromEntries(
      Object.entries(value).map(([key, inner]) => [key, kept.includes(key) ? (inner as unknown) : soiled(inner, text)]),
    );
  };

  it('steer neither the terminal nor the runner', () => {
    fc.assert(
      fc.property(hostile, (text) => {
        const threeWay = soiled(report.threeWay, text) as NonNullable<typeof report.threeWay>;
        const lines = renderText({ ...report, threeWay, notCompared: text }, { color: false, width: 100 }).split('\n');
        expect(lines.filter((line) => /^\s*::|##\[|[\p{Cc}\p{Cf}]/u.test(line))).toEqual([]);
        expect(lines.filter((line) => line.includes('asks for Azure role'))).toHaveLength(1);
      }),
    );
  });
});

describe('the JSON report on a pull request', () => {
  const schema = JSON.parse(readFileSync('schemas/report.v1.schema.json', 'utf8')) as object;
  const validate = new Ajv2020({ strict: false, allErrors: true }).compile(schema);
  const content = () => JSON.parse(renderJson(report)) as { pullRequest: Record<string, unknown> };

  it('is valid by its published schema', () => {
    validate(content());
    expect(validate.errors).toBeNull();
    expect(validate({ ...content(), pullRequest: { ...content().pullRequest, asked: null } })).toBe(false);
    expect(validate({ ...content(), pullRequest: { ...content().pullRequest, more: 1 } })).toBe(false);
  });

  it('says what is asked for, and what comes of it', () => {
    const { pullRequest } = content();
    const { asked, ...rest } = pullRequest as { asked: readonly Record<string, unknown>[] };
    expect(Object.keys(rest)).toEqual([
      ...['base', 'head', 'files', 'stepsBefore', 'driftBefore', 'findingsBefore', 'spared', 'cured', 'leftAlone'],
      'accessAfter',
    ]);
    expect(asked.map(({ before: _, after: __, ...fields }) => fields)).toEqual(
      [
        { action: 'add', subject: 'Disk Backup Reader', effect: 'grants', write: 'create' },
        { action: 'remove', subject: 'Reader', effect: 'revokes', write: 'delete' },
      ].map(({ write, ...one }) => ({
        ...one,
        policy: 'backup',
        kind: 'azure-role-assignment',
        identity: '6f1c0f5e-0000-4000-8000-000000000001',
        api: null,
        scope: group('rg-app'),
        file: 'policies/backup.yaml',
        line: 8,
        step: report.plan.steps.find(
          ({ change }) => change.action === write && (change.after ?? change.before)?.subject === one.subject,
        )?.id,
      })),
    );
  });

  it('has none of it where nothing is compared', () => {
    const { threeWay: _, ...rest } = report;
    expect('pullRequest' in (JSON.parse(renderJson(rest)) as object)).toBe(false);
    const told = JSON.parse(renderJson({ ...rest, notCompared: 'it is gone' })) as { notCompared: string };
    expect([told.notCompared, validate(told)]).toEqual(['it is gone', true]);
  });
});
