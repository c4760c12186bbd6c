import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sha256 } from '../../src/adapters/hash.ts';
import type { Fact, KindId } from '../../src/core/fact.ts';
import { identityId } from '../../src/core/ids.ts';
import { type Judgement, judge, type Worlds } from '../../src/core/judge.ts';
import { defineRule, type Rule } from '../../src/core/rule.ts';
import type { Gap } from '../../src/core/snapshot.ts';
import { unusedException, unusedExceptions } from '../../src/rules/unused-exception.ts';
import { appRole, azureRole, backupApp, backupObject, group, otherApp } from '../support/facts.ts';
import { appIdentity, exception, policy } from '../support/policies.ts';

const head = { severity: 'high', confidence: 'certain', since: '0.1.0' } as const;
/** Complains of every Azure role. */
const noRoles: Rule = defineRule({
  ...head,
  id: 'no-roles',
  summary: 'No Azure role',
  kinds: ['azure-role-assignment'],
  *check({ facts }) {
    for (const at of facts)
      yield { at, message: `\`${at.subject}\` is held by ${at.principal ?? 'nobody yet'}`, help: 'remove it' };
  },
});
const throwing: Rule = {
  ...noRoles,
  id: 'throwing',
  check: () => {
    throw new Error('no such index');
  },
};
const quiet: Rule = { ...noRoles, id: 'quiet', kinds: ['credential'], check: () => [] };

const gap = (kind: Gap['kind'], identity = backupApp): Gap => ({
  kind,
  identity: identityId(identity),
  reason: 'forbidden',
  needs: 'more',
  request: 'GET /x',
  detail: 'HTTP 403',
});

type World = Omit<Worlds, 'asked'>;

const hear = (
  worlds: readonly World[],
  now = '2026-11-22T00:00:00Z',
  rules: readonly Rule[] = [noRoles],
): Judgement => {
  const asked = new Set(worlds.flatMap(({ policy: { desired } }) => desired.map(({ fact }) => fact.key)));
  return judge({
    rules: [...rules, unusedException],
    worlds: worlds.map((world) => ({ ...world, asked })),
    now: new Date(now),
    settings: { restoreGrace: 'P7D' },
    hash: sha256,
    unused: unusedExceptions,
    unusedRule: unusedException,
  });
};

const wanted = azureRole('Contributor', group('rg-app'), { principal: null });
const held = azureRole('Contributor', group('rg-app'));

describe('in which worlds a complaint holds', () => {
  const cases = [
    {
      name: 'asked, not held, and the plan grants it',
      asked: [wanted],
      tenant: [],
      after: [wanted],
      is: ['policy', false, true],
    },
    {
      name: 'asked, not held, and nothing grants it',
      asked: [wanted],
      tenant: [],
      after: [],
      is: ['policy', false, false],
    },
    { name: 'held, not asked, and it stays', asked: [], tenant: [held], after: [held], is: ['tenant', false, true] },
    {
      name: 'held, not asked, and the plan removes it',
      asked: [],
      tenant: [held],
      after: [],
      is: ['tenant', true, false],
    },
    { name: 'asked and held', asked: [wanted], tenant: [held], after: [held], is: ['both', false, true] },
    {
      name: 'asked, and no tenant is seen',
      asked: [wanted],
      tenant: null,
      after: [wanted],
      is: ['policy', false, true],
    },
  ];
  it.each(cases)('$name', ({ asked, tenant, after, is }) => {
    const { findings } = hear([{ policy: policy({ desired: asked }), tenant, after, gaps: [] }]);
    expect(findings.map(({ side, curedByPlan, stands }) => [side, curedByPlan, stands])).toEqual([is]);
  });

  it('the tenant’s words win over the policy’s', () => {
    const { findings } = hear([{ policy: policy({ desired: [wanted] }), tenant: [held], after: [held], gaps: [] }]);
    expect(findings.map(({ message }) => message)).toEqual([`\`Contributor\` is held by ${backupObject}`]);
  });

  it('a resource id spelled in another case is the same one', () => {
    const vault = '/subscriptions/1/resourceGroups/rg/providers/Microsoft.DataProtection/backupVaults/bv';
    const asked = azureRole('Reader', group('rg-app'), { identity: vault, key: 'k' });
    const has = azureRole('Reader', group('rg-app').toUpperCase(), { identity: vault.toLowerCase(), key: 'k' });
    const worlds = { policy: policy({ desired: [asked] }), tenant: [has], after: [has], gaps: [] };
    expect(hear([worlds]).findings.map(({ side }) => side)).toEqual(['both']);
  });

  it('stands at the line that asks, else at the identity that holds', () => {
    const other = azureRole('Owner', group('rg-app'));
    const worlds = { policy: policy({ desired: [wanted] }), tenant: [held, other], after: [], gaps: [] };
    expect(hear([worlds]).findings.map(({ subject, place }) => [subject, place.line])).toEqual([
      ['Contributor', 20],
      ['Owner', 8],
    ]);
  });
});

describe('two policies on one identity', () => {
  const asker = { policy: policy({ name: 'asks', desired: [wanted] }), tenant: [held], after: [held], gaps: [] };
  const other = { policy: policy({ name: 'looks-on' }), tenant: [held], after: [held], gaps: [] };
  it.each([{ worlds: [asker, other] }, { worlds: [other, asker] }])(
    'the one that asks speaks, whichever comes first',
    ({ worlds }) => {
      expect(hear(worlds).findings.map(({ policy: name, side }) => [name, side])).toEqual([['asks', 'both']]);
    },
  );
});

describe('exceptions', () => {
  const accepted = exception('no-roles', 'contributor', '2026-11-22');
  const worlds = (
    exceptions: readonly (typeof accepted)[],
    gaps: readonly Gap[] = [],
    tenant: readonly Fact[] | null = [held],
  ): World[] => [{ policy: policy({ exceptions }), tenant, after: tenant ?? [], gaps }];
  const cases = [
    { name: 'hold on their last day', given: accepted, now: '2026-11-22T23:59:59Z', is: true },
    {
      name: 'hold for the identity that they name',
      given: { ...accepted, identity: backupApp.toUpperCase() },
      now: '2026-11-22T00:00:00Z',
      is: true,
    },
    { name: 'end the day after', given: accepted, now: '2026-11-23T00:00:00Z', is: false },
    {
      name: 'are not for another identity',
      given: { ...accepted, identity: otherApp },
      now: '2026-11-22T00:00:00Z',
      is: false,
    },
    { name: 'are not for another rule', given: { ...accepted, rule: 'quiet' }, now: '2026-11-22T00:00:00Z', is: false },
    {
      name: 'are not for another subject',
      given: { ...accepted, subject: 'Owner' },
      now: '2026-11-22T00:00:00Z',
      is: false,
    },
  ];
  it.each(cases)('$name', ({ given, now, is }) => {
    const { findings, verdicts } = hear(worlds([given]), now);
    const finding = findings.find(({ rule }) => rule === 'no-roles');
    expect(finding?.exception !== null).toBe(is);
    expect(verdicts[0]).toEqual({ policy: 'backup', rule: 'no-roles', verdict: is ? 'excepted' : 'fail' });
  });

  const unusedBy = (given: World[]) => {
    const { findings, verdicts } = hear(given);
    return [findings.filter(({ rule }) => rule === 'unused-exception').length, verdicts.at(-1)?.verdict];
  };
  const useless = exception('no-roles', 'Owner', '2026-12-31');
  it.each([
    { name: 'one that is used is not unused', given: worlds([accepted]), is: [0, 'pass'] },
    { name: 'an unused one is told of', given: worlds([useless]), is: [1, 'fail'] },
    { name: 'but not where something was not read', given: worlds([useless], [gap('credential')]), is: [0, 'unknown'] },
    { name: 'nor where no tenant was', given: worlds([useless], [], null), is: [0, 'unknown'] },
  ])('$name', ({ given, is }) => expect(unusedBy(given)).toEqual(is));
});

describe('verdicts', () => {
  const of = (worlds: World, rules: readonly Rule[]) =>
    hear([worlds], undefined, rules).verdicts.map(({ verdict }) => verdict);
  const clean = { policy: policy(), tenant: [], after: [], gaps: [] };
  const dirty = { ...clean, tenant: [held], after: [held] };
  const cases = [
    { name: 'nothing to say', worlds: clean, rules: [noRoles], is: ['pass', 'pass'] },
    { name: 'a finding', worlds: dirty, rules: [noRoles], is: ['fail', 'pass'] },
    { name: 'a finding that the plan cures', worlds: { ...dirty, after: [] }, rules: [noRoles], is: ['pass', 'pass'] },
    {
      name: 'a gap in what the rule needs',
      worlds: { ...clean, gaps: [gap('azure-role-assignment')] },
      rules: [noRoles, quiet],
      is: ['unknown', 'pass', 'unknown'],
    },
    {
      name: 'a finding beside a gap',
      worlds: { ...dirty, gaps: [gap('azure-role-assignment')] },
      rules: [noRoles],
      is: ['fail', 'unknown'],
    },
    { name: 'a rule that throws', worlds: dirty, rules: [throwing, noRoles], is: ['error', 'fail', 'pass'] },
  ];
  it.each(cases)('$name', ({ worlds, rules, is }) => expect(of(worlds, rules)).toEqual(is));

  it('a rule that throws is named with its words', () => {
    expect(hear([dirty], undefined, [throwing]).broken).toEqual([
      { rule: 'throwing', policy: 'backup', detail: 'no such index' },
    ]);
  });

  it('are one for each policy and rule, whatever the facts and gaps', () => {
    const aFact = fc.constantFrom<Fact>(held, wanted, azureRole('Owner', group('rg-b')), appRole('Mail.Read'));
    const facts = fc.uniqueArray(aFact, { selector: ({ key }) => key });
    const aGap = fc
      .constantFrom<KindId>('azure-role-assignment', 'credential', 'app-role-assignment')
      .map((kind) => gap(kind));
    const aWorld = fc.record({
      asked: facts,
      tenant: fc.option(facts),
      after: facts,
      gaps: fc.array(aGap, { maxLength: 3 }),
      excepted: fc.boolean(),
    });
    fc.assert(
      fc.property(fc.array(aWorld, { maxLength: 4 }), (given) => {
        const worlds = given.map(
          ({ asked, excepted, ...rest }, index): World => ({
            ...rest,
            policy: policy({
              name: `p${index}`,
              desired: asked,
              identities: [appIdentity()],
              exceptions: excepted ? [exception('no-roles', 'Contributor', '2027-01-01')] : [],
            }),
          }),
        );
        const { verdicts } = hear(worlds, undefined, [noRoles, throwing, quiet]);
        const rows = verdicts.map((verdict) => `${verdict.policy} ${verdict.rule}`);
        expect(rows.toSorted()).toEqual(
          worlds
            .flatMap(
              ({
                policy: {
                  policy: { name },
                },
              }) => ['no-roles', 'quiet', 'throwing', 'unused-exception'].map((rule) => `${name} ${rule}`),
            )
            .toSorted(),
        );
        worlds.forEach(
          ({
            gaps,
            policy: {
              policy: { name },
            },
          }) => {
            if (gaps.some(({ kind }) => kind === 'azure-role-assignment'))
              expect(['unknown', 'fail']).toContain(
                verdicts.find((row) => row.policy === name && row.rule === 'no-roles')?.verdict,
              );
          },
        );
      }),
    );
  });
});

describe('fingerprints', () => {
  const of = (fact: Fact, id = 'policies/a.yaml') =>
    hear([{ policy: policy({ file: id }), tenant: [fact], after: [fact], gaps: [] }]).findings.map(
      ({ fingerprint }) => fingerprint,
    )[0];
  it.each([
    { name: 'the file', same: of(held, 'policies/moved.yaml') },
    { name: 'dates and assignment ids', same: of({ ...held, created: '2026-01-01T00:00:00Z' }) },
    { name: 'the case of the scope', same: of(azureRole('Contributor', group('RG-APP'))) },
  ])('do not depend on $name', ({ same }) => expect(same).toBe(of(held)));
  it.each([
    { name: 'the role', other: of(azureRole('Owner', group('rg-app'))) },
    { name: 'the scope', other: of(azureRole('Contributor', group('rg-b'))) },
    { name: 'the identity', other: of(azureRole('Contributor', group('rg-app'), { identity: otherApp })) },
  ])('depend on $name', ({ other }) => expect(other).not.toBe(of(held)));
});
