import { describe, expect, it } from 'vitest';
import { planToRun } from '../../src/app/authorise.ts';
import { brakePlan, governedGrants } from '../../src/app/brake-plan.ts';
import type { Side } from '../../src/app/compare-policies.ts';
import type { Fact } from '../../src/core/fact.ts';
import { objectId } from '../../src/core/ids.ts';
import { kinds } from '../../src/kinds/index.ts';
import { keys, limits, names, now, revoke, runAt } from '../support/brake-case.ts';
import { appRole, azureRole, backupObject, directoryRole, group, servicePrincipal } from '../support/facts.ts';
import { stepsOf } from '../support/plan-steps.ts';
import { policy } from '../support/policies.ts';

const side = (actual: readonly Fact[], more: Parameters<typeof policy>[0] = {}): Side => ({
  resolved: policy(more),
  actual,
  gaps: [],
  unread: new Set(),
  stopped: false,
  drift: [],
});
const mail = appRole('Mail.Read');
const sites = appRole('Sites.Read.All');
const reader = azureRole('Reader', group('rg-app'));

describe('what policies govern', () => {
  it('is what they manage of the kinds that are written, each once and in one order', () => {
    const sides = [side([sites, servicePrincipal(), mail, directoryRole('Global Reader')]), side([mail, reader])];
    expect(governedGrants(sides, kinds)).toEqual([mail.key, sites.key, reader.key]);
  });

  it('is nothing of a kind that they do not manage, nor what is held through groups alone', () => {
    const through = [objectId(backupObject)];
    const byGroup = azureRole('Reader', group('rg-a'), { through });
    const both = azureRole('Reader', group('rg-b'), { through, assignmentId: reader.scope });
    expect(governedGrants([side([mail, byGroup, both], { governs: new Set([reader.kind]) })], kinds)).toEqual([
      both.key,
    ]);
  });

  it('is nothing where nothing is written', () => {
    expect(governedGrants([side([mail])], [])).toEqual([]);
    expect(governedGrants([], kinds)).toEqual([]);
  });
});

describe('the brake on a plan', () => {
  const steps = stepsOf(names(3).map((name) => revoke(name)));
  const plan = planToRun('tenant', 'sha256:0', steps, (text) => text);
  const braking = { held: keys(3), limits: { ...limits, revokes: 3 }, memory: [], now };
  const codes = (...args: Parameters<typeof brakePlan>) => brakePlan(...args).map(({ code }) => code);

  it('weighs its steps by their hashes', () => {
    const again = runAt(
      now.toISOString(),
      steps.map((step) => ({ step, hash: plan.hashes.get(step.id) ?? '' })),
    );
    expect(codes(plan, braking)).toEqual([]);
    const unfinished = { ...again, steps: again.steps.map((one) => ({ ...one, isDoubtful: true as const })) };
    expect(codes(plan, { ...braking, memory: [unfinished] })).toEqual([]);
    expect(codes(plan, { ...braking, memory: [again] })).toEqual(['brake-revokes']);
    expect(codes(plan, { ...braking, limits: { ...limits, revokes: 2 } })).toEqual(['brake-revokes']);
  });

  it('weighs each of them, were there no hashes', () => {
    expect(codes({ ...plan, hashes: new Map() }, braking)).toEqual([]);
    expect(codes({ ...plan, hashes: new Map() }, { ...braking, limits: { ...limits, revokes: 2 } })).toEqual([
      'brake-revokes',
    ]);
  });
});
