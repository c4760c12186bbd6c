import { describe, expect, it } from 'vitest';
import { sha256 } from '../../src/adapters/hash.ts';
import { planToRun } from '../../src/app/authorise.ts';
import { makePlanFile } from '../../src/app/plan-file.ts';
import { planFileAuthority } from '../../src/authority-plan-file.ts';
import { parseDuration } from '../../src/core/duration.ts';
import { planSteps } from '../../src/core/plan.ts';
import { ok } from '../../src/core/result.ts';
import { grantAppRole, mailRead, realAppRole, revokeAppRole, sitesRead } from '../support/real-steps.ts';

const tenant = '7d1c0f5e-0000-4000-8000-00000000000a';
const other = '7d1c0f5e-0000-4000-8000-00000000000b';
const grant = grantAppRole(realAppRole('Mail.Read', mailRead));
const revoke = revokeAppRole(realAppRole('Sites.Read.All', sitesRead, 'assignment-1'));
const steps = planSteps([grant, revoke]);
const plan = makePlanFile({
  ...{ purpose: 'apply', tenant, policies: [], steps, toolVersion: '0.1.0', hash: sha256 },
  now: new Date('2026-11-22T08:00:00Z'),
});
const week = parseDuration('P7D');
if (week === null) throw new Error('no duration');

const ask = (
  more: Partial<Parameters<typeof planFileAuthority>[0]> & { readonly now?: string; readonly in?: string },
) => {
  const { now = '2026-11-23T08:00:00Z', in: where = tenant, ...rest } = more;
  const authority = planFileAuthority({
    ...{ plan, approved: plan.digest, maxAge: week, earlier: async () => ok([]), clock: () => new Date(now) },
    ...rest,
  });
  return authority.approve(planToRun(where, plan.digest, steps, sha256));
};

describe('a plan in a file', () => {
  it('lets its own steps run, and no others', async () => {
    const { hashes } = planToRun(tenant, plan.digest, steps, sha256);
    expect(hashes.size).toBe(2);
    expect(await ask({})).toEqual({ ok: true, value: { pull: null, approvers: [], allowed: hashes } });
  });

  it.each<readonly [string, Parameters<typeof ask>[0]]>([
    ['of which the digest was approved', {}],
    ['on its last day', { now: '2026-11-29T08:00:00Z' }],
  ])('%s is good', async (_, more) => {
    expect((await ask(more)).ok).toBe(true);
  });

  it.each<readonly [string, Parameters<typeof ask>[0], string]>([
    ['A15: that is another than the approved one', { approved: `sha256:${'0'.repeat(64)}` }, 'not-approved'],
    ['A15: without a word of what was approved', { approved: '' }, 'not-approved'],
    ['A16: of another tenant', { in: other }, 'other-tenant'],
    ['A16: of last week', { now: '2026-11-29T08:00:01Z' }, 'stale'],
    ['A16: of a time to come', { now: '2026-11-22T07:59:59Z' }, 'stale'],
  ])('%s is refused', async (_, more, code) => {
    const said = await ask(more);
    expect(said.ok ? [] : said.error.map((refusal) => refusal.code)).toEqual([code]);
  });
});
