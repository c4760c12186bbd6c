import { unusedCredential } from '../../src/rules/unused-credential.ts';
import { certificate } from '../support/facts.ts';
import { signIns } from '../support/safety-facts.ts';
import { testRule } from '../support/test-rule.ts';

const start = '2026-01-01T00:00:00Z';
const end = '2027-12-01T00:00:00Z';
const old = certificate(start, end, { id: 'old' });
const fresh = certificate(start, end, { id: 'new' });
const used = (last: string | null, other: string | null) =>
  signIns('2026-11-21T00:00:00Z', [
    { keyId: 'old', last },
    { keyId: 'new', last: other },
  ]);

testRule(unusedCredential, {
  pass: {
    'both in use': [old, fresh, used('2026-11-01T00:00:00Z', '2026-11-21T00:00:00Z')],
    'neither in use': [old, fresh, used('2026-01-02T00:00:00Z', '2026-01-03T00:00:00Z')],
    'one of which no use is kept': [old, fresh, used(null, '2026-11-21T00:00:00Z')],
    'one that is no longer there': [fresh, used('2026-01-02T00:00:00Z', '2026-11-21T00:00:00Z')],
    'one that ran out': [
      certificate(start, '2026-06-01T00:00:00Z', { id: 'old' }),
      fresh,
      used('2026-01-02T00:00:00Z', '2026-11-21T00:00:00Z'),
    ],
  },
  fail: {
    'the old one beside the new one': {
      facts: [old, fresh, used('2026-01-02T00:00:00Z', '2026-11-21T00:00:00Z')],
      says: [
        'low likely old: certificate `old` was last used on 2026-01-02, 324 days ago, while another credential is in use',
      ],
    },
    'the new one that nobody put in place': {
      facts: [old, fresh, used('2026-11-21T00:00:00Z', '2026-08-01T00:00:00Z')],
      says: [
        'low likely new: certificate `new` was last used on 2026-08-01, 113 days ago, while another credential is in use',
      ],
    },
  },
});
