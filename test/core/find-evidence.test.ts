import { describe, expect, it } from 'vitest';
import type { Evidence } from '../../src/core/evidence.ts';
import { findEvidence } from '../../src/core/find-evidence.ts';
import { tenantId } from '../../src/core/ids.ts';

const own = '22222222-2222-4222-8222-222222222222';
const file = (collectedAt: string, more: Partial<Evidence> = {}): Evidence => ({
  command: 'Get-SPOTenant',
  tenantId: tenantId(own),
  collectedAt,
  result: {},
  file: `evidence/${collectedAt.slice(0, 10)}.json`,
  ...more,
});

const find = (evidence: readonly Evidence[], evidenceMaxAge = 'P30D', tenant = own): string => {
  const now = new Date('2026-11-22T00:00:00Z');
  const found = findEvidence('Get-SPOTenant', { tenantId: tenant, evidence, evidenceMaxAge, now });
  return found.ok ? found.value.file : `${found.error.reason}: ${found.error.detail}`;
};
const none = `no-evidence: no file says what Get-SPOTenant answers in tenant ${own}`;

describe('evidence of a command', () => {
  const cases: Record<string, { found: string; is: string }> = {
    'of this tenant': { found: find([file('2026-11-20T08:00:00Z')]), is: 'evidence/2026-11-20.json' },
    'as old as it may be': { found: find([file('2026-10-23T00:00:00Z')]), is: 'evidence/2026-10-23.json' },
    'of the same day, later than the run judges': {
      found: find([file('2026-11-22T23:59:59Z')]),
      is: 'evidence/2026-11-22.json',
    },
    'the latest of several, in whatever order': {
      found: find([file('2026-11-01T00:00:00Z'), file('2026-11-20T00:00:00Z'), file('2026-11-10T00:00:00Z')]),
      is: 'evidence/2026-11-20.json',
    },
    'beside one from the future': {
      found: find([file('2026-12-24T00:00:00Z'), file('2026-11-20T00:00:00Z')]),
      is: 'evidence/2026-11-20.json',
    },
    'at another offset from UTC': {
      found: find([file('2026-10-22T23:30:00-01:00')]),
      is: 'evidence/2026-10-22.json',
    },
    'spelt in capitals, of a tenant spelt in capitals': {
      found: find([file('2026-11-20T08:00:00Z', { command: 'GET-SPOTENANT' })], 'P30D', own.toUpperCase()),
      is: 'evidence/2026-11-20.json',
    },
    absent: { found: find([]), is: none },
    'of another command': { found: find([file('2026-11-20T08:00:00Z', { command: 'Get-User' })]), is: none },
    'of another tenant': {
      found: find([file('2026-11-20T08:00:00Z', { tenantId: tenantId('33333333-2222-4222-8222-222222222222') })]),
      is: none,
    },
    'a second too old': {
      found: find([file('2026-10-22T23:59:59Z')]),
      is: 'stale-evidence: evidence/2026-10-22.json is of 2026-10-22T23:59:59Z, older than P30D',
    },
    'too old for a shorter term': {
      found: find([file('2026-11-20T08:00:00Z')], 'P1D'),
      is: 'stale-evidence: evidence/2026-11-20.json is of 2026-11-20T08:00:00Z, older than P1D',
    },
    'from the future': {
      found: find([file('2099-01-01T00:00:00Z')]),
      is: 'stale-evidence: evidence/2099-01-01.json is of 2099-01-01T00:00:00Z, after the day of this run',
    },
  };
  it.each(Object.entries(cases))('%s', (_, { found, is }) => expect(found).toBe(is));
});
