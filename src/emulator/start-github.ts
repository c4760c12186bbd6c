import { makeCertificates } from './certificates.ts';
import { makeFaults } from './faults.ts';
import { pushCommit } from './github-refs.ts';
import { makeGitHubApi } from './github-router.ts';
import type { GitHubExchange, GitHubServer, GitHubServerOptions } from './github-state.ts';
import { makeGitHubStore } from './github-store.ts';
import { listen } from './http.ts';
import { parseJson } from './json.ts';

/** Starts the embedded GitHub on one port of the loopback address. */
export const startGitHub = async (options: GitHubServerOptions): Promise<GitHubServer> => {
  const now = options.now ?? (() => new Date());
  const store = makeGitHubStore(options, now);
  const certificates = options.plain === true ? null : await makeCertificates(new Date());
  const exchanges: GitHubExchange[] = [];
  let index = 0;
  const listener = await listen(
    'github',
    (url) => makeGitHubApi({ url: `${url}${options.basePath ?? ''}`, options, store, now }),
    {
      certificates,
      fault: makeFaults(options.faults ?? []),
      now,
      nextIndex: () => index++,
      log: ({ method, path, caller, status }, request, reply) => {
        const requestBody = request.body === '' ? undefined : parseJson(request.body);
        exchanges.push({ method, path, author: caller, requestBody, status, responseBody: reply?.body });
      },
    },
  );
  const of = <T extends { readonly pull: number }>(rows: Map<number, T>, pull: number): readonly T[] =>
    [...rows.values()].filter((row) => row.pull === pull);
  const { putReview, addPush, setRole, setTeam, putEnvironment, putRun, setBranch } = store.gate;
  const people = { putReview, addPush, setRole, setTeam, putEnvironment, putRun, setBranch };
  return {
    apiUrl: `${listener.url}${options.basePath ?? ''}`,
    caPem: certificates?.ca ?? '',
    comments: (pull) => of(store.comments, pull),
    reviewComments: (pull) => of(store.reviewComments, pull),
    reviews: (pull) => of(store.gate.reviews, pull).length,
    checkRuns: () => [...store.checkRuns.values()],
    sarifs: () => [...store.sarifs],
    addComment: store.addComment,
    addReviewComment: store.addReviewComment,
    deleteComment: (id) => void store.comments.delete(id),
    putPull: store.putPull,
    ...people,
    refs: () => new Map([...store.refs].map(([ref, sha]) => [ref, store.commits.get(sha) ?? null])),
    pushRef: (ref, message) => pushCommit(store, ref, message, now()),
    deployments: () => [...store.deployments.values()],
    exchanges: () => [...exchanges],
    close: listener.close,
  };
};
