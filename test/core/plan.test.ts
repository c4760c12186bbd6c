import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Change, Drift } from '../../src/core/change.ts';
import type { AzureRoleAssignmentFact, Fact } from '../../src/core/fact.ts';
import { allows, mayRevoke, type PlanSource, planContent, planSteps, principalOf } from '../../src/core/plan.ts';
import type { Enforcement } from '../../src/core/policy.ts';
import { appRole, azureRole, backupObject, delegated, group, otherApp } from '../support/facts.ts';
import { stepsOf, writeOf } from '../support/plan-steps.ts';
import { keyVaultPolicy } from '../support/protection-facts.ts';
import { role, scope } from '../support/write-steps.ts';

const create = (after: Fact): Change => ({ action: 'create', cause: 'missing', before: null, after });
const remove = (before: Fact): Change => ({ action: 'delete', cause: 'undeclared', before, after: null });
const update = (before: Fact, after: Fact): Change => ({ action: 'update', cause: 'changed', before, after });
const drift = (change: Change, policy = 'backup'): Drift => ({ change, policy });

const reader = azureRole('Reader', group('rg-app'));
const bound: AzureRoleAssignmentFact = { ...reader, condition: '@x' };
const all = [remove(appRole('Mail.Read')), update(reader, bound), create(appRole('Sites.Read.All'))];

describe('what a policy lets the program do', () => {
  const cases: Record<Enforcement, readonly string[]> = {
    report: [],
    additive: ['create'],
    authoritative: ['delete', 'update', 'create'],
  };
  it.each(Object.entries(cases))('%s', (enforcement, actions) => {
    expect(all.filter((change) => allows(change, enforcement as Enforcement)).map(({ action }) => action)).toEqual(
      actions,
    );
  });
});

describe('steps', () => {
  it('grant before they change, and change before they revoke', () => {
    expect(stepsOf(all.map((change) => drift(change))).map(({ change }) => change.action)).toEqual([
      'create',
      'update',
      'delete',
    ]);
  });

  it('are named by what they do', () => {
    expect(stepsOf([drift(create(appRole('Mail.Read')))]).map(({ id }) => id)).toEqual([
      `app-role-assignment/create/${appRole('Mail.Read').key}`,
    ]);
  });

  it('and by whose consent, where a scope is taken from several', () => {
    const { key } = delegated('Mail.Read');
    expect(planSteps([scope('create', 'Mail.Read'), scope('delete', 'Mail.Read')]).map(({ id }) => id)).toEqual([
      `delegated-grant/create/${key}`,
      `delegated-grant/delete/${key}#held-grant`,
    ]);
  });

  it('may take away unless they create', () => {
    expect(stepsOf(all.map((change) => drift(change))).map(mayRevoke)).toEqual([false, true, true]);
  });

  it('give to, or take from, one principal', () => {
    expect(principalOf(role('create', 'Mail.Read', otherApp).target)).toBe(otherApp);
    expect(principalOf(scope('create', 'Mail.Read').target)).toBe(backupObject);
  });

  it('that may take away wait for the grants of the same principal, each once, and nothing else does', () => {
    const [granted, changed, revoked] = all.map((change) => drift(change)).toReversed() as [Drift, Drift, Drift];
    const elsewhere = [role('create', 'Mail.Send', otherApp), role('delete', 'Mail.Read', otherApp)];
    const writes = [
      ...elsewhere,
      ...[revoked, changed, granted, { ...granted, policy: 'other' }].map(writeOf),
      role('create', 'Files.Read.All'),
      scope('delete', 'Mail.Read'),
    ];
    const short = (id: string): string => id.replace(/\/.*\//, ' ').replace('-assignment', '');
    const told = planSteps(writes).map(
      ({ id, policy, after }) => `${policy}: ${id.split('/')[1]} ${short(id)} after [${after.map(short).join(', ')}]`,
    );
    const before = 'app-role Files.Read.All, app-role Sites.Read.All';
    expect(told).toEqual([
      'backup: create app-role Files.Read.All after []',
      'backup: create app-role Sites.Read.All after []',
      'other: create app-role Sites.Read.All after []',
      'backup: create app-role Mail.Send after []',
      `backup: update azure-role rg-app after [${before}]`,
      `backup: delete app-role Mail.Read after [${before}, azure-role rg-app]`,
      'backup: delete app-role Mail.Read after [app-role Mail.Send]',
      `backup: delete delegated-grant Mail.Read#held-grant after [${before}, azure-role rg-app]`,
    ]);
  });
});

const source: PlanSource = { tenant: 'tenant', knowledge: 'knowledge', policies: [] };

const content = (drifts: readonly Drift[]): string => JSON.stringify(planContent(source, stepsOf(drifts)));

describe('what a digest covers', () => {
  const base = [drift(create(appRole('Mail.Read'))), drift(remove(reader))];
  const same: Record<string, readonly Drift[]> = {
    'the other order': base.toReversed(),
    'another display name': [drift(create({ ...appRole('Mail.Read'), apiName: 'Graph' })), drift(remove(reader))],
    'another subject for the same id': [
      drift(create({ ...appRole('Mail.Read'), subject: 'mail.read' })),
      drift(remove(reader)),
    ],
    'another time of the grant': [base[0] as Drift, drift(remove({ ...reader, created: '2026-01-01T00:00:00Z' }))],
    'another purpose': [drift(create({ ...appRole('Mail.Read'), purpose: 'x' })), drift(remove(reader))],
  };
  const other: Record<string, readonly Drift[]> = {
    'a step less': base.slice(1),
    'a grant where there was a revocation': [base[0] as Drift, drift(create(reader))],
    'another permission': [drift(create(appRole('Mail.Send'))), drift(remove(reader))],
    'another scope': [base[0] as Drift, drift(remove(azureRole('Reader', group('rg-other'))))],
    'another condition': [base[0] as Drift, drift(remove(bound))],
    'another policy': [base[0] as Drift, drift(remove(reader), 'other')],
  };
  it.each(Object.entries(same))('not %s', (_, drifts) => expect(content(drifts)).toBe(content(base)));
  it.each(Object.entries(other))('%s', (_, drifts) => expect(content(drifts)).not.toBe(content(base)));

  it('what an access policy of a key vault gives', () => {
    const giving = (...keys: readonly string[]) =>
      content([drift(update(keyVaultPolicy({}), keyVaultPolicy({ keys })))]);
    expect(giving('get', 'purge')).not.toBe(giving('get'));
    expect(giving('get')).toBe(giving('get'));
  });

  it('the tenant and the knowledge', () => {
    const steps = stepsOf(base);
    expect(planContent({ ...source, tenant: 'other' }, steps)).not.toEqual(planContent(source, steps));
    expect(planContent({ ...source, knowledge: 'other' }, steps)).not.toEqual(planContent(source, steps));
  });
});

describe('whatever the drift', () => {
  const aChange = fc
    .tuple(
      fc.constantFrom('Mail.Read', 'Mail.Send', 'Sites.Read.All'),
      fc.constantFrom(create, remove),
      fc.constantFrom('a', 'b'),
    )
    .map(([name, make, policy]) => drift(make(appRole(name)), policy));
  const keyOf = ({ change, policy }: Drift) => `${policy}/${change.action}/${(change.after ?? change.before)?.key}`;
  // Two policies may ask for one grant: their steps share an id.
  const someDrift = fc.uniqueArray(aChange, { selector: keyOf });

  it('the order in which it was found says nothing', () => {
    const twice = someDrift.chain((list) =>
      fc.tuple(fc.constant(list), fc.shuffledSubarray(list, { minLength: list.length })),
    );
    fc.assert(
      fc.property(twice, ([a, b]) => {
        expect(content(b)).toBe(content(a));
      }),
    );
  });

  it('different steps have different content', () => {
    fc.assert(
      fc.property(someDrift, someDrift, (a, b) => {
        const isSame = JSON.stringify(a.map(keyOf).toSorted()) === JSON.stringify(b.map(keyOf).toSorted());
        expect(content(a) === content(b)).toBe(isSame);
      }),
    );
  });

  it('no grant comes after a revocation', () => {
    fc.assert(
      fc.property(someDrift, (list) => {
        const actions = stepsOf(list).map(({ change }) => change.action);
        expect(actions).toEqual(actions.toSorted());
      }),
    );
  });
});
