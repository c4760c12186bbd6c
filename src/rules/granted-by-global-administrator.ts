import type { DirectoryAuditFact } from '../core/fact.ts';
import { defineRule } from '../core/rule.ts';
import { deedOf } from '../knowledge/audit-activities.ts';

const role = 'Global Administrator';

/** See docs/rules/granted-by-global-administrator.md */
export const grantedByGlobalAdministrator = defineRule({
  id: 'granted-by-global-administrator',
  summary: 'A Global Administrator signed in to give the identity its access',
  severity: 'low',
  confidence: 'likely',
  kinds: ['directory-audit'],
  since: '0.1.0',
  *check({ facts }) {
    const told = new Map<string, DirectoryAuditFact[]>();
    for (const fact of facts) {
      const deed = deedOf(fact.activity);
      if ((deed !== 'consent' && deed !== 'grant') || fact.actor.roles?.includes(role) !== true) continue;
      const key = `${fact.identity} ${fact.activity}`;
      told.set(key, [...(told.get(key) ?? []), fact]);
    }
    for (const entries of told.values()) {
      const [latest, ...others] = entries.toSorted((a, b) =>
        a.at > b.at || (a.at === b.at && a.key < b.key) ? -1 : 1,
      );
      if (latest === undefined) continue;
      const people = [...new Set(entries.flatMap(({ actor }) => actor.name ?? actor.id ?? []))].sort();
      const name = latest.actor.name ?? latest.actor.id;
      yield {
        at: latest,
        message: `\`${name}\`, a Global Administrator, did \`${latest.activity}\` for it on ${latest.at.slice(0, 10)}${others.length === 0 ? '' : `, the latest of ${entries.length} such deeds`}: a sign-in that can do everything served to give one app its access`,
        help: 'let a Cloud Application Administrator or Privileged Role Administrator consent, with a role that is activated for the hour',
        evidence: { at: latest.at, people, times: entries.length },
      };
    }
  },
});
