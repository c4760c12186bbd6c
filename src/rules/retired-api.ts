import { countDays, daysBetween } from '../core/duration.ts';
import type { AppRoleAssignmentFact, DelegatedGrantFact, ServicePrincipalFact } from '../core/fact.ts';
import type { Policy } from '../core/policy.ts';
import { type Complaint, defineRule } from '../core/rule.ts';
import { findApi } from '../knowledge/apis.ts';
import { type Phase, phaseAt, type Retirement, retirementOf, workloadRetirement } from '../knowledge/calendar.ts';

const warnDays = 365;

/** What the calendar says at a moment; `null` while the last day is more than a year away and nothing has begun. */
const saying = (retirement: Retirement, now: Date): Pick<Complaint, 'severity' | 'message'> | null => {
  const current = phaseAt(retirement, now);
  const last = retirement.phases.at(-1);
  if (last === undefined) return null;
  const since = ({ date, effect }: Phase): string => `since ${date} ${effect}`;
  const days = daysBetween(now, new Date(last.date));
  if (current === last)
    return { severity: 'high', message: `is retired: ${since(last)}, ${countDays(Math.abs(days))} ago` };
  if (current === null && days > warnDays) return null;
  const coming = `on ${last.date}, in ${countDays(days)}, ${last.effect}`;
  return {
    severity: 'medium',
    message: current === null ? `will be retired: ${coming}` : `is being retired: ${since(current)}; ${coming}`,
  };
};

const complain = (name: string, retirement: Retirement, now: Date): Omit<Complaint, 'at'> | null => {
  const said = saying(retirement, now);
  if (said === null) return null;
  const last = retirement.phases.at(-1)?.date ?? null;
  return {
    severity: said.severity ?? 'high',
    confidence: retirement.confidence === 'high' ? 'certain' : 'likely',
    message: `${name} ${said.message}`,
    help: `use instead: ${retirement.replacement}`,
    evidence: { retirement: retirement.id, what: retirement.what, last, source: retirement.source },
  };
};

const judgePermission = (fact: AppRoleAssignmentFact | DelegatedGrantFact, now: Date): Complaint | null => {
  const type = fact.kind === 'app-role-assignment' ? 'application' : 'delegated';
  const retirement = retirementOf({ api: fact.api, type, value: fact.subject });
  if (retirement === null) return null;
  const name = `${type} permission \`${fact.subject}\` on ${findApi(fact.api)?.name ?? fact.api}`;
  const complaint = complain(name, retirement, now);
  return complaint === null ? null : { at: fact, ...complaint };
};

/** What the manifest asks of an API that is retired as a whole is granted nowhere: clutter that breaks the next consent. */
function* judgeManifest(fact: ServicePrincipalFact, policy: Policy, now: Date): Iterable<Complaint> {
  const place = policy.identities.find(({ id }) => id === fact.identity)?.place ?? policy.place;
  for (const api of new Set(fact.requests)) {
    const retirement = retirementOf({ api, type: 'application', value: '' });
    const name = `the application's manifest asks permissions of ${findApi(api)?.name ?? api}, which`;
    const complaint = retirement === null ? null : complain(name, retirement, now);
    if (complaint !== null)
      yield { at: null, about: { identity: fact.identity, subject: api, place }, ...complaint, severity: 'medium' };
  }
}

/** See docs/rules/retired-api.md */
export const retiredApi = defineRule({
  id: 'retired-api',
  summary: 'A permission or workload belongs to a service that is switched off, or soon will be',
  severity: 'high',
  confidence: 'certain',
  kinds: ['app-role-assignment', 'delegated-grant', 'service-principal'],
  since: '0.1.0',
  *check({ facts, policy: { policy }, now }) {
    for (const fact of facts) {
      if (fact.kind === 'service-principal') {
        yield* judgeManifest(fact, policy, now);
        continue;
      }
      const complaint = judgePermission(fact, now);
      if (complaint !== null) yield complaint;
    }
    const [first] = policy.identities;
    if (first === undefined || policy.state === 'retired') return;
    for (const { workload, place } of policy.protects) {
      const retirement = workloadRetirement(workload);
      const complaint = retirement === null ? null : complain(`workload \`${workload}\``, retirement, now);
      if (complaint !== null) yield { at: null, about: { identity: first.id, subject: workload, place }, ...complaint };
    }
  },
});
