import { describe, expect, it } from 'vitest';
import { defaultConfig, parseConfig } from '../../src/core/parse-config.ts';

const head = 'apiVersion: backup-access/v1\nkind: BackupAccessConfig\n';
const tenant = '72f988bf-86f1-41af-91ab-2d7cd011db47';
const client = '0b1c2d3e-4f50-4a6b-8c7d-9e0f1a2b3c4d';

const told = (text: string): readonly string[] => {
  const result = parseConfig('backup-access.yaml', text);
  return result.ok
    ? ['accepted']
    : result.error.map(
        ({ place, code, message, help }) =>
          `${place.line}:${place.column} ${code}: ${message}${help === null ? '' : ` [${help}]`}`,
      );
};

it("the format's own example is read whole", () => {
  const text = `${head}tenants:
  contoso:
    tenantId: ${tenant}
    cloud: public
    subscriptions: [6ed70176-8b1f-42f8-adc4-928fa2db414c]
    read: { clientId: ${client} }
    apply: { clientId: ${client}, environment: production }
approval: { required: 1, approvers: [octocat, "@contoso/backup-owners"], maxAge: P7D }
brake: { revokes: 10, percent: 25, perIdentity: 5, window: P7D }   # a comment
neverGrant: []
untouchable: { identities: [], users: [] }
evidence: { maxAge: P30D }
restoreGrace: P7D
failOn: medium
`;
  expect(parseConfig('backup-access.yaml', text)).toEqual({
    ok: true,
    value: {
      tenants: [
        {
          name: 'contoso',
          tenantId: tenant,
          cloud: 'public',
          subscriptions: ['6ed70176-8b1f-42f8-adc4-928fa2db414c'],
          readClientId: client,
          applyClientId: client,
          applyEnvironment: 'production',
          place: { file: 'backup-access.yaml', line: 4, column: 3, endLine: 4, endColumn: 10 },
        },
      ],
      approval: { required: 1, approvers: ['octocat', '@contoso/backup-owners'], maxAge: 'P7D' },
      brake: { revokes: 10, percent: 25, perIdentity: 5, window: 'P7D' },
      neverGrant: [],
      untouchable: { identities: [], users: [] },
      evidenceMaxAge: 'P30D',
      restoreGrace: 'P7D',
      failOn: 'medium',
    },
  });
});

describe('accepted', () => {
  it.each([
    ['nothing but its head', ''],
    ['a cloud file', `tenants: { a: { tenantId: ${tenant}, cloud: clouds/embedded.json } }`],
    ['a sovereign cloud', `tenants: { a: { tenantId: ${tenant}, cloud: usgov } }`],
    ['two tenants', `tenants: { a: { tenantId: ${tenant} }, b: { tenantId: ${client} } }`],
    ['never failing', 'failOn: never'],
    ['a brake that lets nothing pass', 'brake: { revokes: 0 }'],
    ['a brake in part', 'brake: { percent: 100 }'],
    [
      'untouchable vaults and users',
      'untouchable: { identities: [/subscriptions/x], users: [break-glass@contoso.example] }',
    ],
    ['things never granted', 'neverGrant: [Sites.FullControl.All, Owner]'],
    ['an approver with a dash', 'approval: { approvers: [octo-cat] }'],
  ])('%s', (_, lines) => expect(told(head + lines)).toEqual(['accepted']));

  it('what is left out has its default', () => {
    expect(parseConfig('backup-access.yaml', head)).toEqual({ ok: true, value: defaultConfig });
    const result = parseConfig('backup-access.yaml', `${head}brake: { revokes: 3 }`);
    expect(result.ok && result.value.brake).toEqual({ ...defaultConfig.brake, revokes: 3 });
  });
});

describe('refused', () => {
  it.each([
    [
      'an empty file',
      '',
      [
        '1:1 empty-file: the file is empty [an empty file asks for nothing and revokes nothing: write the policy, or delete the file]',
      ],
    ],
    [
      'a policy',
      head.replace('Config', 'Policy'),
      [
        "2:7 unknown-kind: a file of kind `BackupAccessPolicy` is not expected here [policies lie in the policies' folder, one a file]",
      ],
    ],
    [
      'a misspelt key',
      `${head}approvals: {}`,
      ['3:1 unknown-key: unknown key `approvals` at the top level [did you mean `approval`?]'],
    ],
    [
      'a misspelt key within',
      `${head}brake: { revoke: 1 }`,
      ['3:10 unknown-key: unknown key `revoke` in `brake` [did you mean `revokes`?]'],
    ],
    [
      'a percentage beyond 100',
      `${head}brake: { percent: 101 }`,
      ['3:19 out-of-range: `percent` is 101; the limit is 100'],
    ],
    ['no approval at all', `${head}approval: { required: 0 }`, ['3:23 out-of-range: `required` is 0; the least is 1']],
    [
      'half an approval',
      `${head}approval: { required: 1.5 }`,
      ['3:23 wrong-type: `required` takes a whole number, not `1.5`'],
    ],
    [
      'a number in quotes',
      `${head}brake: { revokes: "10" }`,
      ['3:19 wrong-type: `revokes` takes a whole number, not `10`'],
    ],
    [
      'a severity that is none',
      `${head}failOn: hihg`,
      ['3:9 unknown-value: `hihg` is no value of `failOn` [did you mean `high`?]'],
    ],
    [
      'a tenant without its id',
      `${head}tenants: { contoso: {} }`,
      [
        '3:12 missing-key: `tenantId` is missing in `contoso` [add it, for example `tenantId: 72f988bf-86f1-41af-91ab-2d7cd011db47`]',
      ],
    ],
    [
      'a tenant by domain',
      `${head}tenants: { contoso: { tenantId: contoso.example } }`,
      [
        '3:33 not-a-guid: `contoso.example` is not a GUID, which `tenantId` takes [copy the id from the Microsoft Entra admin center: a name never stands for an identity]',
      ],
    ],
    [
      "a tenant's name with a blank",
      `${head}tenants: { "the one": { tenantId: ${tenant} } }`,
      [
        '3:12 bad-format: the key `the one` in `tenants` is not a name [use letters, digits, dots, dashes and underscores, 80 at most]',
      ],
    ],
    [
      'one tenant under two names',
      `${head}tenants:\n  a: { tenantId: ${tenant} }\n  b: { tenantId: ${tenant} }`,
      ['5:18 duplicate-entry: `b` and `a` have the same `tenantId` [keep one of the two names]'],
    ],
    [
      'a cloud that is none',
      `${head}tenants: { a: { tenantId: ${tenant}, cloud: germany } }`,
      [
        '3:72 bad-format: `germany` is not a cloud, which `cloud` takes [write `public`, `usgov`, `china` or the path of a cloud file, which ends with `.json`]',
      ],
    ],
    [
      'an approver with a blank',
      `${head}approval: { approvers: [Octo Cat] }`,
      [
        '3:25 bad-format: `Octo Cat` is not a GitHub user or team, which `approvers` takes [write `octocat` or `@contoso/backup-owners`]',
      ],
    ],
    [
      'a duration in days',
      `${head}restoreGrace: 7`,
      [
        '3:15 bad-duration: `7` is not a duration, which `restoreGrace` takes [write `P180D` for 180 days, `PT8H` for 8 hours]',
      ],
    ],
  ])('%s', (_, text, says) => expect(told(text)).toEqual(says));
});
