import type {
  AppRoleAssignmentFact,
  AzureRoleAssignmentFact,
  DelegatedGrantFact,
  DirectoryRoleAssignmentFact,
} from '../core/fact.ts';
import { type Complaint, defineRule } from '../core/rule.ts';
import { findApi } from '../knowledge/apis.ts';
import { findAzureRole } from '../knowledge/azure-roles.ts';
import { escalatingDirectoryRole } from '../knowledge/escalating-directory-role.ts';
import { selfEscalation as escalates, escalatingAction } from '../knowledge/escalation.ts';

type Grant = AppRoleAssignmentFact | DelegatedGrantFact | AzureRoleAssignmentFact | DirectoryRoleAssignmentFact;

const judgePermission = (fact: AppRoleAssignmentFact | DelegatedGrantFact): Complaint | null => {
  const type = fact.kind === 'app-role-assignment' ? 'application' : 'delegated';
  const why = escalates(fact.api, type, fact.subject);
  if (why === null) return null;
  const through = type === 'delegated' ? ', as an administrator who signs in' : '';
  return {
    at: fact,
    message: `${type} permission \`${fact.subject}\` on ${findApi(fact.api)?.name ?? fact.api} lets its holder grant itself more${through}: ${why}`,
    help: 'remove it: consenting, assigning roles and adding credentials are tasks of a person, done once, with a role that is activated for it',
    evidence: { type, why },
  };
};

const judgeRole = (fact: AzureRoleAssignmentFact): Complaint | null => {
  if (fact.permissions === null || fact.orphaned) return null;
  const reason = escalatingAction(fact.permissions);
  if (reason === null) return null;
  /** Conditions are not evaluated: unknown, and treated as no limit. */
  const isConditional = (fact.condition ?? findAzureRole(fact.role)?.condition ?? null) !== null;
  const unless = isConditional ? ', unless its condition, which is not evaluated here, forbids that' : '';
  return {
    at: fact,
    confidence: isConditional ? 'likely' : 'certain',
    message: `\`${fact.subject}\` on \`${fact.scope}\` lets its holder grant itself more by \`${reason.action}\`: ${reason.why}${unless}`,
    help: 'use the least roles of what is backed up (`explain <workload>`); role assignments are made by a person, with Role Based Access Control Administrator under a condition',
    evidence: { action: reason.action, why: reason.why, condition: fact.condition, roleType: fact.roleType },
  };
};

const judgeDirectoryRole = (fact: DirectoryRoleAssignmentFact): Complaint | null => {
  const why = escalatingDirectoryRole(fact);
  // What has to be activated first is told by `eligible-privileged-role`.
  if (why === null || fact.eligible) return null;
  return {
    at: fact,
    message: `directory role \`${fact.subject}\` lets its holder grant itself more: ${why}`,
    help: 'remove it: a backup needs no directory role that administers others; set-up is done by a person with a role that is activated for it',
    evidence: { why },
  };
};

const judge = (fact: Grant): Complaint | null => {
  if (fact.kind === 'azure-role-assignment') return judgeRole(fact);
  return fact.kind === 'directory-role-assignment' ? judgeDirectoryRole(fact) : judgePermission(fact);
};

/** See docs/rules/self-escalation.md */
export const selfEscalation = defineRule({
  id: 'self-escalation',
  summary: 'A permission or role lets its holder grant itself more',
  severity: 'critical',
  confidence: 'certain',
  kinds: ['app-role-assignment', 'delegated-grant', 'azure-role-assignment', 'directory-role-assignment'],
  since: '0.1.0',
  *check({ facts }) {
    for (const fact of facts) {
      const complaint = judge(fact);
      if (complaint !== null) yield complaint;
    }
  },
});
