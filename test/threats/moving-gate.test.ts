import { createServer } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readRepository } from '../../src/github-run.ts';
import { jobToken } from '../support/github-rig.ts';
import { approver, type MergeRig } from '../support/merge-rig.ts';
import { codesOf, oneGrant, tidyMerge, writesOf } from '../support/threat-rig.ts';

/** Stands between a job and GitHub, and lets something happen before it passes on a request. */
const between = async (apiUrl: string) => {
  const paths: string[] = [];
  let before: (path: string) => void = () => undefined;
  const server = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => {
      const path = `${request.method} ${request.url}`;
      before(path);
      paths.push(path);
      const { authorization = '', 'content-type': type = 'application/json' } = request.headers;
      const body = parts.length === 0 ? {} : { body: Buffer.concat(parts) };
      const headers = { authorization, 'content-type': type };
      void fetch(`${apiUrl}${request.url}`, { method: request.method ?? 'GET', headers, ...body }).then(
        async (answer) => {
          const link = answer.headers.get('link');
          const { status } = answer;
          response.writeHead(status, { 'content-type': 'application/json', ...(link === null ? {} : { link }) });
          response.end(Buffer.from(await answer.arrayBuffer()));
        },
      );
    });
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  return {
    url: `http://127.0.0.1:${port}`,
    /** Runs something, and tells its requests in order. */
    during: async <T>(act: () => Promise<T>, happens: (path: string) => void) => {
      paths.length = 0;
      before = happens;
      const result = await act();
      return { result, paths: [...paths] };
    },
    paths: () => [...paths],
    close: () => new Promise((done) => server.close(done)),
  };
};

let rig: MergeRig;
let proxy: Awaited<ReturnType<typeof between>>;
beforeAll(async () => {
  rig = await tidyMerge();
  await rig.propose(oneGrant);
  rig.approve();
  rig.merge();
  proxy = await between(rig.github.apiUrl);
}, 120_000);
afterAll(async () => {
  await rig.close();
  await proxy.close();
});

const apply = () =>
  rig.applyHere({
    repository: readRepository(
      { GITHUB_REPOSITORY: 'contoso/backup-access', GITHUB_API_URL: proxy.url, GITHUB_RUN_ID: '4711' },
      jobToken,
    ),
  });

const isLook = (path: string): boolean => path.endsWith(`/collaborators/${approver}/permission`);
const looks = (): number => proxy.paths().filter(isLook).length;
const isRecord = (path: string): boolean => path.startsWith('POST ') && path.endsWith('/deployments');
const isLock = (path: string): boolean => path.startsWith('POST ') && path.endsWith('/git/commits');

/** Applies, and takes the approver's rights before the nth request of a kind. */
const losing = async (isMeant: (path: string) => boolean, nth: number) => {
  rig.github.setRole(approver, 'write');
  let met = 0;
  let lost = false;
  const { result, paths } = await proxy.during(apply, (path) => {
    if (isMeant(path)) met += 1;
    if (met !== nth || lost) return;
    rig.github.setRole(approver, 'read');
    lost = true;
  });
  expect(lost).toBe(true);
  return { result, paths };
};

describe('A02: an approver who loses his rights while the job runs', () => {
  it.each<readonly [string, (path: string) => boolean, number]>([
    ['before he is first looked at', isLook, 1],
    ['when the lock is taken', isLock, 1],
    ['when the record is made', isRecord, 1],
    ['just before he is looked at again, with the lock held', isLook, 2],
  ])('%s: nothing is written', { timeout: 120_000 }, async (_, isMeant, nth) => {
    const { result, paths } = await losing(isMeant, nth);
    expect(codesOf(result)).toEqual(['approvals-missing']);
    expect(writesOf(rig)).toEqual([]);
    if (paths.some(isLock)) expect(paths.findIndex(isLock)).toBeLessThan(paths.findLastIndex(isLook));
  });

  it('after the last look: what was approved until then is carried out', { timeout: 120_000 }, async () => {
    const { result } = await losing((path) => path.includes('/git/ref') && looks() === 2, 1);
    expect(result.report.apply?.results.map(({ state }) => state)).toEqual(['done']);
    expect(writesOf(rig)).toHaveLength(1);
  });
});
