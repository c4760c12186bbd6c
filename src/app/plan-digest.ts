import canonicalize from 'canonicalize';
import { type PolicyContent, planContent, type Step, stepContent } from '../core/plan.ts';
import type { Hash } from '../core/ports.ts';
import { knowledgeVersion } from '../knowledge/knowledge-version.ts';

/** What a plan's digest covers, but for the knowledge, which comes with the program. */
export interface PlanParts {
  /** Tenant id; empty where no tenant was seen. */
  readonly tenant: string;
  readonly policies: readonly PolicyContent[];
  readonly steps: readonly Step[];
}

/** The digest of a plan: SHA-256 over its canonical JSON (RFC 8785). */
export const digestOf = ({ tenant, policies, steps }: PlanParts, hash: Hash): string =>
  `sha256:${hash(String(canonicalize(planContent({ tenant, knowledge: knowledgeVersion, policies }, steps))))}`;

/** What a step would do, as a hash: the same step, whoever plans it and when. SHA-256 over canonical JSON, in hex. */
export const hashOf = (step: Step, hash: Hash): string => hash(String(canonicalize(stepContent(step))));
