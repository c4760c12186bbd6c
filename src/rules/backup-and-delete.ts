import { placeOfIdentity } from '../core/identity-of.ts';
import { lookAround } from '../core/protected-scopes.ts';
import { type Complaint, defineRule } from '../core/rule.ts';
import { addUpDeeds, type Deed, type Deeds } from '../knowledge/destroying-deeds.ts';

const tell = ({ fact, power }: Deed): string =>
  `${power.why} (\`${power.action}\`) by \`${fact.subject}\` on \`${fact.scope}\``;

const whatOf = ({ source, copies, prunes }: Deeds): string => {
  if (source === null) return 'the copies';
  return copies !== null || prunes ? 'both the source and its copies' : 'the source';
};

const complain = (deeds: Deeds): Omit<Complaint, 'at' | 'about'> | null => {
  const { source, copies, prunes } = deeds;
  const told = [source, copies].filter((deed) => deed !== null);
  if (told.length === 0) return null;
  const own = copies === null && prunes ? ', beside the snapshots that it prunes' : '';
  return {
    severity: source !== null && (copies !== null || prunes) ? 'high' : 'medium',
    confidence: told.every(({ fact }) => fact.condition === null) ? 'certain' : 'likely',
    message: `the identity that backs up can also destroy ${whatOf(deeds)}: it ${told.map(tell).join(', and ')}${own}`,
    help: 'give it the least roles of what it backs up; deleting, and changing a vault, are for another identity, which backs nothing up',
    evidence: { source: source?.power.action ?? null, copies: copies?.power.action ?? null, prunes },
  };
};

/** See docs/rules/backup-and-delete.md */
export const backupAndDelete = defineRule({
  id: 'backup-and-delete',
  summary: 'One identity can both back up and destroy the source or its copies',
  severity: 'high',
  confidence: 'certain',
  kinds: ['azure-role-assignment'],
  since: '0.1.0',
  *check({ facts, policy: { policy } }) {
    if (!lookAround(policy)('/').any) return;
    const addUp = addUpDeeds(policy);
    for (const [identity, own] of Map.groupBy(facts, (fact) => fact.identity)) {
      const complaint = complain(addUp(own.toSorted((a, b) => (a.key < b.key ? -1 : 1))));
      const place = placeOfIdentity(policy, identity);
      if (complaint !== null) yield { at: null, about: { identity, subject: identity, place }, ...complaint };
    }
  },
});
