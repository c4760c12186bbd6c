import type { SiteGrantFact } from '../core/fact.ts';
import type { Policy } from '../core/policy.ts';
import { type Complaint, defineRule } from '../core/rule.ts';
import { isSiteRoleWithin } from '../core/site-roles.ts';
import { siteService } from '../knowledge/site-service.ts';
import { tellList } from '../knowledge/tell-list.ts';

const complain = (fact: SiteGrantFact, policy: Policy): Complaint | null => {
  const { isProtected, standing, restores, workloads } = siteService(policy, fact.site);
  const grant = `\`${fact.role}\` on \`${fact.site}\``;
  if (!isProtected)
    return {
      at: fact,
      message: `${grant} serves nothing that the policy protects`,
      help: 'remove the grant; or, if the site is backed up, name it under `protects`',
      evidence: { role: fact.role },
      remedy: { type: 'remove' },
    };
  // Of workloads that no list tells the role of, nothing can be said.
  if (standing === null || isSiteRoleWithin(fact.role, standing)) return null;
  const evidence = { role: fact.role, least: standing, workloads };
  const severity = fact.role === 'read' || fact.role === 'write' ? 'medium' : 'high';
  const remedy = { type: 'replace', entries: [`{ site: "${fact.site}", role: ${standing} }`] } as const;
  if (restores?.isAsked === true && isSiteRoleWithin(fact.role, restores.role))
    return {
      at: fact,
      severity,
      message: `${grant} stands at all times, and only restoring ${tellList(restores.workloads)} needs it: \`${standing}\` is enough for the backup`,
      help: `make the role \`${standing}\`, and declare the restore under \`elevations\`, as \`{ operation: restore, maxDuration: PT8H }\`, or restore with an identity of its own`,
      evidence,
    };
  return {
    at: fact,
    severity,
    message: `${grant} allows more than backing up ${tellList(workloads)} needs: \`${standing}\` is enough`,
    help: `make the role \`${standing}\`${restores === null ? '' : `, and grant \`${restores.role}\` for the hours of a restore`}`,
    evidence,
    remedy,
  };
};

/** See docs/rules/site-grant-wider-than-needed.md */
export const siteGrantWiderThanNeeded = defineRule({
  id: 'site-grant-wider-than-needed',
  summary: 'A grant on a single site allows more than the backup of that site needs',
  severity: 'medium',
  confidence: 'certain',
  kinds: ['site-grant'],
  since: '0.1.0',
  *check({ facts, desired, governs, policy: { policy, desired: rows } }) {
    if (policy.protects.length === 0 || policy.state === 'retired') return;
    for (const fact of facts) {
      // What nobody asked for is told by `undeclared-access`.
      if (governs(fact) && !desired.has(fact.key)) continue;
      const complaint = complain(fact, policy);
      if (complaint === null) continue;
      const { remedy, ...rest } = complaint;
      // Where the policy asks for another role, or for access that is computed, its line is not at fault.
      const isWritten = rows.some((row) => row.fact.key === fact.key && row.fact.subject === fact.subject);
      yield isWritten && policy.access !== 'minimal' && remedy !== undefined ? { ...rest, remedy } : rest;
    }
  },
});
