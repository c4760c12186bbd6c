import { defineRule } from '../core/rule.ts';

/** See docs/rules/mailbox-audit-bypassed.md */
export const mailboxAuditBypassed = defineRule({
  id: 'mailbox-audit-bypassed',
  summary: 'What an account does in mailboxes stays out of their audit logs',
  severity: 'high',
  confidence: 'certain',
  kinds: ['exchange-account'],
  since: '0.1.0',
  *check({ facts }) {
    for (const fact of facts) {
      if (fact.auditBypass !== true) continue;
      yield {
        at: fact,
        message: `nothing that account \`${fact.userPrincipalName}\` does in any mailbox is written to an audit log`,
        help: `run \`Set-MailboxAuditBypassAssociation -Identity ${fact.userPrincipalName} -AuditBypassEnabled $false\`, and find in the audit log of administrators who set it and when`,
      };
    }
  },
});
