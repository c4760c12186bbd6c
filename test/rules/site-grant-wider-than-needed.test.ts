import type { Operation } from '../../src/core/policy.ts';
import { siteGrantWiderThanNeeded } from '../../src/rules/site-grant-wider-than-needed.ts';
import { finance, legal, siteGrant } from '../support/door-facts.ts';
import { appRole, group } from '../support/facts.ts';
import { policy as plain, protects } from '../support/policies.ts';
import { testRule } from '../support/test-rule.ts';

const on = (workload: string, sites: readonly string[], operations: readonly Operation[] = ['backup']) =>
  protects(workload, sites.length === 0 ? {} : { source: sites }, operations);
const backup = plain({ protects: [on('sharepoint', [`${finance}/`])] });
const restores = plain({ protects: [on('sharepoint', [finance], ['backup', 'restore'])] });
const elevated = plain({
  protects: [{ ...on('sharepoint', [finance]), elevations: [{ operation: 'restore', maxDuration: 'PT8H' }] }],
});

testRule(siteGrantWiderThanNeeded, {
  pass: {
    'what backs up': { facts: [siteGrant('read')], policy: backup },
    'what backs a site below it up': {
      facts: [siteGrant('read')],
      policy: plain({ protects: [on('sharepoint', [`${finance}/audit`])] }),
    },
    'what backs the whole tenant up': {
      facts: [siteGrant('read')],
      policy: plain({ protects: [on('sharepoint', [])] }),
    },
    'full control, where permissions are backed up': {
      facts: [siteGrant('fullcontrol')],
      policy: plain({ protects: [on('sharepoint', [finance]), on('sharepoint-permissions', [finance])] }),
    },
    'a policy that says nothing of what it protects': { facts: [siteGrant('fullcontrol')] },
    'a workload of which nobody knows the role': {
      facts: [siteGrant('write')],
      policy: plain({ protects: [on('teams-files', [finance])] }),
    },
    'what nobody asked for, of which another rule tells': {
      facts: [siteGrant('fullcontrol')],
      policy: plain({ protects: [on('sharepoint', [finance])], governs: new Set(['site-grant']) }),
    },
    'a retired policy': {
      facts: [siteGrant('fullcontrol')],
      policy: plain({ protects: [on('sharepoint', [finance])], state: 'retired' }),
    },
    'a permission on all sites': { facts: [appRole('Sites.FullControl.All')], policy: backup },
  },
  fail: {
    'write where read backs up': {
      facts: [siteGrant('write')],
      policy: backup,
      says: [
        `medium certain write: \`write\` on \`${finance}\` allows more than backing up \`sharepoint\` needs: \`read\` is enough`,
      ],
    },
    'full control where read backs up': {
      facts: [siteGrant('fullcontrol')],
      policy: backup,
      says: [
        `high certain fullcontrol: \`fullcontrol\` on \`${finance}\` allows more than backing up \`sharepoint\` needs: \`read\` is enough`,
      ],
    },
    'write for a restore that is asked for at all times': {
      facts: [siteGrant('write')],
      policy: restores,
      says: [
        `medium certain write: \`write\` on \`${finance}\` stands at all times, and only restoring \`sharepoint\` needs it: \`read\` is enough for the backup`,
      ],
    },
    'write for a restore that is granted for hours': {
      facts: [siteGrant('write')],
      policy: elevated,
      says: [
        `medium certain write: \`write\` on \`${finance}\` stands at all times, and only restoring \`sharepoint\` needs it: \`read\` is enough for the backup`,
      ],
    },
    'manage, which is more than the restore needs': {
      facts: [siteGrant('manage')],
      policy: restores,
      says: [
        `high certain manage: \`manage\` on \`${finance}\` allows more than backing up \`sharepoint\` needs: \`read\` is enough`,
      ],
    },
    'a site that is not protected': {
      facts: [siteGrant('read', legal)],
      policy: backup,
      says: [`medium certain read: \`read\` on \`${legal}\` serves nothing that the policy protects`],
    },
    'a site, where only disks are protected': {
      facts: [siteGrant('read')],
      policy: plain({ protects: [protects('azure-vm-disk', { source: [group('rg-app')] })] }),
      says: [`medium certain read: \`read\` on \`${finance}\` serves nothing that the policy protects`],
    },
  },
});
