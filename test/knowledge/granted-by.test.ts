import { describe, expect, it } from 'vitest';
import { deedOf, findAuditActivity } from '../../src/knowledge/audit-activities.ts';
import { grantedBy } from '../../src/knowledge/granted-by.ts';
import { backupApp, otherApp } from '../support/facts.ts';
import { audit } from '../support/safety-facts.ts';

const grant = 'Add app role assignment to service principal';
const entry = audit(grant, '2026-11-20T08:00:00Z');

describe('who granted', () => {
  it('is who the log names at that moment', () => {
    expect(grantedBy(backupApp, '2026-11-20T08:01:30Z', [entry])).toBe('admin@contoso.example');
    expect(
      grantedBy(backupApp, '2026-11-20T08:00:00Z', [audit(grant, entry.at, { type: 'app', id: 'p', name: null })]),
    ).toBe('p');
  });
  it.each([
    ['another moment', backupApp, '2026-11-20T08:03:00Z', [entry]],
    ['another identity', otherApp, entry.at, [entry]],
    ['no moment', backupApp, null, [entry]],
    ['another deed', backupApp, entry.at, [audit('Add service principal credentials', entry.at)]],
  ])('is unknown with %s', (_, identity, created, all) => {
    expect(grantedBy(identity, created, all)).toBeNull();
  });
});

describe('activities of the audit log', () => {
  it.each([
    ['Update application – Certificates and secrets management ', 'credential'],
    ['consent to application', 'consent'],
    ['Add owner to service principal', 'owner'],
  ])('%s is a %s', (name, deed) => {
    expect(deedOf(findAuditActivity(name) ?? '')).toBe(deed);
  });
  it('that give nobody access are none', () => {
    expect([findAuditActivity('Update service principal'), deedOf('Update service principal')]).toEqual([null, null]);
  });
});
