import { describe, expect, it } from 'vitest';
import { mergeSnapshots, needingMore } from '../../src/app/base-snapshot.ts';
import { appId, armId, objectId, roleId } from '../../src/core/ids.ts';
import type { ApiNames, Snapshot } from '../../src/core/snapshot.ts';
import { kinds } from '../../src/kinds/index.ts';
import { keyVault } from '../support/access-facts.ts';
import { appRole, azureRole, delegated, graph, group, otherApp } from '../support/facts.ts';
import { type Files, policiesIn, reportOn, tenantWith } from '../support/three-way-case.ts';

const scope = group('rg-app');
const file = (access: string, more: Files[string] = {}): Files => ({ 'backup.yaml': { access, ...more } });
const roles = (role: string): string => `azureRoles: [{ role: ${role}, scope: ${scope} }]`;

describe('more is read for the base', () => {
  const keys = `keyVaultAccess: [{ vault: ${keyVault('kv')}, permissions: { keys: [get] } }]`;
  it.each([
    { name: 'not where it asks the same', base: file(roles('Reader')), head: file(roles('Owner')), more: 0 },
    {
      name: 'not where the head asks more',
      base: file(roles('Reader')),
      head: file(`${roles('Reader')}, ${keys}`),
      more: 0,
    },
    {
      name: 'not where the policy was renamed',
      base: file(roles('Reader')),
      head: file(roles('Reader'), { name: 'new' }),
      more: 0,
    },
    {
      name: 'where it names another identity',
      base: file(roles('Reader'), { app: otherApp }),
      head: file(roles('Reader')),
      more: 1,
    },
    { name: 'where it names another vault', base: file(keys), head: file(roles('Reader')), more: 1 },
    { name: 'where the file is gone', base: file(roles('Reader')), head: {}, more: 1 },
  ])('$name', ({ base, head, more }) => {
    expect(needingMore(policiesIn(base), policiesIn(head), kinds)).toHaveLength(more);
  });
});

describe('two readings as one', () => {
  const policies = policiesIn(file(roles('Reader')));
  const others = policiesIn(file(roles('Reader'), { app: otherApp, name: 'other' }));
  const [held, same, more] = [
    azureRole('Reader', scope),
    azureRole('Reader', scope, { assignmentId: armId('/older') }),
    appRole('Mail.Read'),
  ];
  const api = (application: ApiNames['application'], delegated: ApiNames['delegated']): ApiNames => ({
    appId: appId(graph),
    objectId: objectId('o'),
    displayName: 'Microsoft Graph',
    application,
    delegated,
  });
  const withApi = (snapshot: Snapshot, one: ApiNames): Snapshot => ({
    ...snapshot,
    names: { ...snapshot.names, apis: [one] },
  });
  const permission = { id: roleId('r'), value: 'Mail.Read' };

  it('hold what either holds, the first being right', () => {
    const merged = mergeSnapshots(tenantWith([held], policies), tenantWith([same, more], others));
    expect(merged.facts.toSorted((a, b) => (a.key < b.key ? -1 : 1))).toEqual([more, held]);
    expect(merged.identities.map(({ id }) => id).toSorted()).toEqual(
      [policies[0]?.identities[0]?.id, otherApp].toSorted(),
    );
    expect(merged.asked['azure-role-assignment']).toEqual([policies[0]?.identities[0]?.id, otherApp].toSorted());
  });

  it('know what either learned that APIs offer', () => {
    const merged = mergeSnapshots(
      withApi(tenantWith([], policies), api(null, [])),
      withApi(tenantWith([], others), api([permission], null)),
    );
    expect(merged.names.apis).toEqual([api([permission], [])]);
  });

  it('with nothing more are the first', () => {
    const first = tenantWith([held], policies);
    expect(mergeSnapshots(first, tenantWith([], policies))).toEqual(first);
  });
});

it('a permission that no list names any more is known by what the tenant holds', () => {
  const custom = '00000000-aaaa-4000-8000-000000000000';
  const held = appRole('Backup.Do', { api: custom });
  const base = file(`applicationPermissions: { ${custom}: [Backup.Do] }`);
  const head = file('applicationPermissions: {}');
  const real = { ...held, key: `app-role-assignment/${held.identity}/${custom}/${held.role}` };
  const { threeWay, plan } = reportOn({
    base,
    head,
    tenant: head,
    facts: [real, delegated('User.Read')],
    apis: [custom],
  });
  expect(threeWay?.asked.map(({ action, effect, step }) => [action, effect, step])).toEqual([
    ['remove', 'revokes', plan.steps[0]?.id],
  ]);
  expect(threeWay?.driftBefore).toEqual([]);
});
