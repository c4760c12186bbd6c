import type { Fact } from '../../src/core/fact.ts';
import { objectId } from '../../src/core/ids.ts';
import { certificate, servicePrincipal } from '../support/facts.ts';
import { administrator, audit, signIns } from '../support/safety-facts.ts';
import type { Cases, CorpusCase } from './corpus-case.ts';
import { protect, type Wish } from './policy-text.ts';
import { keeper } from './run-case.ts';

const mail: Wish = {
  protects: [protect('exchange-mail')],
  graph: 'User.ReadBasic.All, Mail.Read',
  credentials: '{ allow: [certificate] }',
};
const unused = 'unused-identity';
const idle = 'unused-credential';
const lords = 'granted-by-global-administrator';
const stranger = 'credential-added-by-stranger';

const consent = 'Consent to application';
const grant = 'Add app role assignment to service principal';
const delegate = 'Add delegated permission grant';
const added = 'Update application - Certificates and secrets management';
const day = '2026-11-20T08:00:00Z';
const yesterday = '2026-11-21T03:00:00Z';
const proof = (id: string, start = '2026-08-20T00:00:00Z', end = '2027-02-10T00:00:00Z') =>
  certificate(start, end, { id });
const used = (last: string | null, other: string | null) =>
  signIns(yesterday, [
    { keyId: 'old', last },
    { keyId: 'new', last: other },
  ]);
const smaller = { ...administrator, roles: ['Cloud Application Administrator'] };
const owner = { ...administrator, id: keeper.id as string, roles: [] };
const unowned = servicePrincipal({ owners: [keeper], ownersUnread: true });

const shows = (also: readonly Fact[], ...expect: readonly string[]): CorpusCase => ({ policy: mail, also, expect });
const spares = (also: readonly Fact[], ...tempts: readonly string[]): CorpusCase => ({
  policy: mail,
  also,
  tempts,
  expect: [],
});

/** Whether the identity and its credentials are used, who gave it access, and who added its keys. */
export const activityCases: Cases = {
  'use: yesterday': spares([signIns(yesterday)], unused),
  'use: ninety days ago': spares([signIns('2026-08-24T00:00:00Z')], unused),
  'use: none that is kept': spares([signIns(null)], unused),
  'use: half a year ago': shows([signIns('2026-05-20T00:00:00Z')], `${unused} · the app`),
  'use: years ago': shows([signIns('2023-01-20T00:00:00Z')], `${unused} · the app`),
  'use: ninety-one days ago': shows([signIns('2026-08-23T00:00:00Z')], `${unused} · the app`),
  'use: both credentials': spares([proof('old'), proof('new'), used('2026-11-01T00:00:00Z', yesterday)], idle),
  'use: one credential of which none is kept': spares([proof('old'), proof('new'), used(null, yesterday)], idle),
  'use: of a credential that is gone': spares([proof('new'), used('2026-06-01T00:00:00Z', yesterday)], idle),
  'use: the new credential only': shows(
    [proof('old'), proof('new'), used('2026-06-01T00:00:00Z', yesterday)],
    `${idle} · old`,
  ),
  'use: the old credential only': shows(
    [proof('old'), proof('new'), used(yesterday, '2026-06-01T00:00:00Z')],
    `${idle} · new`,
  ),
  'use: the new credential, and the old one a season ago': shows(
    [proof('old'), proof('new'), used('2026-08-22T00:00:00Z', yesterday)],
    `${idle} · old`,
  ),
  'deeds: a consent by a smaller role': spares([audit(consent, day, smaller)], lords),
  'deeds: a grant by a pipeline': spares([audit(grant, day, { type: 'app', id: 'p', name: 'pipeline' })], lords),
  'deeds: an owner whom a Global Administrator added': spares([audit('Add owner to application', day)], lords),
  'deeds: a consent by a Global Administrator': shows([audit(consent, day)], `${lords} · ${consent}`),
  'deeds: a grant by a Global Administrator': shows([audit(grant, day)], `${lords} · ${grant}`),
  'deeds: a consent and a delegated grant by a Global Administrator': shows(
    [audit(consent, day), audit(delegate, day)],
    `${lords} · ${consent}`,
    `${lords} · ${delegate}`,
  ),
  'keys: added by the owner': spares([audit(added, day, owner), proof('young', day)], stranger),
  'keys: taken away by somebody': spares([audit(added, day, smaller), proof('old')], stranger),
  'keys: added by somebody, owners unread': spares(
    [audit(added, day, smaller), proof('young', day), unowned],
    stranger,
  ),
  'keys: added by somebody': shows([audit(added, day, smaller), proof('young', day)], `${stranger} · ${added}`),
  'keys: added by a pipeline': shows(
    [audit(added, day, { type: 'app', id: objectId('p'), name: 'pipeline' }), proof('young', day)],
    `${stranger} · ${added}`,
  ),
  'keys: added by nobody known': shows(
    [audit(added, day, { type: 'user', id: null, name: null }), proof('young', day)],
    `${stranger} · ${added}`,
  ),
};
