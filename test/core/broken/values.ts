import { type BrokenCase, change, withSpec } from './sample-policy.ts';

/** Names, ids, dates and operations. */
export const brokenValues: Readonly<Record<string, BrokenCase>> = {
  'an unknown workload': {
    text: change('azure-vm-disk', 'azure-vm-dsk'),
    says: ['10:17 unknown-workload: unknown workload `azure-vm-dsk` [did you mean `azure-vm-disk`?]'],
  },
  'a workload that nothing resembles': {
    text: change('azure-vm-disk', 'lotus-notes'),
    says: ['10:17 unknown-workload: unknown workload `lotus-notes` [47 values are known: docs/policy.md lists them]'],
  },
  'an empty list of operations': {
    text: change('[backup]', '[]'),
    says: ['11:7 empty-list: `operations` is empty; it needs at least 1 [list at least one, or leave the key out]'],
  },
  'a misspelt operation': {
    text: change('[backup]', '[bakcup]'),
    says: ['11:20 unknown-value: `bakcup` is no value of `operations` [did you mean `backup`?]'],
  },
  'an operation that nothing resembles': {
    text: change('[backup]', '[delete]'),
    says: [
      '11:20 unknown-value: `delete` is no value of `operations` [it takes `discover`, `backup`, `restore` or `onboard`]',
    ],
  },
  'one operation as text': {
    text: change('[backup]', 'backup'),
    says: ['11:19 wrong-type: `operations` takes a list, not `backup`'],
  },
  'neither operations nor elevations': {
    text: change('      operations: [backup]\n', ''),
    says: ['10:7 wrong-shape: a workload has neither `operations` nor `elevations` [add `operations: [backup]`]'],
  },
  'an operation twice': {
    text: change('[backup]', '[backup, backup]'),
    says: ['11:28 duplicate-entry: entry 2 of `operations` asks for the same as entry 1 [keep one of the two]'],
  },
  'enforcement in other case': {
    text: withSpec('  enforcement: Report'),
    says: ['15:16 unknown-value: `Report` is no value of `enforcement` [did you mean `report`?]'],
  },
  'enforcement that nothing resembles': {
    text: withSpec('  enforcement: strict'),
    says: [
      '15:16 unknown-value: `strict` is no value of `enforcement` [it takes `report`, `additive` or `authoritative`]',
    ],
  },
  'a misspelt product': {
    text: withSpec('  product: hubstr'),
    says: ['15:12 unknown-product: unknown product `hubstr` [did you mean `hubstor`?]'],
  },
  'an unknown product': {
    text: withSpec('  product: acme'),
    says: [
      "15:12 unknown-product: unknown product `acme` [add a profile under `products/` in the policies' folder, or leave `product` out]",
    ],
  },
  'a name with blanks': {
    text: change('hubstor-prod', 'HubStor prod'),
    says: [
      '4:9 bad-format: `HubStor prod` is not a short name, which `name` takes [use letters, digits, dots, dashes and underscores, beginning with a letter or digit]',
    ],
  },
  'a name read as a number': {
    text: change('name: hubstor-prod', 'name: 1e10'),
    says: [
      '4:9 needs-quotes: `1e10` is read as the number 10000000000, but `name` takes text [put it in quotes: `"1e10"`]',
    ],
  },
  'a name with a leading zero': {
    text: change('name: hubstor-prod', 'name: 010'),
    says: ['4:9 needs-quotes: `010` is read as the number 10, but `name` takes text [put it in quotes: `"010"`]'],
  },
  'a name read as a boolean': {
    text: change('name: hubstor-prod', 'name: true'),
    says: ['4:9 needs-quotes: `true` is read as a yes-or-no value, but `name` takes text [put it in quotes: `"true"`]'],
  },
  'a name read as a boolean elsewhere': {
    text: change('name: hubstor-prod', 'name: on'),
    says: ['4:9 needs-quotes: `on` is not text to every YAML reader [put it in quotes: `"on"`]'],
  },
  'a name read as a date elsewhere': {
    text: change('name: hubstor-prod', 'name: 2026-11-22'),
    says: ['4:9 needs-quotes: `2026-11-22` is not text to every YAML reader [put it in quotes: `"2026-11-22"`]'],
  },
  'a name read as hexadecimal': {
    text: change('name: hubstor-prod', 'name: 0x1F'),
    says: ['4:9 needs-quotes: `0x1F` is read as the number 31, but `name` takes text [put it in quotes: `"0x1F"`]'],
  },
  'a name read as nothing': {
    text: change('name: hubstor-prod', 'name: null'),
    says: ['4:9 empty-value: `name` has no value [write what belongs here]'],
  },
  'an owner of no letters': {
    text: change('owner: backup-team@contoso.example', 'owner: ""'),
    says: ['5:10 empty-value: `owner` is empty text'],
  },
  'a description beyond the limit': {
    text: change('  owner:', `  description: ${'x'.repeat(4001)}\n  owner:`),
    says: ['5:16 too-long: `description` has 4001 characters; the limit is 4000'],
  },
  'a review date in another order': {
    text: change('  owner:', '  reviewBy: 31.03.2027\n  owner:'),
    says: [
      '5:13 bad-date: `31.03.2027` is not a day, which `reviewBy` takes [write year, month and day, as `2027-03-31`]',
    ],
  },
  'a review date in no calendar': {
    text: change('  owner:', '  reviewBy: 2027-02-29\n  owner:'),
    says: ['5:13 bad-date: there is no day `2027-02-29` [look at the length of the month]'],
  },
  'an app id in upper case': {
    text: change('6f1c0f5e-2f0b-4c07-9a3c-8f6a0a5b7d10', '6F1C0F5E-2F0B-4C07-9A3C-8F6A0A5B7D10'),
    says: [
      '8:14 guid-spelling: `6F1C0F5E-2F0B-4C07-9A3C-8F6A0A5B7D10` is not the one spelling of a GUID: lower case, without braces or prefix [write `6f1c0f5e-2f0b-4c07-9a3c-8f6a0a5b7d10`]',
    ],
  },
  'an app id in braces': {
    text: change('6f1c0f5e-2f0b-4c07-9a3c-8f6a0a5b7d10', '"{6f1c0f5e-2f0b-4c07-9a3c-8f6a0a5b7d10}"'),
    says: [
      '8:14 guid-spelling: `{6f1c0f5e-2f0b-4c07-9a3c-8f6a0a5b7d10}` is not the one spelling of a GUID: lower case, without braces or prefix [write `6f1c0f5e-2f0b-4c07-9a3c-8f6a0a5b7d10`]',
    ],
  },
  'an app id as a URN': {
    text: change('6f1c0f5e-2f0b-4c07-9a3c-8f6a0a5b7d10', 'urn:uuid:6f1c0f5e-2f0b-4c07-9a3c-8f6a0a5b7d10'),
    says: [
      '8:14 guid-spelling: `urn:uuid:6f1c0f5e-2f0b-4c07-9a3c-8f6a0a5b7d10` is not the one spelling of a GUID: lower case, without braces or prefix [write `6f1c0f5e-2f0b-4c07-9a3c-8f6a0a5b7d10`]',
    ],
  },
  'an app id with a line end': {
    text: change('6f1c0f5e-2f0b-4c07-9a3c-8f6a0a5b7d10', '"6f1c0f5e-2f0b-4c07-9a3c-8f6a0a5b7d10\\n"'),
    says: [
      '8:14 guid-spelling: `6f1c0f5e-2f0b-4c07-9a3c-8f6a0a5b7d10\\u000a` is not the one spelling of a GUID: lower case, without braces or prefix [write `6f1c0f5e-2f0b-4c07-9a3c-8f6a0a5b7d10`]',
    ],
  },
  'an app id in full-width digits': {
    text: change(
      '6f1c0f5e-2f0b-4c07-9a3c-8f6a0a5b7d10',
      '\uff16f\uff11c\uff10f\uff15e-\uff12f\uff10b-\uff14c\uff10\uff17-\uff19a\uff13c-\uff18f\uff16a\uff10a\uff15b\uff17d\uff11\uff10',
    ),
    says: [
      '8:14 guid-spelling: `\uff16f\uff11c\uff10f\uff15e-\uff12f\uff10b-\uff14c\uff10\uff17-\uff19a\uff13c-\uff18f\uff16a\uff10a\uff15b\uff17d\uff11\uff10` is not the one spelling of a GUID: lower case, without braces or prefix [write `6f1c0f5e-2f0b-4c07-9a3c-8f6a0a5b7d10`]',
    ],
  },
  'an app id of zeros': {
    text: change('6f1c0f5e-2f0b-4c07-9a3c-8f6a0a5b7d10', '00000000-0000-0000-0000-000000000000'),
    says: [
      '8:14 zero-guid: `appId` is the GUID of zeros, which stands for nothing [copy the id from the Microsoft Entra admin center]',
    ],
  },
  'an app id read as a number': {
    text: change('6f1c0f5e-2f0b-4c07-9a3c-8f6a0a5b7d10', '1e10'),
    says: [
      '8:14 needs-quotes: `1e10` is read as the number 10000000000, but `appId` takes text [put it in quotes: `"1e10"`]',
    ],
  },
  'an app id shortened': {
    text: change('6f1c0f5e-2f0b-4c07-9a3c-8f6a0a5b7d10', '6f1c0f5e-\u2026'),
    says: ['8:14 not-a-guid: `6f1c0f5e-\u2026` is shortened [write the whole GUID]'],
  },
  'the same app id twice': {
    text: change(
      '    - appId: 6f1c0f5e-2f0b-4c07-9a3c-8f6a0a5b7d10',
      '    - appId: 6f1c0f5e-2f0b-4c07-9a3c-8f6a0a5b7d10\n    - appId: 6f1c0f5e-2f0b-4c07-9a3c-8f6a0a5b7d10',
    ),
    says: ['9:7 duplicate-entry: entry 2 of `identities` asks for the same as entry 1 [keep one of the two]'],
  },
};
