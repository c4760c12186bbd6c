import { describe, expect, it } from 'vitest';
import type { Answer } from '../../src/core/ports.ts';
import { err, ok } from '../../src/core/result.ts';
import { appManagementPolicy } from '../../src/kinds/app-management-policy.ts';
import { backupObject } from '../support/facts.ts';
import { asking, desiredOf, foundApp, readKind, refused, sayGaps } from '../support/read-kind.ts';

const standard = '/policies/defaultAppManagementPolicy';
const list = '/policies/appManagementPolicies';
const whom = (id: string) => `${list}/${id}/appliesTo?$select=id`;

const restrictions = (passwords: readonly unknown[], keys: readonly unknown[] = []) => ({
  passwordCredentials: passwords,
  keyCredentials: keys,
});
const noSecrets = { restrictionType: 'passwordAddition', maxLifetime: null };
const short = {
  restrictionType: 'asymmetricKeyLifetime',
  state: 'enabled',
  maxLifetime: 'P90D',
  restrictForAppsCreatedAfterDateTime: '2025-01-01T00:00:00Z',
};
const on = {
  isEnabled: true,
  applicationRestrictions: restrictions([noSecrets], [short]),
  servicePrincipalRestrictions: restrictions([{ ...noSecrets, state: 'disabled' }]),
};
const own = (more: object = {}) => ({
  id: 'C1',
  displayName: 'Backup may have secrets',
  isEnabled: true,
  restrictions: restrictions([{ restrictionType: 'passwordAddition', state: 'disabled' }]),
  ...more,
});

interface Answers {
  readonly standard?: Answer<unknown>;
  readonly custom?: Answer<readonly unknown[]>;
  readonly appliesTo?: Answer<readonly unknown[]>;
}
const reading = (answers: Answers, identities = [foundApp()]) =>
  readKind(appManagementPolicy, {
    identities,
    policies: [asking({})],
    gets: { [standard]: answers.standard ?? ok(on) },
    lists: { [whom('c1')]: answers.appliesTo ?? ok([]), [list]: answers.custom ?? ok([]) },
  });
const told = ({ facts }: Awaited<ReturnType<typeof readKind>>): string[] =>
  facts.map((fact) =>
    fact.kind === 'app-management-policy'
      ? [fact.subject, fact.on, fact.state, fact.maxLifetime, fact.from, fact.policy].join(' ')
      : fact.kind,
  );
const defaults = [
  'passwordAddition application enabled   ',
  'asymmetricKeyLifetime application enabled P90D 2025-01-01T00:00:00Z ',
];

describe('what bears on an app', () => {
  it('is what the default policy enforces, by 2 requests however many apps there are', async () => {
    const found = await reading({}, [foundApp(), foundApp({ id: foundApp().id })]);
    expect(found.paths).toEqual([standard, list]);
    expect([told(found).slice(0, 2), found.gaps]).toEqual([defaults, []]);
  });

  it.each([
    ['is off', { isEnabled: false, applicationRestrictions: restrictions([noSecrets]) }],
    ['restricts nothing', { isEnabled: true, applicationRestrictions: restrictions([]) }],
    ['says nothing', {}],
    ['leaves its parts out', { isEnabled: true, applicationRestrictions: null }],
  ])('is nothing where the default policy %s', async (_, answer) => {
    expect(await reading({ standard: ok(answer) })).toMatchObject({ facts: [], gaps: [] });
  });

  it.each([
    ['its registration', 'x', 'application'],
    ['its service principal', backupObject.toUpperCase(), 'service-principal'],
  ])('is a policy of its own on %s, with one request more', async (_, id, holder) => {
    const found = await reading({ custom: ok([own()]), appliesTo: ok([{ id }]) });
    expect(found.paths).toEqual([standard, list, whom('c1')]);
    expect(told(found)).toContain(`passwordAddition ${holder} disabled   Backup may have secrets`);
  });

  it.each([
    ['is for others', own(), [{ id: 'somebody' }]],
    ['is off', own({ isEnabled: false }), [{ id: 'x' }]],
    ['says nothing', own({ restrictions: null }), [{ id: 'x' }]],
  ])('is only the default where another policy %s', async (_, row, ids) => {
    expect(told(await reading({ custom: ok([row]), appliesTo: ok(ids) }))).toEqual(defaults);
  });

  it.each([
    [
      'a managed identity',
      foundApp({ servicePrincipal: { id: backupObject, servicePrincipalType: 'ManagedIdentity' } }),
    ],
    ['a vault’s', foundApp({ vault: {} })],
    ['an app that is not there', foundApp({ state: 'absent', servicePrincipal: null, objectId: null })],
  ])('is not asked of %s', async (_, identity) => {
    expect(await reading({}, [identity])).toMatchObject({ facts: [], gaps: [], paths: [] });
  });
});

describe('what could not be read is a gap', () => {
  it.each<[string, Answers, string, string]>([
    ['the default policy', { standard: err(refused) }, 'forbidden: HTTP 403', 'Policy.Read.All'],
    ['the other policies', { custom: err(refused) }, 'forbidden: HTTP 403', 'Policy.Read.All'],
    [
      'whom one is for',
      { custom: ok([own()]), appliesTo: err({ ...refused, request: `GET ${whom('c1')}` }) },
      'forbidden: HTTP 403',
      'Policy.Read.All and Application.Read.All',
    ],
    [
      'a default policy of another shape',
      { standard: ok({ isEnabled: 'yes' }) },
      'malformed: `isEnabled` is string where true or false belongs',
      'Policy.Read.All',
    ],
    [
      'a restriction without a type',
      { standard: ok({ isEnabled: true, applicationRestrictions: restrictions([{}]) }) },
      'malformed: `restrictionType` is undefined where a text belongs',
      'Policy.Read.All',
    ],
    [
      'a policy without id',
      { custom: ok([{}]) },
      'malformed: `id` is undefined where a text belongs',
      'Policy.Read.All',
    ],
  ])('%s', async (_, answers, gap, needs) => {
    const found = await reading(answers);
    expect([found.facts, sayGaps(found), found.gaps[0]?.needs]).toEqual([[], [`app-management-policy ${gap}`], needs]);
  });
});

it('is asked for by no policy, and read where the program may', () => {
  expect([appManagementPolicy.asks(asking({})), appManagementPolicy.optional]).toEqual([[], 'Policy.Read.All']);
  expect(desiredOf(appManagementPolicy, asking({}))).toEqual({ facts: [], problems: [] });
});
