import { afterEach, expect } from 'vitest';
import type { GitHubServer } from '../../src/emulator/github-state.ts';
import { serveGitHub } from './github-rig.ts';
import { answerProblems, requestProblems } from './github-schemas.ts';

/**
 * Serves the embedded GitHub to one test, stops it behind, and holds whatever was sent and answered against GitHub's own
 * description of its API.
 */
export const checkedGitHub = (): typeof serveGitHub => {
  const servers: GitHubServer[] = [];
  afterEach(async () => {
    for (const server of servers.splice(0)) {
      await server.close();
      for (const exchange of server.exchanges()) {
        expect(requestProblems(exchange)).toEqual([]);
        if (exchange.status >= 200 && exchange.status < 300) expect(answerProblems(exchange, true)).toEqual([]);
      }
    }
  });
  return async (options = {}) => {
    const server = await serveGitHub(options);
    servers.push(server);
    return server;
  };
};
