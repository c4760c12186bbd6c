import type { AppPresenceFact } from '../core/fact.ts';
import type { Presence } from '../core/policy.ts';
import { presenceKey, presenceName } from '../core/presence.ts';
import { defineRule } from '../core/rule.ts';

const stateOf = (present: AppPresenceFact | undefined, deleted: AppPresenceFact | undefined): string | null => {
  if (present !== undefined)
    return present.enabled === false ? 'is switched off or has no service principal in this tenant' : null;
  return deleted === undefined
    ? 'is not in the tenant'
    : 'was deleted, and lies in the deleted items until 30 days are over';
};

const nameOf = ({ appId, userPrincipalName }: Presence): string =>
  appId === null ? `user \`${userPrincipalName}\`` : `app \`${appId}\``;

/** See docs/rules/required-app-missing.md */
export const requiredAppMissing = defineRule({
  id: 'required-app-missing',
  summary: 'An app or user that the policy needs is gone, deleted or switched off',
  severity: 'high',
  confidence: 'certain',
  kinds: ['app-presence'],
  since: '0.1.0',
  *check({ facts, policy: { policy }, world, unread }) {
    // A policy asks for them; only a tenant can lack them, and only as far as it could be read.
    const [first] = policy.identities;
    if (world === 'asked' || first === undefined || policy.state === 'retired') return;
    for (const named of policy.mustExist) {
      const find = (state: 'present' | 'deleted') =>
        facts.find(({ key }) => key === presenceKey(first.id, named, state));
      const present = find('present');
      if (present === undefined && unread?.has('app-presence') === true) continue;
      const state = stateOf(present, find('deleted'));
      if (state === null) continue;
      const subject = present?.subject ?? presenceName(named);
      yield {
        at: null,
        about: { identity: first.id, subject, place: named.place },
        message: `${nameOf(named)} ${state}${named.purpose === null ? '' : ` (${named.purpose})`}, and \`mustExist\` says that the backup needs it`,
        help:
          present === undefined
            ? 'restore it from the deleted items, or set the product up again; take it out of `mustExist` if the product no longer has it'
            : 'find out who switched it off and why, and enable it again; else take it out of `mustExist`',
        evidence: {
          state: present === undefined ? (find('deleted') === undefined ? 'absent' : 'deleted') : 'disabled',
        },
      };
    }
  },
});
