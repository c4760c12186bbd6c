import type { GitHubFailure, Told } from '../../src/core/github.ts';
import type { LockCommit, LockPort } from '../../src/core/lock-port.ts';
import { err, ok } from '../../src/core/result.ts';

/** A lock's history in memory, which a test may look at and change as somebody else would. */
export interface MemoryLock {
  readonly port: LockPort;
  readonly refs: Map<string, string>;
  readonly commits: Map<string, LockCommit & { readonly parent: string | null }>;
}

const refused = (request: string, detail: string): Told<never> =>
  err<GitHubFailure>({ reason: 'invalid', status: 422, request, needs: 'contents: write', detail });

/**
 * A repository whose refs move forward only. `arrive` is waited for before a request takes effect, and `leave` before its answer
 * is there: between the two, others may come.
 */
export const memoryLock = (
  arrive: (request: string) => Promise<void> = async () => undefined,
  leave: (request: string) => Promise<void> = arrive,
): MemoryLock => {
  const refs = new Map<string, string>();
  const commits: MemoryLock['commits'] = new Map([
    ['0'.repeat(40), { sha: '0'.repeat(40), tree: 'f'.repeat(40), message: 'policies', parent: null }],
  ]);
  const tree = 'e'.repeat(40);
  const served = async <T>(request: string, act: () => T): Promise<T> => {
    await arrive(request);
    const answer = act();
    await leave(request);
    return answer;
  };
  const follows = (sha: string | null, before: string): boolean =>
    sha !== null && (sha === before || follows(commits.get(sha)?.parent ?? null, before));
  const port: LockPort = {
    head: (name) => served('GET ref', () => ok(refs.get(name) ?? null)),
    readCommit: (sha) =>
      served('GET commit', () => {
        const found = commits.get(sha);
        return found === undefined ? refused('GET commit', 'Not Found') : ok(found);
      }),
    createTree: () => served('POST tree', () => ok(tree)),
    createCommit: ({ message, tree: files, parent }) =>
      served('POST commit', () => {
        // As in Git: the same content has the same id.
        const content = JSON.stringify({ message, tree: files, parent });
        const same = [...commits.values()].find(
          (one) => JSON.stringify({ message: one.message, tree: one.tree, parent: one.parent }) === content,
        );
        const sha = same?.sha ?? String(commits.size).padStart(40, '0');
        commits.set(sha, { sha, tree: files, message, parent });
        return ok(sha);
      }),
    createRef: (name, sha) =>
      served('POST ref', () => {
        if (refs.has(name)) return refused('POST ref', 'HTTP 422, Reference already exists');
        refs.set(name, sha);
        return ok(null);
      }),
    moveRef: (name, sha) =>
      served('PATCH ref', () => {
        if (!follows(sha, refs.get(name) ?? '')) return refused('PATCH ref', 'HTTP 422, Update is not a fast forward');
        refs.set(name, sha);
        return ok(null);
      }),
  };
  return { port, refs, commits };
};
