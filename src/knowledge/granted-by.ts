import type { Fact } from '../core/fact.ts';
import { deedOf } from './audit-activities.ts';

/** The log and the grant write their moments apart from each other. */
const apart = 120_000;

/** Who granted what the identity holds since `created`, as the audit log names them; `null` where no entry tells. */
export const grantedBy = (identity: string, created: string | null, all: readonly Fact[]): string | null => {
  if (created === null) return null;
  const entry = all.find(
    (fact) =>
      fact.kind === 'directory-audit' &&
      fact.identity === identity &&
      (deedOf(fact.activity) === 'grant' || deedOf(fact.activity) === 'consent') &&
      Math.abs(Date.parse(fact.at) - Date.parse(created)) <= apart,
  );
  return entry?.kind === 'directory-audit' ? (entry.actor.name ?? entry.actor.id) : null;
};
