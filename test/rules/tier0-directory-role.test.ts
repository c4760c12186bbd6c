import { tier0DirectoryRole } from '../../src/rules/tier0-directory-role.ts';
import { directoryRole } from '../support/facts.ts';
import { testRule } from '../support/test-rule.ts';

const unit = '/administrativeUnits/33333333-3333-4333-8333-333333333333';

testRule(tier0DirectoryRole, {
  pass: {
    'roles for backup': [
      directoryRole('Microsoft 365 Backup Administrator'),
      directoryRole('Exchange Backup Administrator'),
    ],
    'Global Reader': [directoryRole('Global Reader')],
    'what needs no further step, which self-escalation tells': [directoryRole('Global Administrator')],
    'a custom role': [directoryRole('Backup Readers')],
  },
  fail: {
    'on the whole directory': {
      facts: [directoryRole('Exchange Administrator')],
      says: [
        'critical certain Exchange Administrator: directory role `Exchange Administrator` on the whole directory is tier 0: it reaches every mailbox, password-reset mail of administrators included, and manages groups',
      ],
    },
    'in an administrative unit, even one that would escalate in the whole directory': {
      facts: [directoryRole('Exchange Administrator', { scope: unit })],
      says: [
        `medium likely Exchange Administrator: directory role \`Exchange Administrator\` on \`${unit}\` is tier 0: it reaches every mailbox, password-reset mail of administrators included, and manages groups`,
      ],
    },
  },
});
