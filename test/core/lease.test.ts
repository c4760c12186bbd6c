import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Lease, leaseText, parseLease } from '../../src/core/lease.ts';

const lease: Lease = {
  tenant: '72f988bf-0000-4000-8000-000000000001',
  fence: 3,
  holder: 'https://github.com/contoso/backup-access/actions/runs/1',
  nonce: 'x',
  until: '2026-11-25T12:00:00.000Z',
  isReleased: false,
};
const parts = { version: 1, ...lease };

describe('a lease', () => {
  it('is JSON that a person can read', () => {
    expect(leaseText(lease)).toBe(`{
  "version": 1,
  "tenant": "72f988bf-0000-4000-8000-000000000001",
  "fence": 3,
  "holder": "https://github.com/contoso/backup-access/actions/runs/1",
  "nonce": "x",
  "until": "2026-11-25T12:00:00.000Z",
  "isReleased": false
}
`);
  });

  it('is read as it was written, and without its last line end', () => {
    const text = fc.string({ minLength: 1, maxLength: 100 });
    const any = fc.record({
      tenant: text,
      fence: fc.integer({ min: 1 }),
      holder: text,
      nonce: text,
      until: fc.date({ noInvalidDate: true }).map((date) => date.toISOString()),
      isReleased: fc.boolean(),
    });
    fc.assert(
      fc.property(any, (given) => {
        expect(parseLease(leaseText(given))).toEqual({ ok: true, value: given });
        expect(parseLease(leaseText(given).trimEnd())).toEqual({ ok: true, value: given });
      }),
    );
  });

  it.each<readonly [string, string, string]>([
    ['nothing', '', 'it is no lease in JSON'],
    ['prose', 'Merge branch main', 'it is no lease in JSON'],
    ['half of one', leaseText(lease).slice(0, 80), 'it is no lease in JSON'],
    ['null', 'null', 'it is no lease in JSON'],
    ['a list', '[]', 'it is no lease in JSON'],
    ['an empty object', '{}', 'it is a lease of another version than 1'],
    ['a later version', JSON.stringify({ ...parts, version: 2 }), 'it is a lease of another version than 1'],
    ['no fence', JSON.stringify({ ...parts, fence: undefined }), '`fence` is no number'],
    ['a fence of zero', JSON.stringify({ ...parts, fence: 0 }), '`fence` is no number'],
    ['half a fence', JSON.stringify({ ...parts, fence: 1.5 }), '`fence` is no number'],
    ['a fence beyond whole numbers', JSON.stringify({ ...parts, fence: 2 ** 53 }), '`fence` is no number'],
    ['a fence as a text', JSON.stringify({ ...parts, fence: '3' }), '`fence` is no number'],
    [
      'no word of its release',
      JSON.stringify({ ...parts, isReleased: null }),
      '`isReleased` is neither true nor false',
    ],
    ['no end', JSON.stringify({ ...parts, until: '' }), '`until` is no date'],
    ['an end that is none', JSON.stringify({ ...parts, until: 'tomorrow' }), '`until` is no date'],
    ['no tenant', JSON.stringify({ ...parts, tenant: '' }), '`tenant`, `holder` or `nonce` is no text'],
    ['no holder', JSON.stringify({ ...parts, holder: 7 }), '`tenant`, `holder` or `nonce` is no text'],
    [
      'a holder without end',
      JSON.stringify({ ...parts, holder: 'x'.repeat(501) }),
      '`tenant`, `holder` or `nonce` is no text',
    ],
    ['no nonce', JSON.stringify({ ...parts, nonce: undefined }), '`tenant`, `holder` or `nonce` is no text'],
  ])('is not %s', (_, text, why) => {
    expect(parseLease(text)).toEqual({ ok: false, error: why });
  });
});
