import { exchangeRoleEscalates } from '../../src/rules/exchange-role-escalates.ts';
import { exchangeRole } from '../support/exchange-facts.ts';
import { directoryRole } from '../support/facts.ts';
import { testRule } from '../support/test-rule.ts';

const gives = 'lets its holder give itself more';

testRule(exchangeRoleEscalates, {
  pass: {
    'an application role': [exchangeRole('Application Mail.ReadWrite')],
    'a role that opens mailboxes and gives no roles': [exchangeRole('Mailbox Search')],
    'a custom role that only looks at roles': [
      exchangeRole('Own', 'organization', { commands: ['Get-RoleGroup', 'Get-ManagementRole'] }),
    ],
    'one made from Role Management, less the commands': [
      exchangeRole('Own', 'organization', { parent: 'Role Management', commands: ['Get-RoleGroup'] }),
    ],
    'a directory role, of which another rule tells': [directoryRole('Exchange Administrator')],
  },
  fail: {
    'Role Management': {
      facts: [exchangeRole('Role Management')],
      says: [
        `critical certain Role Management: the Exchange role \`Role Management\` on the whole organization ${gives}: it manages role groups, roles and who holds them, which opens every mailbox`,
      ],
    },
    'a custom role with the command, by a role group': {
      facts: [
        exchangeRole('NinjaOne Backup Role', 'organization', {
          roleGroup: 'NinjaOne Backup',
          commands: ['Add-RoleGroupMember', 'Get-Mailbox'],
        }),
      ],
      says: [
        `critical certain NinjaOne Backup Role: the Exchange role \`NinjaOne Backup Role\` on the whole organization, by role group \`NinjaOne Backup\` ${gives} by \`Add-RoleGroupMember\`: it adds anybody to a role group, which opens every mailbox`,
      ],
    },
    'in a scope, which it can leave': {
      facts: [exchangeRole('Own', 'Some', { commands: ['New-ManagementRoleAssignment'] })],
      says: [
        `critical certain Own: the Exchange role \`Own\` on \`Some\` ${gives} by \`New-ManagementRoleAssignment\`: it gives any role to anybody, which opens every mailbox`,
      ],
    },
  },
});
