import { describe, expect, it } from 'vitest';
import { createApiBook } from '../../src/app/name-book.ts';
import { appId, objectId, roleId } from '../../src/core/ids.ts';
import type { Answer, GraphPort } from '../../src/core/ports.ts';
import { err, ok } from '../../src/core/result.ts';
import { graph } from '../support/facts.ts';
import { refused } from '../support/read-kind.ts';

const mailRead = '810c84a8-4a9e-49e6-bf7d-12d183f40d01';
const graphObject = objectId('g1');
const row = (more: object = {}) => ({ id: 'G1', appId: graph, displayName: 'Microsoft Graph', ...more });
const whole = row({
  appRoles: [
    { id: 'R1', value: 'Own.Role' },
    { id: 'R2', value: null },
  ],
  oauth2PermissionScopes: [],
});

const book = (
  list: (path: string) => Answer<readonly unknown[]>,
  get: (path: string) => Answer<unknown> = () => err(refused),
) => {
  const paths: string[] = [];
  const port: GraphPort = {
    get: async (path) => {
      paths.push(path);
      return get(path);
    },
    list: async (path) => {
      paths.push(path);
      return list(path);
    },
  };
  return { paths, ...createApiBook(port) };
};

describe('what APIs offer', () => {
  it('is asked for fifteen at a time', async () => {
    const { learn, paths } = book(() => ok([]));
    const ids = Array.from({ length: 31 }, (_, index) => appId(`api-${index}`));
    expect(await learn(ids, ids.slice(0, 16))).toEqual(ok(null));
    expect(paths.map((path) => path.split("','").length)).toEqual([15, 15, 1, 15, 1]);
    expect(paths.filter((path) => path.includes('appRoles'))).toHaveLength(3);
  });

  it('is kept, roles without a name left out', async () => {
    const { learn, apis } = book((path) => ok([path.includes('appRoles') ? whole : row()]));
    await learn([appId(graph)], [appId(graph)]);
    expect(apis()).toEqual([
      {
        appId: graph,
        objectId: 'g1',
        displayName: 'Microsoft Graph',
        application: [{ id: 'r1', value: 'Own.Role' }],
        delegated: [],
      },
    ]);
  });

  it.each([
    { name: 'a refusal', answer: err(refused), is: { reason: 'forbidden' } },
    { name: 'an API without id', answer: ok([{ ...whole, id: null }]), is: { reason: 'malformed' } },
    { name: 'roles that are no list', answer: ok([{ ...whole, appRoles: 'x' }]), is: { reason: 'malformed' } },
    { name: 'a role without id', answer: ok([{ ...whole, appRoles: [{ value: 'x' }] }]), is: { reason: 'malformed' } },
  ])('$name is a failure', async ({ answer, is }) => {
    expect(await book(() => answer).learn([appId(graph)], [])).toMatchObject({ ok: false, error: is });
  });
});

describe('what is held is named', () => {
  const nameOf = async (role: string, given: ReturnType<typeof book>) => {
    const answer = await given.held.appRole(graphObject, roleId(role));
    return answer.ok ? `${answer.value.permission.value} of ${answer.value.api.displayName}` : answer.error.reason;
  };

  it('by what the tenant lists', async () => {
    const given = book(() => ok([whole]));
    await given.learn([appId(graph)], []);
    expect([await nameOf('r1', given), await nameOf('gone', given)]).toEqual([
      'Own.Role of Microsoft Graph',
      'gone of Microsoft Graph',
    ]);
    expect(given.paths).toHaveLength(1);
  });

  it('by the built-in list before the tenant is asked', async () => {
    const given = book(() => ok([row()]));
    await given.learn([], [appId(graph)]);
    expect(await nameOf(mailRead, given)).toBe('Mail.Read of Microsoft Graph');
    expect(given.paths).toHaveLength(1);
  });

  it('by the tenant where the built-in list is silent, asked once however many grants ask', async () => {
    const given = book(
      () => ok([row()]),
      () => ok(whole),
    );
    await given.learn([], [appId(graph)]);
    expect(await Promise.all(['r1', 'r1', 'r1'].map((role) => nameOf(role, given)))).toEqual(
      ['r1', 'r1', 'r1'].map(() => 'Own.Role of Microsoft Graph'),
    );
    expect(given.paths).toHaveLength(2);
  });

  it.each([
    { name: 'a refusal', answer: err(refused), says: 'forbidden' },
    { name: 'an answer that is none', answer: ok([]), says: 'malformed' },
  ])('not, where the API gives $name', async ({ answer, says }) => {
    expect(
      await nameOf(
        'r1',
        book(
          () => ok([]),
          () => answer,
        ),
      ),
    ).toBe(says);
  });
});
