import { app, appId, company, credential, keyId, policy } from './company.ts';
import type { Stories } from './story.ts';

const identity = `  identities: [{ appId: ${appId('hubstor')} }]`;
const strict = policy(
  'hubstor',
  `${identity}\n  credentials: { allow: [federated, certificate], maxLifetime: P180D, renewBefore: P14D }`,
);

/** Secrets and certificates, on the application and where the portal doesn't show them. */
export const credentialStories: Stories = {
  'certificates that follow one another within the limit are clean': {
    tenant: company([
      app('hubstor', {
        certificates: [credential('old', '2026-06-01', '2026-11-25'), credential('new', '2026-11-01', '2027-04-25')],
      }),
    ]),
    policies: { 'hubstor.yaml': strict },
    exit: 0,
  },
  'each secret and certificate is judged for itself': {
    tenant: company([
      app('hubstor', {
        secrets: [credential('never', '2021-01-01', '2299-12-31'), credential('expired', '2020-01-01', '2022-01-01')],
        certificates: [credential('decade', '2026-01-01', '2036-01-01')],
      }),
    ]),
    policies: { 'hubstor.yaml': strict },
    exit: 1,
    says: [
      `high long-lived-secret: ${keyId('never')} (tenant)`,
      `medium long-lived-secret: ${keyId('decade')} (tenant)`,
      `medium secret-where-federation: ${keyId('never')} (tenant)`,
      `low expired-credential: ${keyId('expired')} (tenant)`,
    ],
  },
  'a password hidden beside a signing certificate of the same key id is found': {
    tenant: company([
      app('hubstor', {
        hidden: {
          secrets: [credential('sign', '2026-10-01', '2027-03-01')],
          certificates: [credential('sign', '2026-10-01', '2027-03-01')],
        },
      }),
    ]),
    policies: { 'hubstor.yaml': strict },
    exit: 1,
    says: [`medium secret-where-federation: ${keyId('sign')} (tenant)`],
  },
  'when the last secret is over, the next backup fails': {
    tenant: company([
      app('hubstor', {
        secrets: [credential('first', '2022-01-01', '2023-01-01'), credential('last', '2023-01-01', '2024-01-01')],
      }),
    ]),
    policies: { 'hubstor.yaml': policy('hubstor', `${identity}\n  credentials: { allow: [secret] }`) },
    exit: 1,
    says: [`high expired-credential: ${keyId('last')} (tenant)`, `low expired-credential: ${keyId('first')} (tenant)`],
  },
};
