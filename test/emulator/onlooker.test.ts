import { afterEach, describe, expect, test } from 'vitest';
import type { Reply } from '../../src/emulator/api-request.ts';
import type { FaultScript } from '../../src/emulator/faults.ts';
import type { ServedCall } from '../../src/emulator/http.ts';
import type { Emulator } from '../../src/emulator/start-emulator.ts';
import { askGraph, start } from './connect.ts';
import { BACKUP_SP } from './tenant.ts';

const path = `/servicePrincipals/${BACKUP_SP}?$select=id`;
const about = ({ api, target }: ServedCall): boolean => api === 'graph' && target === `/v1.0${path}`;

const open: Emulator[] = [];
afterEach(async () => {
  await Promise.all(open.splice(0).map((emulator) => emulator.close()));
});

/** A served tenant, and what was seen at its door of requests for one service principal. */
const served = async (
  over: { readonly lets?: boolean; readonly leaves?: (reply: Reply | null) => Reply | null } = {},
  faults: FaultScript = [],
) => {
  const seen: (readonly [string, number | null])[] = [];
  const note = (call: ServedCall, what: string, status: number | null = null): void => {
    if (about(call)) seen.push([what, status]);
  };
  const emulator = await start({
    faults,
    onlooker: {
      comes: async (call) => {
        note(call, 'comes');
        return !about(call) || (over.lets ?? true);
      },
      isDone: (call, { status }) => note(call, 'is done', status),
      leaves: async (call, reply) => {
        note(call, 'leaves', reply?.status ?? null);
        return about(call) && over.leaves !== undefined ? over.leaves(reply) : reply;
      },
    },
  });
  open.push(emulator);
  return { emulator, seen };
};

describe('who stands at the door', () => {
  test('sees a request come, done and answered', async () => {
    const { emulator, seen } = await served();
    expect((await askGraph(emulator, path)).body.id).toBe(BACKUP_SP);
    expect(seen).toEqual([
      ['comes', null],
      ['is done', 200],
      ['leaves', 200],
    ]);
  });

  test('drops one before anything is done', async () => {
    const { emulator, seen } = await served({ lets: false });
    await expect(askGraph(emulator, path)).rejects.toThrow('fetch failed');
    expect(seen).toEqual([['comes', null]]);
  });

  test('puts another answer in the place of the true one', async () => {
    const { emulator } = await served({ leaves: () => ({ status: 503, body: { error: {} } }) });
    expect(await askGraph(emulator, path)).toMatchObject({ status: 503, body: { error: {} } });
  });

  test('cuts the connection after all was done', async () => {
    const { emulator, seen } = await served({ leaves: () => null });
    await expect(askGraph(emulator, path)).rejects.toThrow('fetch failed');
    expect(seen.map(([what]) => what)).toEqual(['comes', 'is done', 'leaves']);
  });

  test('sees that a fault answers what was never done', async () => {
    const { emulator, seen } = await served({}, [{ match: { path: BACKUP_SP }, answer: { status: 409 } }]);
    expect((await askGraph(emulator, path)).status).toBe(409);
    expect(seen).toEqual([
      ['comes', null],
      ['leaves', 409],
    ]);
  });

  test('sees that what is lost was done', async () => {
    const { emulator, seen } = await served({}, [{ match: { path: BACKUP_SP }, answer: { lost: true } }]);
    await expect(askGraph(emulator, path)).rejects.toThrow('fetch failed');
    expect(seen).toEqual([
      ['comes', null],
      ['is done', 200],
      ['leaves', null],
    ]);
  });
});
