import type { ApplyPart } from '../core/apply.ts';
import { requestFields, withheldFields } from './json-change.ts';

/** What was written, or why nothing was, for machines: lists in the order of the run. */
export const applyFields = (part: ApplyPart) => ({
  commit: part.commit,
  pull: part.pull,
  approvers: part.approvers,
  dryRun: part.isDryRun,
  refusals: part.refusals.map(({ code, why, wayForward }) => ({ code, why, wayForward })),
  results: part.results.map(({ step, state, detail, requestIds }) => ({ step, state, detail, requestIds })),
  stopped: part.stopped,
  withheld: part.withheld.map(withheldFields),
  requests: part.requests.map(({ step, request }) => ({ step, request: requestFields(request) })),
  journal: part.journal,
});
