import type { PlanSource, Step } from '../core/plan.ts';
import { type PlanFile, parsePlanFile, stepsOfFile } from '../core/plan-file.ts';
import type { Hash } from '../core/ports.ts';
import type { Result } from '../core/result.ts';
import { knowledgeVersion } from '../knowledge/knowledge-version.ts';
import { digestOf } from './plan-digest.ts';

/** What a plan file is made of. */
export interface PlanFileInput extends Pick<PlanSource, 'tenant' | 'policies'> {
  readonly purpose: PlanFile['purpose'];
  readonly steps: readonly Step[];
  readonly toolVersion: string;
  readonly now: Date;
  readonly hash: Hash;
}

/** A plan as a file keeps it, under its digest. */
export const makePlanFile = (input: PlanFileInput): PlanFile => {
  const { purpose, tenant, policies, steps, toolVersion, now, hash } = input;
  return {
    version: 1,
    purpose,
    toolVersion,
    madeAt: now.toISOString(),
    tenant,
    knowledge: knowledgeVersion,
    digest: digestOf({ tenant, policies, steps }, hash),
    policies,
    steps,
  };
};

/** Reads a plan file strictly: its digest is made again from what it holds. */
export const readPlanFile = (text: string, hash: Hash): Result<PlanFile, string> =>
  parsePlanFile(text, {
    knowledge: knowledgeVersion,
    digestOf: ({ tenant, policies, steps }) => digestOf({ tenant, policies, steps: stepsOfFile({ steps }) }, hash),
  });
