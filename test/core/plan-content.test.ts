import { describe, expect, it } from 'vitest';
import type { Fact } from '../../src/core/fact.ts';
import { planContent, planSteps, policyContent, stepContent } from '../../src/core/plan.ts';
import { appRole, azureRole, backupApp, group, otherApp } from '../support/facts.ts';
import { changing } from '../support/guard-world.ts';
import { stepsOf } from '../support/plan-steps.ts';
import { appIdentity, policy } from '../support/policies.ts';
import { keyVaultPolicy } from '../support/protection-facts.ts';
import { role } from '../support/write-steps.ts';

const reader = azureRole('Reader', group('rg-app'));

describe('the content of a step', () => {
  const sidesOf = (before: Fact, after: Fact) =>
    stepsOf([{ change: changing(before, after), policy: 'backup' }])
      .map(stepContent)
      .map((content) => [content.before, content.after]);

  it('is the condition of an Azure role', () => {
    const { kind, key } = reader;
    expect(sidesOf(reader, { ...reader, condition: '@x' })).toStrictEqual([
      [
        { kind, key, condition: null },
        { kind, key, condition: '@x' },
      ],
    ]);
  });

  it('is what an access policy of a key vault gives', () => {
    const held = keyVaultPolicy({ keys: ['get'] });
    const { kind, key, permissions } = held;
    expect(sidesOf(held, { ...held, permissions: {} })).toStrictEqual([
      [
        { kind, key, condition: null, permissions },
        { kind, key, condition: null, permissions: {} },
      ],
    ]);
  });

  it('is who and what by ids, and nothing that is told to people', () => {
    const [step] = planSteps([role('create', 'Mail.Read')]);
    const { kind, key } = appRole('Mail.Read');
    expect(step && stepContent(step)).toStrictEqual({
      id: `app-role-assignment/create/${key}`,
      policy: 'backup',
      action: 'create',
      target: role('create', 'Mail.Read').target,
      before: null,
      after: { kind, key, condition: null },
    });
  });
});

describe('the content of a policy', () => {
  it('is what it asks for, by ids in one case and one order', () => {
    const vault = appIdentity('/subscriptions/1/BackupVaults/B');
    const { policy: written } = policy({ identities: [appIdentity(otherApp), vault, appIdentity(backupApp)] });
    const [first, second] = [appRole('Mail.Read'), appRole('Sites.Read.All')];
    const content = {
      name: 'backup',
      enforcement: 'report',
      state: 'active',
      identities: ['/subscriptions/1/backupvaults/b', backupApp, otherApp],
      asks: [first, second].map(({ kind, key }) => ({ kind, key, condition: null })),
    };
    expect(policyContent(written, [first, second])).toStrictEqual(content);
    expect(policyContent(written, [second, first])).toStrictEqual(content);
  });
});

describe('the content of a plan', () => {
  const named = (name: string) => policyContent(policy({ name }).policy, []);

  it('has its policies by name and its steps by id and policy, in whatever order they come', () => {
    const policies = ['a', 'b', 'c'].map(named);
    const steps = [
      role('delete', 'Mail.Read'),
      { ...role('create', 'Mail.Send'), policy: 'a' },
      { ...role('create', 'Mail.Send'), policy: 'b' },
    ];
    const content = {
      version: 2,
      tenant: 'tenant',
      knowledge: 'knowledge',
      policies,
      steps: ['create a', 'create b', 'delete backup'],
    };
    const told = (turned: boolean) => {
      const plan = planSteps(steps);
      const given = planContent(
        { tenant: 'tenant', knowledge: 'knowledge', policies: turned ? policies.toReversed() : policies },
        turned ? plan.toReversed() : plan,
      );
      return { ...given, steps: given.steps.map((step) => `${step.action} ${step.policy}`) };
    };
    expect(told(false)).toStrictEqual(content);
    expect(told(true)).toStrictEqual(content);
  });

  it('has them by id where the plan runs them in another order', () => {
    const [grant, revoke] = planSteps([role('delete', 'Mail.Read'), role('create', 'Sites.Read.All', otherApp)]);
    const other = { ...(grant as NonNullable<typeof grant>), id: 'z' };
    const { steps } = planContent({ tenant: '', knowledge: '', policies: [] }, [other, revoke as typeof other]);
    expect(steps.map(({ id }) => id)).toEqual([revoke?.id, 'z']);
  });
});
