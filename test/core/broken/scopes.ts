import { type BrokenCase, change, withAccess } from './sample-policy.ts';

/** Azure ids and Microsoft 365 scopes. */
export const brokenScopes: Readonly<Record<string, BrokenCase>> = {
  'the tenant root': {
    text: change('/subscriptions/6ed70176-8b1f-42f8-adc4-928fa2db414c/resourceGroups/rg-app', '/'),
    says: [
      '12:16 scope-too-high: the tenant root `/` is no scope for a backup [name a subscription, resource group or resource]',
    ],
  },
  'a wildcard': {
    text: change(
      '/subscriptions/6ed70176-8b1f-42f8-adc4-928fa2db414c/resourceGroups/rg-app',
      '/subscriptions/6ed70176-8b1f-42f8-adc4-928fa2db414c/resourceGroups/*',
    ),
    says: [
      '12:16 wildcard-scope: `/subscriptions/6ed70176-8b1f-42f8-adc4-928fa2db414c/resourceGroups/*` holds a wildcard [list the scopes one by one]',
    ],
  },
  'a way up': {
    text: change(
      '/subscriptions/6ed70176-8b1f-42f8-adc4-928fa2db414c/resourceGroups/rg-app',
      '/subscriptions/6ed70176-8b1f-42f8-adc4-928fa2db414c/../y',
    ),
    says: [
      '12:16 bad-scope: `/subscriptions/6ed70176-8b1f-42f8-adc4-928fa2db414c/../y` holds a `.` or `..` part [write the id that is meant, without detours]',
    ],
  },
  'a way that stays': {
    text: change(
      '/subscriptions/6ed70176-8b1f-42f8-adc4-928fa2db414c/resourceGroups/rg-app',
      '/subscriptions/6ed70176-8b1f-42f8-adc4-928fa2db414c/./resourceGroups/rg-app',
    ),
    says: [
      '12:16 bad-scope: `/subscriptions/6ed70176-8b1f-42f8-adc4-928fa2db414c/./resourceGroups/rg-app` holds a `.` or `..` part [write the id that is meant, without detours]',
    ],
  },
  'an encoded slash': {
    text: change(
      '/subscriptions/6ed70176-8b1f-42f8-adc4-928fa2db414c/resourceGroups/rg-app',
      '/subscriptions/6ed70176-8b1f-42f8-adc4-928fa2db414c/resourceGroups%2Frg-app',
    ),
    says: [
      '12:16 bad-scope: `/subscriptions/6ed70176-8b1f-42f8-adc4-928fa2db414c/resourceGroups%2Frg-app` holds an encoded character [write the id as Azure shows it, without `%`]',
    ],
  },
  'a slash at the end': {
    text: change(
      '/subscriptions/6ed70176-8b1f-42f8-adc4-928fa2db414c/resourceGroups/rg-app',
      '/subscriptions/6ed70176-8b1f-42f8-adc4-928fa2db414c/resourceGroups/rg-app/',
    ),
    says: [
      '12:16 bad-scope: `/subscriptions/6ed70176-8b1f-42f8-adc4-928fa2db414c/resourceGroups/rg-app/` ends with a `/` [write `/subscriptions/6ed70176-8b1f-42f8-adc4-928fa2db414c/resourceGroups/rg-app`]',
    ],
  },
  'two slashes': {
    text: change(
      '/subscriptions/6ed70176-8b1f-42f8-adc4-928fa2db414c/resourceGroups/rg-app',
      '/subscriptions/6ed70176-8b1f-42f8-adc4-928fa2db414c//resourceGroups/rg-app',
    ),
    says: [
      '12:16 bad-scope: `/subscriptions/6ed70176-8b1f-42f8-adc4-928fa2db414c//resourceGroups/rg-app` has an empty part between two `/` [drop one of the two `/`]',
    ],
  },
  'no slash at the start': {
    text: change(
      '/subscriptions/6ed70176-8b1f-42f8-adc4-928fa2db414c/resourceGroups/rg-app',
      'subscriptions/6ed70176-8b1f-42f8-adc4-928fa2db414c/resourceGroups/rg-app',
    ),
    says: [
      '12:16 bad-scope: `subscriptions/6ed70176-8b1f-42f8-adc4-928fa2db414c/resourceGroups/rg-app` lacks its leading `/` [write `/subscriptions/6ed70176-8b1f-42f8-adc4-928fa2db414c/resourceGroups/rg-app`]',
    ],
  },
  'an address of the portal': {
    text: change(
      '/subscriptions/6ed70176-8b1f-42f8-adc4-928fa2db414c/resourceGroups/rg-app',
      'https://portal.azure.com/#@contoso.example/resource/subscriptions/6ed70176-8b1f-42f8-adc4-928fa2db414c/resourceGroups/rg-app',
    ),
    says: [
      '12:16 bad-scope: `https://portal.azure.com/#@contoso.example/resource/subscriptions/6ed70176-8b1f-42f8-adc4-928fa2db414c/resourceGroups/rg-app` is an address, not an Azure id [write the resource id alone, as `/subscriptions/6ed70176-8b1f-42f8-adc4-928fa2db414c/resourceGroups/rg-app`]',
    ],
  },
  'a name instead of an id': {
    text: change('/subscriptions/6ed70176-8b1f-42f8-adc4-928fa2db414c/resourceGroups/rg-app', 'rg-app'),
    says: ['12:16 bad-scope: `rg-app` is not an Azure id [Azure ids begin with `/subscriptions/`]'],
  },
  'a subscription that is no GUID': {
    text: change(
      '/subscriptions/6ed70176-8b1f-42f8-adc4-928fa2db414c/resourceGroups/rg-app',
      '/subscriptions/prod/resourceGroups/rg-app',
    ),
    says: [
      '12:16 bad-scope: `/subscriptions/prod/resourceGroups/rg-app` has no subscription id behind `/subscriptions/` [a subscription id is a GUID, other than the one of zeros]',
    ],
  },
  'a subscription of zeros': {
    text: change(
      '/subscriptions/6ed70176-8b1f-42f8-adc4-928fa2db414c/resourceGroups/rg-app',
      '/subscriptions/00000000-0000-0000-0000-000000000000',
    ),
    says: [
      '12:16 bad-scope: `/subscriptions/00000000-0000-0000-0000-000000000000` has no subscription id behind `/subscriptions/` [a subscription id is a GUID, other than the one of zeros]',
    ],
  },
  'half a resource group': {
    text: change(
      '/subscriptions/6ed70176-8b1f-42f8-adc4-928fa2db414c/resourceGroups/rg-app',
      '/subscriptions/6ed70176-8b1f-42f8-adc4-928fa2db414c/resourceGroups',
    ),
    says: [
      '12:16 bad-scope: `/subscriptions/6ed70176-8b1f-42f8-adc4-928fa2db414c/resourceGroups` stops half way or has a part too many [a resource is named by `providers`, its provider, its type and its name]',
    ],
  },
  'a part too many': {
    text: change(
      '/subscriptions/6ed70176-8b1f-42f8-adc4-928fa2db414c/resourceGroups/rg-app',
      '/subscriptions/6ed70176-8b1f-42f8-adc4-928fa2db414c/resourceGroups/rg-app/rg-web',
    ),
    says: [
      '12:16 bad-scope: `/subscriptions/6ed70176-8b1f-42f8-adc4-928fa2db414c/resourceGroups/rg-app/rg-web` stops half way or has a part too many [a resource is named by `providers`, its provider, its type and its name]',
    ],
  },
  'a type without a name': {
    text: change(
      '/subscriptions/6ed70176-8b1f-42f8-adc4-928fa2db414c/resourceGroups/rg-app',
      '/subscriptions/6ed70176-8b1f-42f8-adc4-928fa2db414c/resourceGroups/rg-app/providers/Microsoft.Compute/disks',
    ),
    says: [
      '12:16 bad-scope: `/subscriptions/6ed70176-8b1f-42f8-adc4-928fa2db414c/resourceGroups/rg-app/providers/Microsoft.Compute/disks` stops half way or has a part too many [a resource is named by `providers`, its provider, its type and its name]',
    ],
  },
  'a part that Azure has not': {
    text: change(
      '/subscriptions/6ed70176-8b1f-42f8-adc4-928fa2db414c/resourceGroups/rg-app',
      '/subscriptions/6ed70176-8b1f-42f8-adc4-928fa2db414c/rg-app',
    ),
    says: [
      '12:16 bad-scope: `rg-app` is not expected in `/subscriptions/6ed70176-8b1f-42f8-adc4-928fa2db414c/rg-app` [behind the subscription come `resourceGroups` and a name, or `providers`]',
    ],
  },
  'a provider that holds no backups': {
    text: change(
      '/subscriptions/6ed70176-8b1f-42f8-adc4-928fa2db414c/resourceGroups/rg-app',
      '/providers/Microsoft.Billing/billingAccounts/1',
    ),
    says: [
      '12:16 bad-scope: `/providers/Microsoft.Billing/billingAccounts/1` is not an Azure id that holds backups [Azure ids begin with `/subscriptions/`]',
    ],
  },
  'a shortened id': {
    text: change(
      '/subscriptions/6ed70176-8b1f-42f8-adc4-928fa2db414c/resourceGroups/rg-app',
      '/subscriptions/\u2026/resourceGroups/rg-app',
    ),
    says: ['12:16 bad-scope: `/subscriptions/\u2026/resourceGroups/rg-app` is shortened [write the whole id]'],
  },
  'a site for an Azure workload': {
    text: change(
      '/subscriptions/6ed70176-8b1f-42f8-adc4-928fa2db414c/resourceGroups/rg-app',
      'https://contoso.sharepoint.com/sites/a',
    ),
    says: [
      '12:16 bad-scope: `https://contoso.sharepoint.com/sites/a` is an address, not an Azure id [write the resource id, which begins with `/subscriptions/`]',
    ],
  },
  'a scope with a blank': {
    text: change(
      '[/subscriptions/6ed70176-8b1f-42f8-adc4-928fa2db414c/resourceGroups/rg-app]',
      '["/subscriptions/6ed70176-8b1f-42f8-adc4-928fa2db414c/resourceGroups/rg-app x"]',
    ),
    says: [
      '12:16 bad-scope: `/subscriptions/6ed70176-8b1f-42f8-adc4-928fa2db414c/resourceGroups/rg-app x` holds a character that no Azure id has [write the id as Azure shows it]',
    ],
  },
  'the same scope in another spelling': {
    text: change(
      '[/subscriptions/6ed70176-8b1f-42f8-adc4-928fa2db414c/resourceGroups/rg-app]',
      '[/subscriptions/6ed70176-8b1f-42f8-adc4-928fa2db414c/resourceGroups/rg-app, /subscriptions/6ED70176-8B1F-42F8-ADC4-928FA2DB414C/RESOURCEGROUPS/RG-APP]',
    ),
    says: ['12:91 duplicate-entry: entry 2 of `scopes` asks for the same as entry 1 [keep one of the two]'],
  },
  'a purpose that is none': {
    text: change(
      '[/subscriptions/6ed70176-8b1f-42f8-adc4-928fa2db414c/resourceGroups/rg-app]',
      '{ sources: [/subscriptions/6ed70176-8b1f-42f8-adc4-928fa2db414c/resourceGroups/rg-app] }',
    ),
    says: ['12:17 unknown-key: unknown key `sources` in `scopes` [did you mean `source`?]'],
  },
  'an empty list of scopes': {
    text: change('[/subscriptions/6ed70176-8b1f-42f8-adc4-928fa2db414c/resourceGroups/rg-app]', '[]'),
    says: ['12:7 empty-list: `scopes` is empty; it needs at least 1 [list at least one, or leave the key out]'],
  },
  'one scope as text': {
    text: change(
      '[/subscriptions/6ed70176-8b1f-42f8-adc4-928fa2db414c/resourceGroups/rg-app]',
      '/subscriptions/6ed70176-8b1f-42f8-adc4-928fa2db414c/resourceGroups/rg-app',
    ),
    says: [
      '12:15 wrong-type: `scopes` takes a list or a map, not `/subscriptions/6ed70176-8b1f-42f8-adc4-928fa2db414c/resourceGroups/rg-app`',
    ],
  },
  'the tenant root for a role': {
    text: withAccess('    azureRoles: [{ role: Reader, scope: / }]'),
    says: [
      '14:41 scope-too-high: the tenant root `/` is no scope for a backup [name a subscription, resource group or resource]',
    ],
  },
  'an Azure scope for mail': {
    text: change('azure-vm-disk', 'exchange-mail'),
    says: [
      '12:16 bad-scope: `/subscriptions/6ed70176-8b1f-42f8-adc4-928fa2db414c/resourceGroups/rg-app` is a path, which no Microsoft 365 workload has [write a site address, a group id, or the display name of an Exchange custom application scope]',
    ],
  },
  'a wildcard for mail': {
    text: change(
      'azure-vm-disk',
      'exchange-mail',
      change('/subscriptions/6ed70176-8b1f-42f8-adc4-928fa2db414c/resourceGroups/rg-app', '"*"'),
    ),
    says: [
      '12:16 wildcard-scope: `*` holds a wildcard [list the scopes one by one, or leave `scopes` out for the whole tenant]',
    ],
  },
  'a site by http': {
    text: change(
      'azure-vm-disk',
      'sharepoint',
      change(
        '/subscriptions/6ed70176-8b1f-42f8-adc4-928fa2db414c/resourceGroups/rg-app',
        'http://contoso.sharepoint.com',
      ),
    ),
    says: [
      '12:16 bad-scope: `http://contoso.sharepoint.com` is not the address of a site [write it as `https://contoso.sharepoint.com/sites/finance`]',
    ],
  },
  'a group id in upper case': {
    text: change(
      'azure-vm-disk',
      'groups',
      change(
        '/subscriptions/6ed70176-8b1f-42f8-adc4-928fa2db414c/resourceGroups/rg-app',
        '6F1C0F5E-2F0B-4C07-9A3C-8F6A0A5B7D10',
      ),
    ),
    says: [
      '12:16 guid-spelling: `6F1C0F5E-2F0B-4C07-9A3C-8F6A0A5B7D10` is not the one spelling of a GUID: lower case, without braces or prefix [write `6f1c0f5e-2f0b-4c07-9a3c-8f6a0a5b7d10`]',
    ],
  },
};
