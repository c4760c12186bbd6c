import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readSnapshot, SnapshotFileError, writeSnapshot } from '../../src/adapters/snapshot-file.ts';
import { identityId } from '../../src/core/ids.ts';
import type { Snapshot } from '../../src/core/snapshot.ts';
import { appRole, azureRole, backupApp, group, secret } from '../support/facts.ts';
import { temporaryFolder } from '../support/rig.ts';

const snapshot: Snapshot = {
  version: 2,
  tenant: { id: 't', cloud: 'public' },
  readAt: '2026-11-22T00:00:00Z',
  identities: [
    {
      id: identityId(backupApp),
      state: 'absent',
      objectId: null,
      appId: null,
      displayName: null,
      goneObjectId: null,
      mistake: null,
    },
  ],
  facts: [appRole('Mail.Read'), azureRole('Reader', group('rg')), secret(null, null)],
  gaps: [
    { kind: 'credential', identity: identityId(backupApp), reason: 'forbidden', needs: 'x', request: 'y', detail: 'z' },
  ],
  held: ['Application.Read.All'],
  asked: { credential: [backupApp] },
  names: { apis: [], azureRoles: [], directoryRoles: [] },
};
const file = join(temporaryFolder(), 'snapshot.json');

it('is read as it was written', async () => {
  await writeSnapshot(file, snapshot);
  expect(await readSnapshot(file)).toEqual(snapshot);
});

describe('what is no snapshot', () => {
  const other = 'it is not a snapshot of this program';
  const cases: { name: string; text: string; says: string }[] = [
    { name: 'nothing', text: '', says: `${file} is not JSON` },
    { name: 'half of one', text: JSON.stringify(snapshot).slice(0, 99), says: `${file} is not JSON` },
    { name: 'null', text: 'null', says: `${file} is not a JSON object` },
    {
      name: 'of version 1',
      text: JSON.stringify({ ...snapshot, version: 1 }),
      says: `${file} is of version 1; this program reads version 2`,
    },
    { name: 'without version', text: '{}', says: `${file} is of version undefined; this program reads version 2` },
    ...(['held', 'asked'] as const).map((field) => ({
      name: `without ${field}`,
      text: JSON.stringify({ ...snapshot, [field]: undefined }),
      says: `${file} does not say what was asked: ${other}`,
    })),
    ...(['identities', 'facts', 'gaps'] as const).flatMap((field) => [
      {
        name: `without ${field}`,
        text: JSON.stringify({ ...snapshot, [field]: undefined }),
        says: `${file} has no list \`${field}\`: ${other}`,
      },
      {
        name: `${field} of null`,
        text: JSON.stringify({ ...snapshot, [field]: [null] }),
        says: `${file}: entry 1 of \`${field}\` is not what this program writes`,
      },
      {
        name: `${field} of numbers`,
        text: JSON.stringify({ ...snapshot, [field]: [...snapshot[field], 7] }),
        says: `${file}: entry ${snapshot[field].length + 1} of \`${field}\` is not what this program writes`,
      },
      {
        name: `${field} without an identity`,
        text: JSON.stringify({ ...snapshot, [field]: [{}] }),
        says: `${file}: entry 1 of \`${field}\` is not what this program writes`,
      },
    ]),
    {
      name: 'without tenant',
      text: JSON.stringify({ ...snapshot, tenant: null }),
      says: `${file} has no \`tenant\`: ${other}`,
    },
    {
      name: 'without names',
      text: JSON.stringify({ ...snapshot, names: {} }),
      says: `${file} has no \`names\`: ${other}`,
    },
  ];
  it.each(cases)('$name', async ({ text, says }) => {
    writeFileSync(file, text);
    const error = await readSnapshot(file).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(SnapshotFileError);
    expect((error as Error).message).toBe(says);
  });

  it('a file that is not there, and a folder', async () => {
    await expect(readSnapshot('nowhere.json')).rejects.toThrow("nowhere.json can't be read (ENOENT)");
    await expect(readSnapshot('.')).rejects.toThrow(". can't be read (EISDIR)");
  });
});
