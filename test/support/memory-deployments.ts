import type { Deployment, DeploymentPort, DeploymentStatus, NewDeployment } from '../../src/core/deployment-port.ts';
import type { GitHubFailure, Told } from '../../src/core/github.ts';
import { err, ok } from '../../src/core/result.ts';

/** A record in memory, with its statuses, newest first. */
export interface KeptDeployment extends Omit<NewDeployment, 'payload'>, Deployment {
  readonly statuses: (Pick<DeploymentStatus, 'description' | 'logUrl'> & { readonly state: string })[];
}

export interface MemoryDeployments {
  readonly port: DeploymentPort;
  readonly kept: KeptDeployment[];
  /** From now on, which calls fail; by their name and number. */
  fail: ((call: string) => boolean) | null;
}

export const failure: GitHubFailure = {
  reason: 'server-error',
  status: 502,
  request: 'POST /repos/…/deployments',
  needs: 'deployments: write',
  detail: 'HTTP 502, Server Error',
};

/** A repository's deployments in memory. */
export const memoryDeployments = (now: () => Date): MemoryDeployments => {
  const kept: KeptDeployment[] = [];
  const count = new Map<string, number>();
  const memory: MemoryDeployments = {
    kept,
    fail: null,
    port: {
      list: async () => answer('list', () => [...kept].reverse()),
      states: async (id) => answer('states', () => find(id).statuses.map(({ state }) => state)),
      create: async (deployment) =>
        answer('create', () => {
          const id = kept.length + 1;
          kept.push({ ...deployment, id, created: now().toISOString(), statuses: [] });
          return id;
        }),
      setStatus: async (id, status) =>
        answer('setStatus', () => {
          find(id).statuses.unshift(status);
          return null;
        }),
    },
  };
  const find = (id: number): KeptDeployment => {
    const found = kept.find((one) => one.id === id);
    if (found === undefined) throw new Error(`no deployment ${id}`);
    return found;
  };
  const answer = <T>(call: string, act: () => T): Told<T> => {
    const times = (count.get(call) ?? 0) + 1;
    count.set(call, times);
    return memory.fail?.(`${call} ${times}`) === true ? err(failure) : ok(act());
  };
  return memory;
};
