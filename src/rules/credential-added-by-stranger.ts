import type { DirectoryAuditFact, Fact } from '../core/fact.ts';
import { defineRule } from '../core/rule.ts';
import { deedOf } from '../knowledge/audit-activities.ts';

const days = 7;
const day = 86_400_000;

/** Owners of the identity, where all of them are known. */
const ownersOf = (identity: string, all: readonly Fact[]): ReadonlySet<string> | null => {
  const principal = all.find((one) => one.kind === 'service-principal' && one.identity === identity);
  if (principal?.kind !== 'service-principal' || principal.ownersUnread === true) return null;
  return new Set(principal.owners.map(({ id }) => id as string));
};

/** The log tells of removals by the same words: only a credential that is there, and as young, was added. */
const isStillThere = ({ identity, at }: DirectoryAuditFact, all: readonly Fact[]): boolean =>
  all.some(
    (one) =>
      one.kind === 'credential' &&
      one.identity === identity &&
      one.start !== null &&
      Math.abs(Date.parse(one.start) - Date.parse(at)) <= day,
  );

/** See docs/rules/credential-added-by-stranger.md */
export const credentialAddedByStranger = defineRule({
  id: 'credential-added-by-stranger',
  summary: 'Somebody who does not own the application added a credential in the last days',
  severity: 'medium',
  confidence: 'likely',
  kinds: ['directory-audit', 'credential', 'service-principal'],
  since: '0.1.0',
  *check({ facts, all, now }) {
    for (const fact of facts) {
      if (fact.kind !== 'directory-audit' || deedOf(fact.activity) !== 'credential') continue;
      const age = (now.getTime() - Date.parse(fact.at)) / day;
      const owners = ownersOf(fact.identity, all);
      if (age > days || age < -1 || owners === null || !isStillThere(fact, all)) continue;
      if (fact.actor.id !== null && owners.has(fact.actor.id)) continue;
      const name = fact.actor.name ?? fact.actor.id;
      const who = name === null ? 'somebody whom the log does not name' : `${fact.actor.type} \`${name}\``;
      yield {
        at: fact,
        message: `${who} added a credential on ${fact.at.slice(0, 10)} and does not own the application: who has a new key signs in as the backup`,
        help: 'ask the person and the owners; if nobody meant it, delete the credential and look at what the identity did since',
        evidence: { at: fact.at, actor: fact.actor.id, activity: fact.activity },
      };
    }
  },
});
