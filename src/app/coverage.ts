import type { Kind } from '../core/kind.ts';
import type { Policy } from '../core/policy.ts';
import type { Coverage } from '../core/report.ts';
import type { Gap } from '../core/snapshot.ts';

/** One row per kind that is read for a policy: wholly read, or the first reason why not. */
export const coverageOf = (policy: Policy, gaps: readonly Gap[], kinds: readonly Kind[]): Coverage[] => {
  const row = (kind: Coverage['kind']): Coverage => {
    const gap = gaps.find((candidate) => candidate.kind === kind);
    if (gap === undefined)
      return { kind, subject: policy.name, state: 'complete', reason: null, needs: null, detail: null };
    const { reason, needs, request, detail } = gap;
    return { kind, subject: policy.name, state: 'gap', reason, needs, detail: `${request}: ${detail}` };
  };
  return kinds.map(({ id }) => row(id));
};
