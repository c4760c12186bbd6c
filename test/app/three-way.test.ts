import { describe, expect, it } from 'vitest';
import type { Diagnostic } from '../../src/core/diagnostic.ts';
import { rulesOfTime } from '../../src/core/passing-time.ts';
import type { Rule } from '../../src/core/rule.ts';
import type { ThreeWay } from '../../src/core/three-way.ts';
import { expiredException } from '../../src/rules/expired-exception.ts';
import { rules } from '../../src/rules/index.ts';
import { privilegedAzureRole } from '../../src/rules/privileged-azure-role.ts';
import { reviewOverdue } from '../../src/rules/review-overdue.ts';
import { group, otherApp } from '../support/facts.ts';
import { type Files, type PullRequest, reportOn, type Said } from '../support/three-way-case.ts';

const app = group('rg-app');
const roles = (...names: readonly string[]): string =>
  `azureRoles: [${names.map((role) => `{ role: ${role}, scope: ${app} }`).join(', ')}]`;
const permissions = (...names: readonly string[]): string =>
  `applicationPermissions: { Microsoft Graph: [${names.join(', ')}] }`;
const scopes = (...names: readonly string[]): string =>
  `delegatedPermissions: { Microsoft Graph: [${names.join(', ')}] }`;
const conditional = (condition: string): string =>
  `azureRoles: [{ role: Reader, scope: ${app}, condition: "${condition}" }]`;
const file = (access: string | null, more: Said = {}): Files => ({ 'backup.yaml': { access, ...more } });
const accepted = (until: string): string =>
  `  exceptions: [{ rule: privileged-azure-role, subject: Owner, reason: agreed with the vendor, approvedBy: octocat, expires: ${until} }]`;
const threeWayOf = (pullRequest: PullRequest): ThreeWay => {
  const { threeWay } = reportOn(pullRequest);
  if (threeWay === undefined) throw new Error('nothing was compared');
  return threeWay;
};
const none = roles();
/** All that the protected workload needs. */
const needed = roles('Reader', 'Disk Backup Reader', 'Disk Snapshot Contributor');
describe('what was so before', () => {
  const drifted = {
    base: file(roles('Reader')),
    head: file(roles('Reader', 'Backup Operator')),
    tenant: file(roles('Backup Reader')),
  };

  it('drift stays drift of before, and its steps too', () => {
    const report = reportOn(drifted);
    const { driftBefore, stepsBefore } = threeWayOf(drifted);
    expect(driftBefore.map((key) => key.split(' ').slice(0, 2).join(' ')).toSorted()).toEqual([
      'backup create',
      'backup delete',
    ]);
    expect(
      report.plan.steps.filter(({ id }) => !stepsBefore.includes(id)).map(({ change }) => change.after?.subject),
    ).toEqual(['Backup Operator']);
    expect(report.plan.steps.filter(({ id }) => stepsBefore.includes(id))).toHaveLength(2);
  });

  it('drift is told by the name that the policy has now', () => {
    const { driftBefore } = threeWayOf({ ...drifted, head: file(roles('Reader'), { name: 'renamed' }) });
    expect(driftBefore.map((key) => key.split(' ')[0])).toEqual(['renamed', 'renamed']);
  });

  it('drift that the pull request makes is not', () => {
    const made = { base: file(roles('Reader')), head: file(none), tenant: file(roles('Reader')) };
    expect(threeWayOf(made)).toMatchObject({ driftBefore: [], stepsBefore: [] });
  });

  it('steps that a stronger enforcement lets happen are not of before', () => {
    const weak = file(roles('Reader'), { enforcement: 'report' });
    const { driftBefore, stepsBefore } = threeWayOf({
      base: weak,
      head: file(roles('Reader')),
      tenant: file(roles('Owner')),
    });
    expect([driftBefore.length, stepsBefore]).toEqual([2, []]);
  });

  it('nothing was, where the policy is new', () => {
    expect(threeWayOf({ ...drifted, base: {} })).toMatchObject({
      driftBefore: [],
      stepsBefore: [],
      findingsBefore: [],
      cured: [],
    });
  });

  it('nothing is lost where nothing was changed', () => {
    const report = reportOn({ ...drifted, head: drifted.base }, { rules });
    const { threeWay } = report;
    expect(threeWay?.stepsBefore).toEqual(report.plan.steps.map(({ id }) => id));
    expect(threeWay?.driftBefore).toHaveLength(report.drift.length);
    expect(threeWay?.findingsBefore).toEqual(
      report.findings.filter(({ stands }) => stands).map(({ fingerprint }) => fingerprint),
    );
    expect(threeWay).toMatchObject({ asked: [], cured: [] });
  });
});

describe('what is cured', () => {
  const owner = file(roles('Owner'));
  const wide = (pullRequest: PullRequest) => {
    const { threeWay } = reportOn(pullRequest, { rules: [privilegedAzureRole] });
    return [threeWay?.cured.map(({ subject }) => subject), threeWay?.findingsBefore.length];
  };
  it.each([
    { name: 'by revoking', head: file(needed), tenant: owner, is: [['Owner'], 0] },
    { name: 'not where backups need it', head: file(roles('Reader')), tenant: owner, is: [[], 1] },
    { name: 'by asking no more, where it is not held', head: file(roles('Reader')), tenant: null, is: [['Owner'], 0] },
    { name: 'not while it stays', head: owner, tenant: owner, is: [[], 1] },
    {
      name: 'not where nothing is revoked',
      head: file(roles('Reader'), { enforcement: 'additive' as const }),
      tenant: owner,
      is: [[], 1],
    },
    {
      name: 'not by an exception',
      head: file(roles('Owner'), { more: accepted('2027-01-31') }),
      tenant: owner,
      is: [[], 1],
    },
    { name: 'not by deleting the file', head: {}, tenant: owner, is: [[], 0] },
  ])('$name', ({ head, tenant, is }) => {
    expect(wide({ base: owner, head, tenant })).toEqual(is);
  });

  it('nothing, where the file of the head has mistakes', () => {
    const mistake: Diagnostic = {
      code: 'unknown-key',
      message: 'x',
      help: null,
      place: { file: 'policies/backup.yaml', line: 1, column: 1, endLine: 1, endColumn: 1 },
      source: '',
      subject: null,
      policy: null,
    };
    const report = reportOn(
      { base: owner, head: { 'other.yaml': { name: 'other', access: none } }, tenant: owner },
      { rules: [privilegedAzureRole], diagnostics: [mistake] },
    );
    expect(report).toMatchObject({ exitCode: 2, threeWay: { cured: [], asked: [] } });
  });
});

describe('what only time brought', () => {
  const overdue = { reviewBy: '2026-11-01' };
  const ask = (pullRequest: PullRequest, all = [privilegedAzureRole, reviewOverdue, expiredException]) => {
    const report = reportOn(pullRequest, { rules: all, failOn: 'low' });
    const spared = new Set(report.threeWay?.spared);
    const told = report.findings.map(({ rule, fingerprint }) => `${rule}${spared.has(fingerprint) ? ' (spared)' : ''}`);
    return [told.toSorted(), report.exitCode, report.conclusion];
  };
  const ended = accepted('2026-10-31');

  it.each([
    {
      name: 'an overdue review is told, and fails nobody',
      base: file(roles('Reader'), overdue),
      head: file(roles('Reader', 'Disk Backup Reader'), overdue),
      is: [['review-overdue (spared)'], 0, 'changes'],
    },
    {
      name: 'one that the pull request writes fails',
      base: file(roles('Reader')),
      head: file(roles('Reader'), overdue),
      is: [['review-overdue'], 1, 'violations'],
    },
    {
      name: 'one in a new policy fails',
      base: {},
      head: file(roles('Reader'), overdue),
      is: [['review-overdue'], 1, 'violations'],
    },
    {
      name: 'an exception that ended, with what it had accepted',
      base: file(roles('Owner'), { more: ended }),
      head: file(roles('Owner', 'Reader'), { more: ended }),
      is: [['expired-exception (spared)', 'privileged-azure-role (spared)'], 0, 'changes'],
    },
    {
      name: 'the exception taken out, and what it had accepted left',
      base: file(roles('Owner'), { more: ended }),
      head: file(roles('Owner')),
      is: [['privileged-azure-role (spared)'], 0, 'clean'],
    },
    {
      name: 'an exception that the pull request ends fails with what it accepted',
      base: file(roles('Owner'), { more: accepted('2027-01-31') }),
      head: file(roles('Owner'), { more: ended }),
      is: [['expired-exception', 'privileged-azure-role'], 1, 'violations'],
    },
    {
      name: 'a role that nobody accepted fails, though it stood before',
      base: file(roles('Owner')),
      head: file(roles('Owner', 'Reader')),
      is: [['privileged-azure-role'], 1, 'violations'],
    },
    {
      name: 'a role that the pull request touches fails, whatever ended',
      base: file(conditional('a').replace('Reader', 'Owner'), { more: ended }),
      head: file(conditional('b').replace('Reader', 'Owner'), { more: ended }),
      is: [['expired-exception (spared)', 'privileged-azure-role'], 1, 'violations'],
    },
  ])('$name', ({ base, head, is }) => {
    expect(ask({ base, head, tenant: base })).toEqual(is);
  });

  it('fails where nothing is compared, as in a scheduled run', () => {
    const alone = {
      base: file(roles('Reader'), overdue),
      head: file(roles('Reader'), overdue),
      tenant: file(roles('Reader')),
    };
    const { base: _, ...rest } = alone;
    expect(reportOn({ ...rest, base: null }, { rules: [reviewOverdue], failOn: 'low' })).toMatchObject({ exitCode: 1 });
    expect(reportOn(alone, { rules: [reviewOverdue], failOn: 'low' })).toMatchObject({ exitCode: 0 });
  });

  it('is a closed list of rules that there are', () => {
    const known = new Set(rules.map(({ id }) => id));
    expect([...rulesOfTime].filter((id) => !known.has(id))).toEqual([]);
  });
});

describe('what is left alone', () => {
  const alone = (pullRequest: PullRequest) =>
    threeWayOf(pullRequest).leftAlone.map(({ policy, fact }) => `${policy}: ${fact.subject}`);
  const holding = `${roles('Owner')}, ${permissions('Sites.Read.All')}`;
  it.each([
    {
      name: 'planes that no policy manages',
      head: file(scopes()),
      tenant: file(holding),
      is: ['backup: Sites.Read.All', 'backup: Owner'],
    },
    { name: 'not those that one manages', head: file(none), tenant: file(holding), is: ['backup: Sites.Read.All'] },
    {
      name: 'not those that another policy on the app manages',
      head: { ...file(scopes()), 'b.yaml': { name: 'b', access: permissions() } },
      tenant: file(holding),
      is: ['backup: Owner'],
    },
    {
      name: 'nothing of identities that no policy names',
      head: file(scopes(), { app: otherApp }),
      tenant: file(holding),
      is: [],
    },
    { name: 'nothing where no tenant is seen', head: file(scopes()), tenant: null, is: [] },
  ])('$name', ({ head, tenant, is }) => {
    expect(alone({ base: head, head, tenant })).toEqual(is);
  });
});

describe('access after the merge', () => {
  const can = (pullRequest: PullRequest) =>
    threeWayOf(pullRequest).accessAfter.flatMap(({ reaches }) =>
      reaches.filter(({ answer }) => answer === 'yes').flatMap(({ by }) => by.map(({ subject }) => subject)),
    );
  it('is by what the plan leaves and grants', () => {
    const found = can({ base: file(roles('Owner')), head: file(roles('Contributor')), tenant: file(roles('Owner')) });
    expect([found.includes('Contributor'), found.includes('Owner')]).toEqual([true, false]);
  });
  it('is as it was where nothing is written', () => {
    const weak = { enforcement: 'report' as const };
    const found = can({
      base: file(roles('Owner'), weak),
      head: file(roles('Contributor'), weak),
      tenant: file(roles('Owner')),
    });
    expect([found.includes('Contributor'), found.includes('Owner')]).toEqual([false, true]);
  });
  it('is not told where no tenant is seen', () => {
    expect(threeWayOf({ base: file(none), head: file(roles('Owner')), tenant: null }).accessAfter).toEqual([]);
  });
});

it('a rule that breaks on the base leaves the head as it is', () => {
  const breaking: Rule = {
    ...reviewOverdue,
    check: ({ policy: { policy } }) => {
      if (policy.name === 'old') throw new Error('no such index');
      return [];
    },
  };
  const report = reportOn(
    { base: file(none, { name: 'old' }), head: file(none), tenant: file(none) },
    { rules: [breaking] },
  );
  expect(report).toMatchObject({ exitCode: 0, conclusion: 'clean' });
  expect(report.threeWay).toBeUndefined();
  expect(report.notCompared).toBe(
    'the base could not be judged: rule review-overdue failed on policy old: no such index',
  );
});
