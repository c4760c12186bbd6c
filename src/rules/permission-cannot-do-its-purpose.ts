import type { AppRoleAssignmentFact } from '../core/fact.ts';
import type { Policy } from '../core/policy.ts';
import { type Complaint, defineRule } from '../core/rule.ts';
import { nameGrant } from '../knowledge/name-grant.ts';
import { readsOnly } from '../knowledge/reads-only.ts';
import { redundantKeys } from '../knowledge/redundant-keys.ts';
import { workloadsOf } from '../knowledge/service.ts';
import { serviceOf } from '../knowledge/service-of.ts';
import { tellLeast } from '../knowledge/tell-least.ts';
import { tellList } from '../knowledge/tell-list.ts';

const judgeWork = (fact: AppRoleAssignmentFact, policy: Policy): Complaint | null => {
  const service = serviceOf(fact, policy);
  if (service?.state !== 'short') return null;
  const { uses } = service;
  const needed = [
    ...new Set(uses.flatMap(({ need: { grant } }) => (grant.plane === 'application' ? [grant.permission] : []))),
  ];
  const workloads = workloadsOf(uses);
  return {
    at: fact,
    message: `${nameGrant(fact)} is less than backing up ${tellList(workloads)} takes, which is ${tellList(needed)}`,
    help: `remove it, and use ${tellLeast(needed, uses)}`,
    evidence: { needed, workloads },
  };
};

const writing = /\b(restor(e|es|ing)|recover(s|y|ing)?|writ(e|es|ing)|brings? back)\b/i;

const judgeWords = (fact: AppRoleAssignmentFact, purpose: string): Complaint | null => {
  const speaks = { at: fact, severity: 'low', confidence: 'likely', evidence: { purpose } } as const;
  if (readsOnly(fact.subject) && writing.test(purpose))
    return {
      ...speaks,
      message: `${nameGrant(fact)} only reads, and its purpose \`${purpose}\` speaks of writing`,
      help: 'say what it reads, and declare what the restore needs under `elevations`',
    };
  if (fact.subject === 'ChannelMessage.Read.All' && /\bchats?\b/i.test(purpose) && !/channel/i.test(purpose))
    return {
      ...speaks,
      message: `${nameGrant(fact)} reads messages in channels, and its purpose \`${purpose}\` speaks of chats`,
      help: 'say that it reads channels; chats take `Chat.Read.All`',
    };
  return null;
};

/** See docs/rules/permission-cannot-do-its-purpose.md */
export const permissionCannotDoItsPurpose = defineRule({
  id: 'permission-cannot-do-its-purpose',
  summary: 'A permission cannot do what it is held for',
  severity: 'medium',
  confidence: 'certain',
  kinds: ['app-role-assignment'],
  since: '0.1.0',
  *check({ facts, all, policy: { policy, desired: rows }, desired }) {
    const redundant = redundantKeys(all, desired);
    for (const fact of facts) {
      const asked = rows.find((one) => one.fact.key === fact.key)?.fact;
      const purpose = asked?.kind === 'app-role-assignment' ? asked.purpose : null;
      const work = redundant.has(fact.key) ? null : judgeWork(fact, policy);
      // Computed purposes are no promise of a person.
      const complaint = work ?? (purpose === null || policy.access === 'minimal' ? null : judgeWords(fact, purpose));
      if (complaint !== null) yield complaint;
    }
  },
});
