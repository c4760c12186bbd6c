import { defineRule } from '../core/rule.ts';
import { beaten } from '../knowledge/credential-restrictions.ts';

/** See docs/rules/credential-beats-app-management.md */
export const credentialBeatsAppManagement = defineRule({
  id: 'credential-beats-app-management',
  summary: 'A credential is there that the tenant would not let anybody make today',
  severity: 'low',
  confidence: 'certain',
  kinds: ['app-management-policy', 'credential'],
  since: '0.1.0',
  *check({ facts, now }) {
    const restrictions = facts.filter((fact) => fact.kind === 'app-management-policy');
    const standard = restrictions.filter(({ policy }) => policy === null);
    // Of an exempted app `exempt-from-app-management` tells.
    const isOwn = ({ identity, on, restriction }: (typeof restrictions)[number]): boolean =>
      restrictions.some(
        (one) => one.policy !== null && one.identity === identity && one.on === on && one.restriction === restriction,
      );
    for (const credential of facts) {
      if (credential.kind !== 'credential') continue;
      if (credential.end !== null && new Date(credential.end) <= now) continue;
      const found = standard
        .filter((one) => one.identity === credential.identity && !isOwn(one))
        .toSorted((a, b) => (a.restriction < b.restriction ? -1 : 1))
        .find((one) => beaten(one, credential) !== null);
      if (found === undefined) continue;
      const limit = found.maxLifetime === null ? '' : ` of \`${found.maxLifetime}\``;
      yield {
        at: credential,
        message: `${credential.type} \`${credential.subject}\` was made before the tenant's restriction \`${found.restriction}\`${limit} held for it, and goes against it`,
        help: 'replace it by what the restriction allows, or better by federation, before it has to be renewed',
        evidence: { restriction: found.restriction, maxLifetime: found.maxLifetime, from: found.from },
      };
    }
  },
});
