import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseProductProfile } from '../../src/core/parse-product-profile.ts';
import { apisOfProfiles } from '../../src/knowledge/products.ts';

const parse = (text: string) => parseProductProfile('policies/products/acme.yaml', text, apisOfProfiles);
const told = (text: string): readonly string[] => {
  const result = parse(text);
  return result.ok
    ? ['accepted']
    : result.error.map(
        ({ place, code, message, help }) =>
          `${place.line}:${place.column} ${code}: ${message}${help === null ? '' : ` [${help}]`}`,
      );
};

const head = `apiVersion: backup-access/v1
kind: BackupProductProfile
metadata:
  name: acme
spec:
  name: Acme Backup
  vendor: Acme
  sources:
    - { source: "https://acme.example/permissions", date: 2026-11-22 }
`;
const whole = `${head}  complete: true
  workloads:
    - workload: exchange-mail
      operations: [backup, restore]
      needs:
        - operations: [backup, restore]
          reason: it imports and exports
          confidence: medium
          access:
            applicationPermissions:
              Microsoft Graph: [MailboxItem.ImportExport.All]
    - { workload: onedrive, operations: [backup] }
  documented:
    applicationPermissions:
      Graph:
        - Mail.ReadWrite
        - { name: Files.Read.All, operation: backup, workloads: [onedrive], note: of all users }
      "00000002-0000-0ff1-ce00-000000000000": [full_access_as_app]
    delegatedPermissions:
      "11111111-2222-4333-8444-555555555555": [Acme.Use]
    azureRoles: [Reader]
    credentials: [client secret]
  keep: [its own applications]
  changes:
    - { date: 2026-10-01, what: it changes }
  judgement: half of it will do
`;

describe('a profile', () => {
  it('is read whole', () => {
    const result = parse(whole);
    if (!result.ok) throw new Error(JSON.stringify(result.error));
    const row = { operation: null, workloads: null, note: null };
    const graph = '00000003-0000-0000-c000-000000000000';
    const need = {
      workload: 'exchange-mail',
      rows: [{ ...row, plane: 'application', api: graph, value: 'MailboxItem.ImportExport.All' }],
      reason: 'it imports and exports',
      confidence: 'medium',
    };
    expect(result.value).toEqual({
      id: 'acme',
      name: 'Acme Backup',
      vendor: 'Acme',
      complete: true,
      workloads: ['exchange-mail', 'onedrive'],
      operations: { 'exchange-mail': ['backup', 'restore'], onedrive: ['backup'] },
      documented: [
        { ...row, plane: 'application', api: graph, value: 'Mail.ReadWrite' },
        {
          plane: 'application',
          api: graph,
          value: 'Files.Read.All',
          operation: 'backup',
          workloads: ['onedrive'],
          note: 'of all users',
        },
        { ...row, plane: 'application', api: '00000002-0000-0ff1-ce00-000000000000', value: 'full_access_as_app' },
        { ...row, plane: 'delegated', api: '11111111-2222-4333-8444-555555555555', value: 'Acme.Use' },
        { ...row, plane: 'azure', api: null, value: 'Reader' },
        { ...row, plane: 'credentials', api: null, value: 'client secret' },
      ],
      needs: [
        { ...need, operation: 'backup' },
        { ...need, operation: 'restore' },
      ],
      keep: ['its own applications'],
      remove: [],
      changes: [{ date: '2026-10-01', what: 'it changes' }],
      judgement: 'half of it will do',
      sources: [{ source: 'https://acme.example/permissions', date: '2026-11-22', confidence: 'high' }],
      source: 'https://acme.example/permissions',
      date: '2026-11-22',
    });
  });

  it.each([
    ['the least that there can be', head],
    ['with a byte order mark', `\ufeff${head}`],
    ['with Windows line ends', head.replaceAll('\n', '\r\n')],
    ['with a description', head.replace('  name: acme\n', '  name: acme\n  description: ours\n')],
    ['with an id of several parts', head.replace('name: acme', 'name: Acme_1.2-x')],
    ['that asks for nothing', `${head}  documented: {}\n`],
    ['of which nothing is listed', `${head}  workloads: []\n  keep: []\n`],
    ['with a day in quotes', head.replace('2026-11-22', '"2026-11-22"')],
    [
      'with an API by another name',
      `${head}  documented: {delegatedPermissions: {exchange online: [EWS.AccessAsUser.All]}}\n`,
    ],
    ['with a permission that nobody offers', `${head}  documented: {applicationPermissions: {Graph: [No.Such]}}\n`],
  ])('is accepted %s', (_, text) => {
    expect(told(text)).toEqual(['accepted']);
  });

  it.each([
    [
      'a policy in its place',
      head.replace('BackupProductProfile', 'BackupAccessPolicy'),
      [
        "2:7 unknown-kind: a file of kind `BackupAccessPolicy` is not expected here [policies lie in the policies' folder, one a file]",
      ],
    ],
    [
      'neither kind nor version',
      'metadata: {name: acme}\n',
      [
        '1:1 unknown-kind: the file says neither `apiVersion` nor `kind` [a profile begins with `apiVersion: backup-access/v1` and `kind: BackupProductProfile`]',
      ],
    ],
    [
      'no source',
      head.replace(/ {2}sources:\n.*\n/, ''),
      ['5:1 missing-key: `sources` is missing in `spec` [add `sources:`]'],
    ],
    [
      'a misspelt key',
      `${head}  judgment: too much\n`,
      ['10:3 unknown-key: unknown key `judgment` in `spec` [did you mean `judgement`?]'],
    ],
    [
      'a misspelt workload',
      `${head}  workloads:\n    - { workload: exchange-mial, operations: [backup] }\n`,
      ['11:19 unknown-workload: unknown workload `exchange-mial` [did you mean `exchange-mail`?]'],
    ],
    [
      'a workload twice',
      `${head}  workloads:\n    - { workload: onedrive, operations: [backup] }\n    - { workload: onedrive, operations: [restore] }\n`,
      ['12:7 duplicate-entry: entry 2 of `workloads` is about the same as entry 1 [make one of the two]'],
    ],
    [
      'a need of what it does not do',
      whole.replace('operations: [backup, restore]\n      needs', 'operations: [backup]\n      needs'),
      [
        '15:32 contradiction: `restore` is not among the `operations` of this workload [add `restore` to them, or drop the need]',
      ],
    ],
    [
      'an API that is not known',
      whole.replace('      Graph:', '      Microsoft Grahp:'),
      ['24:7 unknown-api: unknown API `Microsoft Grahp` [did you mean `Microsoft Graph`?]'],
    ],
    [
      'an API like no other, in a need',
      whole.replace('              Microsoft Graph:', '              Acme Cloud:'),
      ['20:15 unknown-api: unknown API `Acme Cloud` [name the API by its app id]'],
    ],
    [
      'a day that no calendar has',
      head.replace('2026-11-22', '2026-02-30'),
      ['9:59 bad-date: there is no day `2026-02-30` [look at the length of the month]'],
    ],
    [
      'a text of two lines',
      `${head}  judgement: "a\\nb"\n`,
      ['10:14 bad-format: `a\\u000ab` is not one line of text, which `judgement` takes [write it on one line]'],
    ],
    [
      'a confidence of another sort',
      head.replace('date: 2026-11-22', 'date: 2026-11-22, confidence: sure'),
      ['9:83 unknown-value: `sure` is no value of `confidence` [it takes `high`, `medium` or `low`]'],
    ],
  ])('is refused with %s', (_, text, expected) => {
    expect(told(text)).toEqual(expected);
  });

  it('never throws, whatever the text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 200 }), fc.nat(whole.length), (noise, place) => {
        parse(whole.slice(0, place) + noise + whole.slice(place));
      }),
      { numRuns: 300 },
    );
  });
});
