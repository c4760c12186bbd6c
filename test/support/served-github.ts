import { afterEach } from 'vitest';
import type { GitHubFailure, Told } from '../../src/core/github.ts';
import type { GitHubServer } from '../../src/emulator/github-state.ts';
import { serveGitHub } from './github-rig.ts';

/** Serves the embedded GitHub to one test, and stops it behind. */
export const servedGitHub = (): typeof serveGitHub => {
  const servers: GitHubServer[] = [];
  afterEach(async () => {
    for (const server of servers.splice(0)) await server.close();
  });
  return async (options = {}) => {
    const server = await serveGitHub(options);
    servers.push(server);
    return server;
  };
};

/** The failure that was to come. */
export const failureOf = (told: Told<unknown>): GitHubFailure => {
  if (told.ok) throw new Error('this was to fail');
  return told.error;
};
