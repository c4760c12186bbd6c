import { describe, expect, it } from 'vitest';
import { checkPolicies } from '../../src/core/check-policies.ts';
import type { Config } from '../../src/core/config.ts';
import { parseConfig } from '../../src/core/parse-config.ts';
import { parsePolicy } from '../../src/core/parse-policy.ts';
import type { Policy } from '../../src/core/policy.ts';

const guid = '6f1c0f5e-2f0b-4c07-9a3c-8f6a0a5b7d10';

const policy = (name: string, spec = '', metadata = ''): Policy => {
  const text = `apiVersion: backup-access/v1
kind: BackupAccessPolicy
metadata: { name: ${name}, owner: b${metadata} }
spec:
  identities: [{ appId: ${guid} }]
${spec}`;
  const result = parsePolicy(`policies/${name.toLowerCase()}-${spec.length}.yaml`, text);
  if (!result.ok) throw new Error(JSON.stringify(result.error));
  return result.value;
};

const config = ((): Config => {
  const text = `apiVersion: backup-access/v1
kind: BackupAccessConfig
tenants: { contoso: { tenantId: 72f988bf-86f1-41af-91ab-2d7cd011db47 }, fabrikam: { tenantId: ${guid} } }`;
  const result = parseConfig('backup-access.yaml', text);
  if (!result.ok) throw new Error(JSON.stringify(result.error));
  return result.value;
})();

const told = (policies: readonly Policy[], withConfig: Config | null = null): readonly string[] =>
  checkPolicies(policies, withConfig).map(
    ({ place, code, message, help }) => `${place.file}:${place.line}:${place.column} ${code}: ${message} [${help}]`,
  );

const writes = (mode: string, access: string): string => `  enforcement: ${mode}\n  access: ${access}`;
const reader = '{ applicationPermissions: { Microsoft Graph: [Mail.Read] } }';
const writer = '{ applicationPermissions: { Microsoft Graph: [Mail.ReadWrite] } }';
const azure = '{ azureRoles: [] }';

describe('names', () => {
  it.each([
    ['no policy', []],
    ['one policy', [policy('a')]],
    ['two names', [policy('a'), policy('b')]],
    ['names of which one begins the other', [policy('a'), policy('a-b')]],
  ])('%s: nothing to say', (_, policies) => expect(told(policies)).toEqual([]));

  it('a name used twice points at both files', () => {
    expect(told([policy('a'), policy('b'), policy('A', '  product: x')])).toEqual([
      'policies/a-12.yaml:3:19 duplicate-policy: the name `A` is taken by the policy at `policies/a-0.yaml:3` [give one of the two another name: exceptions, plans and reports go by it]',
    ]);
  });
});

describe('tenants', () => {
  it.each([
    ['named and known', [policy('a', '', ', tenant: contoso')], config],
    ['not named, one configured or many', [policy('a')], config],
    ['not named, none configured', [policy('a')], null],
  ])('%s: nothing to say', (_, policies, withConfig) => expect(told(policies, withConfig)).toEqual([]));

  it.each([
    ['misspelt', 'contso', config, 'did you mean `contoso`?'],
    ['unknown', 'acme', config, 'known are `contoso` and `fabrikam`, or leave `tenant` out where there is one only'],
    [
      'without configuration',
      'contoso',
      null,
      'no configuration lists a tenant: add it there, or leave `tenant` out where there is one only',
    ],
  ])('%s', (_, tenant, withConfig, help) => {
    expect(told([policy('a', '', `, tenant: ${tenant}`)], withConfig)).toEqual([
      `policies/a-0.yaml:3:40 unknown-tenant: unknown tenant \`${tenant}\` [${help}]`,
    ]);
  });
});

describe('one identity in two policies', () => {
  it.each([
    ['both only report', [policy('a', writes('report', reader)), policy('b', writes('report', writer))]],
    ['both only grant', [policy('a', writes('additive', reader)), policy('b', writes('additive', writer))]],
    ['one only reports', [policy('a', writes('report', reader)), policy('b', writes('authoritative', writer))]],
    ['on two planes', [policy('a', writes('authoritative', reader)), policy('b', writes('authoritative', azure))]],
    [
      'asking for the same',
      [policy('a', writes('authoritative', reader)), policy('b', writes('authoritative', reader))],
    ],
    [
      'in two tenants',
      [
        policy('a', writes('authoritative', reader), ', tenant: contoso'),
        policy('b', writes('authoritative', writer), ', tenant: fabrikam'),
      ],
    ],
    [
      'one manages nothing',
      [policy('a', writes('authoritative', reader)), policy('b', '  enforcement: authoritative')],
    ],
  ])('%s: nothing to say', (_, policies) => {
    expect(told(policies, config)).toEqual([]);
  });

  it.each([
    ['both may revoke', 'authoritative', reader, 'authoritative', writer, '`applicationPermissions`'],
    ['one may revoke', 'additive', reader, 'authoritative', writer, '`applicationPermissions`'],
    [
      'an empty plane revokes',
      'additive',
      reader,
      'authoritative',
      '{ applicationPermissions: {} }',
      '`applicationPermissions`',
    ],
  ])('%s', (_, modeA, accessA, modeB, accessB, planes) => {
    const [a, b] = [policy('a', writes(modeA, accessA)), policy('b', writes(modeB, accessB))];
    expect(told([a, b])).toEqual([
      `${b.file}:5:16 contested-identity: the policy \`a\` at \`${a.file}:3\` also governs ${planes} of \`${guid}\` [one of the two would revoke what the other asks for: join them, or let only one list the plane]`,
    ]);
  });

  it('one retired, one active: revoking everything contests every plane that is listed', () => {
    const [a, b] = [
      policy('a', '  state: retired\n  enforcement: authoritative'),
      policy('b', writes('additive', reader)),
    ];
    expect(told([a, b])).toHaveLength(1);
  });
});
