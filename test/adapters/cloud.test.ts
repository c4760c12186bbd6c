import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { CloudFileError, isMicrosoftCloud, readCloud } from '../../src/adapters/cloud.ts';
import { certificates } from '../support/https-server.ts';
import { temporaryFolder } from '../support/rig.ts';

const folder = temporaryFolder();
writeFileSync(join(folder, 'ca.pem'), certificates.ca);
writeFileSync(join(folder, 'empty.pem'), '');
writeFileSync(join(folder, 'key.pem'), '-----BEGIN PRIVATE KEY-----\n-----END PRIVATE KEY-----\n');

const good = {
  name: 'embedded',
  authority: 'https://localhost:41001',
  graph: 'https://localhost:41002/',
  resourceManager: 'https://LOCALHOST:41003',
  audience: 'api://x',
  ca: 'ca.pem',
};
let count = 0;
const write = (text: string): string => {
  count += 1;
  const file = join(folder, `cloud-${count}.json`);
  writeFileSync(file, text);
  return file;
};

describe('a cloud', () => {
  it.each([
    { name: 'public', graph: 'https://graph.microsoft.com', audience: 'api://AzureADTokenExchange' },
    { name: 'usgov', graph: 'https://graph.microsoft.us', audience: 'api://AzureADTokenExchangeUSGov' },
    { name: 'china', graph: 'https://microsoftgraph.chinacloudapi.cn', audience: 'api://AzureADTokenExchangeChina' },
  ])('$name is Microsoft’s', async ({ name, graph, audience }) => {
    const cloud = await readCloud(name);
    expect(cloud).toMatchObject({ name, graph, audience, graphScope: `${graph}/.default`, ca: null });
    expect(isMicrosoftCloud(cloud)).toBe(true);
  });

  it('of a file has its addresses as origins and its authority beside it', async () => {
    const cloud = await readCloud(write(JSON.stringify(good)));
    expect(cloud).toEqual({
      name: 'embedded',
      authority: 'https://localhost:41001',
      graph: 'https://localhost:41002',
      resourceManager: 'https://localhost:41003',
      graphScope: 'https://localhost:41002/.default',
      resourceManagerScope: 'https://localhost:41003/.default',
      audience: 'api://x',
      ca: certificates.ca,
    });
    expect(isMicrosoftCloud(cloud)).toBe(false);
  });

  it('of a file may leave out name, audience and authority', async () => {
    const { authority, graph, resourceManager } = good;
    expect(await readCloud(write(JSON.stringify({ authority, graph, resourceManager, ca: null })))).toMatchObject({
      name: 'custom',
      audience: 'api://AzureADTokenExchange',
      ca: null,
    });
  });
});

describe('what is no cloud file', () => {
  const address = (field: string): string => `FILE: \`${field}\` must be an https address, as https://localhost:41001`;
  const cases = [
    { text: '', says: 'FILE is not JSON: a cloud file holds authority, graph, resourceManager, audience and ca' },
    { text: '{', says: 'FILE is not JSON: a cloud file holds authority, graph, resourceManager, audience and ca' },
    { text: 'null', says: 'FILE is not a JSON object' },
    { text: '[]', says: 'FILE is not a JSON object' },
    { text: '"public"', says: 'FILE is not a JSON object' },
    { text: '{}', says: address('authority') },
    { text: JSON.stringify({ ...good, graph: undefined }), says: address('graph') },
    { text: JSON.stringify({ ...good, resourceManager: 7 }), says: address('resourceManager') },
    { text: JSON.stringify({ ...good, graph: 'http://localhost:41002' }), says: address('graph') },
    { text: JSON.stringify({ ...good, graph: 'localhost:41002' }), says: address('graph') },
    {
      text: JSON.stringify({ ...good, graph: 'https://u:p@localhost' }),
      says: 'FILE: `graph` must not hold a user name',
    },
    {
      text: JSON.stringify({ ...good, graph: 'https://proxy/graph' }),
      says: 'FILE: `graph` must be an address without a path, as https://proxy',
    },
    {
      text: JSON.stringify({ ...good, graph: 'https://proxy/?x=1' }),
      says: 'FILE: `graph` must be an address without a path, as https://proxy',
    },
    { text: JSON.stringify({ ...good, ca: 7 }), says: 'FILE: `ca` must be a text' },
    { text: JSON.stringify({ ...good, ca: '' }), says: 'FILE: `ca` must be a text' },
    { text: JSON.stringify({ ...good, audience: [] }), says: 'FILE: `audience` must be a text' },
    {
      text: JSON.stringify({ ...good, ca: 'nowhere.pem' }),
      says: "FILE: the file that `ca` names can't be read (ENOENT)",
    },
    { text: JSON.stringify({ ...good, ca: '.' }), says: "FILE: the file that `ca` names can't be read (EISDIR)" },
    {
      text: JSON.stringify({ ...good, ca: 'empty.pem' }),
      says: 'FILE: the file that `ca` names holds no certificate in PEM',
    },
    {
      text: JSON.stringify({ ...good, ca: 'key.pem' }),
      says: 'FILE: the file that `ca` names holds no certificate in PEM',
    },
  ];
  it.each(cases)('$text', async ({ text, says }) => {
    const file = write(text);
    const error = await readCloud(file).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(CloudFileError);
    expect((error as Error).message).toBe(says.replace('FILE', file));
  });

  it('neither a cloud nor a file', async () => {
    await expect(readCloud('Public')).rejects.toThrow(
      '`Public` is neither a cloud (public, usgov, china) nor a file that can be read (ENOENT)',
    );
  });
});
