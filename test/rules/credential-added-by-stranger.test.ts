import { objectId } from '../../src/core/ids.ts';
import { credentialAddedByStranger } from '../../src/rules/credential-added-by-stranger.ts';
import { secret, servicePrincipal } from '../support/facts.ts';
import { administrator, audit } from '../support/safety-facts.ts';
import { testRule } from '../support/test-rule.ts';

const added = 'Update application - Certificates and secrets management';
const at = '2026-11-20T08:00:00Z';
const young = secret(at, '2027-02-01T00:00:00Z');
const owned = servicePrincipal({ owners: [{ id: objectId(administrator.id ?? ''), type: 'user', on: 'application' }] });
const says = (actor: string) =>
  `medium likely ${added}: ${actor} added a credential on 2026-11-20 and does not own the application: who has a new key signs in as the backup`;

testRule(credentialAddedByStranger, {
  pass: {
    'an owner who renews': [audit(added, at), young, owned],
    'somebody, weeks ago': [
      audit(added, '2026-11-01T08:00:00Z'),
      secret('2026-11-01T08:00:00Z', null),
      servicePrincipal(),
    ],
    'a credential that was taken away': [audit(added, at), secret('2026-01-01T00:00:00Z', null), servicePrincipal()],
    'somebody, where owners are not known': [audit(added, at), young, servicePrincipal({ ownersUnread: true })],
    'somebody who consented': [audit('Consent to application', at), young, servicePrincipal()],
  },
  fail: {
    'an administrator': {
      facts: [audit(added, at), young, servicePrincipal()],
      says: [says('user `admin@contoso.example`')],
    },
    'an app': {
      facts: [audit(added, at, { type: 'app', id: 'p', name: 'pipeline' }), young, owned],
      says: [says('app `pipeline`')],
    },
    'somebody without a name': {
      facts: [audit(added, at, { type: 'app', id: null, name: null }), young, owned],
      says: [says('somebody whom the log does not name')],
    },
  },
});
