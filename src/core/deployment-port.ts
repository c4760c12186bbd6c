import type { Told } from './github.ts';

/** `success`: all was done. `failure`: some was, or may have been. `error`: nothing was written. */
export type DeploymentState = 'in_progress' | 'success' | 'failure' | 'error';

/** A record of a run that was about to write, as GitHub keeps it. */
export interface Deployment {
  readonly id: number;
  /** ISO 8601, UTC. */
  readonly created: string;
  /** What was written down with it: JSON as a value, or as a text. */
  readonly payload: unknown;
}

export interface NewDeployment {
  /** Commit that is applied. */
  readonly commit: string;
  readonly environment: string;
  readonly description: string;
  readonly payload: Readonly<Record<string, unknown>>;
}

export interface DeploymentStatus {
  readonly state: DeploymentState;
  /** At most 140 characters. */
  readonly description: string;
  /** Where the run can be looked up; `null`: nowhere. */
  readonly logUrl: string | null;
}

/** The repository's deployments by this program: seen by people on GitHub, and remembered by the brake. */
export interface DeploymentPort {
  /** All of this program's, whatever their environment. */
  readonly list: () => Promise<Told<readonly Deployment[]>>;
  /** States that a deployment was ever given, newest first; others' words, such as `inactive`, with them. */
  readonly states: (id: number) => Promise<Told<readonly string[]>>;
  readonly create: (deployment: NewDeployment) => Promise<Told<number>>;
  readonly setStatus: (id: number, status: DeploymentStatus) => Promise<Told<null>>;
}
