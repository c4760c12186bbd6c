import { describe, expect, it } from 'vitest';
import { authorise, planToRun } from '../../src/app/authorise.ts';
import type { Refusal } from '../../src/core/apply.ts';
import type { Approval, Authority, PlanToRun } from '../../src/core/authority.ts';
import type { PlannedWrite } from '../../src/core/plan.ts';
import { err, ok, type Result } from '../../src/core/result.ts';
import { names } from '../support/brake-case.ts';
import { azureRole, group } from '../support/facts.ts';
import { changing } from '../support/guard-world.ts';
import { azure, role, scope, stepsOf } from '../support/write-steps.ts';

const hash = (text: string): string => `hash of ${text}`;
const planOf = (...writes: readonly PlannedWrite[]): PlanToRun =>
  planToRun('tenant', 'sha256:0', stepsOf(...writes), hash);
const approvalOf = ({ hashes }: PlanToRun): Approval => ({ pull: 7, approvers: ['octocat'], allowed: hashes });

const asked: PlanToRun[] = [];
const answering = (answer: Result<Approval, readonly Refusal[]>): Authority => ({
  approve: async (plan) => {
    asked.push(plan);
    return answer;
  },
  earlier: async () => ok([]),
  begin: async () => err({ code: 'locked', why: 'not asked here', wayForward: 'ask nobody' }),
});

const grant = role('create', 'mail.read');
const revoke = role('delete', 'mail.readwrite');

describe('a plan to be asked about', () => {
  it('has the hash of each step by its id', () => {
    const { hashes, ...plan } = planOf(grant, revoke);
    expect(plan).toEqual({ tenant: 'tenant', digest: 'sha256:0', steps: stepsOf(grant, revoke) });
    expect([...hashes.keys()]).toEqual(plan.steps.map(({ id }) => id));
    expect(hashes.get(plan.steps[0]?.id ?? '')).toMatch(/^hash of \{"action":"create",/);
  });
});

describe('what was not seen by who approved', () => {
  const isLet = async (plan: PlanToRun, approval: Approval): Promise<boolean> =>
    (await authorise(plan, answering(ok(approval)))).ok;

  it('is nothing of what was approved, or of a part of it', async () => {
    expect(await isLet(planOf(grant, revoke), approvalOf(planOf(grant, revoke)))).toBe(true);
    expect(await isLet(planOf(grant), approvalOf(planOf(grant, revoke)))).toBe(true);
    expect(await isLet(planOf(), approvalOf(planOf()))).toBe(true);
  });

  it('is a step more', async () => {
    expect(await isLet(planOf(grant, revoke), approvalOf(planOf(grant)))).toBe(false);
  });

  it('is a step of the same id that does something else', async () => {
    const other = { ...revoke, target: { ...revoke.target, assignmentId: 'another' } as typeof revoke.target };
    expect(await isLet(planOf(other), approvalOf(planOf(revoke)))).toBe(false);
  });

  it('is a step without a hash, though none was approved of it either', async () => {
    const plan = { ...planOf(grant), hashes: new Map<string, string>() };
    expect(await isLet(plan, approvalOf(plan))).toBe(false);
  });
});

describe('whether a plan may run', () => {
  const wayForward =
    'nothing was written; open a pull request that touches the policy, whose check shows the plan of today, or let an approver start mode `remediate` for the plan of today';
  const refusing = (why: string) => err([{ code: 'needs-approval', why, wayForward }]);

  it('is what the authority says, where each step was seen', async () => {
    const plan = planOf(grant, revoke);
    expect(await authorise(plan, answering(ok(approvalOf(plan))))).toEqual(ok(approvalOf(plan)));
    expect(asked.at(-1)).toBe(plan);
  });

  it('is what the authority refuses', async () => {
    const refusals: readonly Refusal[] = [{ code: 'locked', why: 'somebody else writes', wayForward: 'wait' }];
    expect(await authorise(planOf(grant), answering(err(refusals)))).toEqual(err(refusals));
  });

  it('is no, with the step that nobody saw', async () => {
    expect(await authorise(planOf(grant, revoke), answering(ok(approvalOf(planOf(grant)))))).toEqual(
      refusing(
        'the tenant has changed since the plan was reviewed: one step was not in it (revoke `mail.readwrite` of `6f1c0f5e-0000-4000-8000-000000000001`)',
      ),
    );
  });

  it('is no, with all steps up to five', async () => {
    const reader = azureRole('Reader', group('rg-app'));
    const changed = { ...azure('create', 'rg-app'), change: changing(reader, { ...reader, condition: '@x' }) };
    const plan = planOf(grant, revoke, changed, scope('create', 'mail.send'), role('delete', 'files.read.all'));
    const of = 'of `6f1c0f5e-0000-4000-8000-000000000001`';
    expect(await authorise(plan, answering(ok(approvalOf(planOf()))))).toEqual(
      refusing(
        `the tenant has changed since the plan was reviewed: 5 steps were not in it (grant \`mail.read\` ${of}, grant \`mail.send\` ${of}, change \`Reader\` ${of}, revoke \`files.read.all\` ${of}, revoke \`mail.readwrite\` ${of})`,
      ),
    );
  });

  it('is no, with five of many steps and how many more', async () => {
    const plan = planOf(...names(7).map((name) => role('create', name)));
    const named = names(5).map((name) => `grant \`${name}\` of \`6f1c0f5e-0000-4000-8000-000000000001\``);
    expect(await authorise(plan, answering(ok(approvalOf(planOf()))))).toEqual(
      refusing(
        `the tenant has changed since the plan was reviewed: 7 steps were not in it (${named.join(', ')}, and 2 more)`,
      ),
    );
  });
});
