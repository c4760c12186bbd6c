import { describe, expect, it } from 'vitest';
import { identityId, objectId } from '../../src/core/ids.ts';
import { err, ok } from '../../src/core/result.ts';
import { directoryAudit } from '../../src/kinds/directory-audit.ts';
import { backupApp, backupObject } from '../support/facts.ts';
import { asking, foundApp, type KindCase, readKind, refused, sayGaps } from '../support/read-kind.ts';

const log = '/auditLogs/directoryAudits';
const roles = '/roleManagement/directory/roleAssignments';
const entry = {
  id: 'Directory_1',
  activityDisplayName: 'Consent to application',
  activityDateTime: '2026-11-20T08:00:00Z',
  result: 'success',
  initiatedBy: { app: null, user: { id: 'U1', displayName: null, userPrincipalName: 'admin@contoso.example' } },
  targetResources: [{ id: backupObject.toUpperCase(), type: 'ServicePrincipal' }, { id: null }],
};
const reading = (rows: readonly unknown[], lists: KindCase['lists'] = {}, more: KindCase = {}) =>
  readKind(directoryAudit, { lists: { ...lists, [log]: ok(rows), [roles]: ok([]), ...lists }, ...more });

describe('the audit log', () => {
  it('tells who did what when, with the roles of people', async () => {
    const { facts, gaps, paths } = await reading([entry], {
      [roles]: ok([{ principalId: 'U1', roleDefinition: { displayName: 'Global Administrator' } }]),
    });
    expect(gaps).toEqual([]);
    expect(paths).toEqual([
      `${log}?$filter=targetResources/any(t:t/id eq '${backupObject}') or targetResources/any(t:t/id eq 'x')`,
      `${roles}?$filter=principalId in ('u1')&$expand=roleDefinition`,
    ]);
    expect(facts).toEqual([
      {
        kind: 'directory-audit',
        key: `directory-audit/${backupApp}/directory_1`,
        identity: backupApp,
        subject: 'Consent to application',
        activity: 'Consent to application',
        at: '2026-11-20T08:00:00Z',
        actor: { type: 'user', id: 'u1', name: 'admin@contoso.example', roles: ['Global Administrator'] },
      },
    ]);
  });

  it('names apps, and people without a name, and spells activities plainly', async () => {
    const { facts } = await reading([
      {
        ...entry,
        activityDisplayName: 'Update application – Certificates and secrets management ',
        initiatedBy: { user: null, app: { appId: 'A', displayName: 'pipeline', servicePrincipalId: 'P' } },
      },
      { ...entry, id: '2', initiatedBy: null },
    ]);
    expect(facts).toMatchObject([
      {
        activity: 'Update application - Certificates and secrets management',
        actor: { type: 'app', id: 'p', name: 'pipeline' },
      },
      { actor: { type: 'app', id: null, name: null } },
    ]);
  });

  it('leaves out what gives no access, what failed, and what is about others', async () => {
    const { facts, gaps, paths } = await reading([
      { ...entry, activityDisplayName: 'Update service principal' },
      { ...entry, result: 'failure' },
      { ...entry, targetResources: [{ id: 'other' }] },
    ]);
    expect([facts, gaps]).toEqual([[], []]);
    expect(paths.filter((path) => path.startsWith(log))).toHaveLength(1);
  });

  it('takes seven requests for fifty apps', async () => {
    const identities = Array.from({ length: 50 }, (_, index) =>
      foundApp({ id: identityId(`${index}`), objectId: objectId(`o${index}`), application: { id: `x${index}` } }),
    );
    expect((await reading([], {}, { identities })).paths).toHaveLength(7);
  });

  it.each([
    ['may not be read', { [log]: err(refused) }, 'forbidden: HTTP 403'],
    [
      'tells of people whose roles may not be read',
      { [log]: ok([entry]), [roles]: err(refused) },
      'forbidden: HTTP 403',
    ],
    [
      'has an entry without a day',
      { [log]: ok([{ ...entry, activityDateTime: null }]) },
      'malformed: `activityDateTime` is missing',
    ],
    [
      'has an entry about nobody',
      { [log]: ok([{ ...entry, targetResources: null }]) },
      'malformed: `targetResources` is null where a list belongs',
    ],
  ])('that %s is a gap', async (_, lists, detail) => {
    const found = await reading([], lists);
    expect([sayGaps(found), found.gaps[0]?.needs]).toEqual([
      [`directory-audit ${detail}`],
      'AuditLog.Read.All and Directory.Read.All',
    ]);
  });

  it('is read where the permission is held, and for no policy’s sake', () => {
    expect([directoryAudit.optional, directoryAudit.asks(asking({}))]).toEqual(['AuditLog.Read.All', []]);
  });
});
