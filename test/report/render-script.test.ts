import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type PlannedWrite, planSteps } from '../../src/core/plan.ts';
import { renderScript, type ScriptInput } from '../../src/report/render-script.ts';
import { runScript } from '../support/fake-az.ts';
import { hostileText } from '../support/hostile.ts';
import {
  assignment,
  changeScope,
  grantAppRole,
  graphObject,
  heldRole,
  mailRead,
  realAppRole,
  revokeAppRole,
  revokeAzureRole,
  scopeOf,
  sitesRead,
} from '../support/real-steps.ts';

const tenant = '7d1c0f5e-0000-4000-8000-00000000000a';
const cloud = { graph: 'https://graph.microsoft.com', resourceManager: 'https://management.azure.com' };
const digest = `sha256:${'9f2c41d7'.repeat(8)}`;

const input = (writes: readonly PlannedWrite[], more: Partial<ScriptInput> = {}): ScriptInput => ({
  steps: planSteps(writes),
  withheld: [],
  digest,
  tenant,
  cloud,
  asOf: '2026-11-22T08:00:00.000Z',
  version: '0.1.0',
  ...more,
});

/** Calls that write, as method, address and body. */
const writesOf = (calls: readonly (readonly string[])[]) =>
  calls
    .filter(([command, , method]) => command === 'rest' && method !== 'GET')
    .map((call) => [
      call[2],
      call[call.indexOf('--url') + 1],
      call.includes('--body') ? call[call.indexOf('--body') + 1] : null,
    ]);

const revoked = realAppRole('Sites.Read.All', sitesRead, 'assignment-1');
const swap = [revokeAppRole(revoked), grantAppRole(realAppRole('Mail.Read', mailRead))];
const collection = `${cloud.graph}/v1.0/servicePrincipals/${graphObject}/appRoleAssignedTo`;

describe('a script of grants and revokes', () => {
  it('grants, sees the grant five times, and then revokes', () => {
    const { code, calls, stdout } = runScript(renderScript(input(swap)), { tenant, seen: mailRead });
    expect(calls.map(([command, , method]) => (command === 'rest' ? method : command))).toEqual([
      'account',
      'POST',
      ...Array(5).fill('GET'),
      'DELETE',
    ]);
    expect(writesOf(calls)).toEqual([
      [
        'POST',
        collection,
        JSON.stringify({
          principalId: '0d3b0f5e-0000-4000-8000-000000000002',
          resourceId: graphObject,
          appRoleId: mailRead,
        }),
      ],
      ['DELETE', `${collection}/assignment-1`, null],
    ]);
    expect(stdout.split('\n')).toEqual([
      '1 of 2: grant Mail.Read on Microsoft Graph to 6f1c0f5e-0000-4000-8000-000000000001 (policy mail)',
      '2 of 2: revoke Sites.Read.All on Microsoft Graph of 6f1c0f5e-0000-4000-8000-000000000001 (policy mail)',
      'Done. Run the check again: it tells whether the tenant is as the policies ask.',
      '',
    ]);
    expect(code).toBe(0);
  });

  it('revokes nothing where the grant is not seen', () => {
    const { code, calls, stderr } = runScript(renderScript(input(swap)), { tenant, seen: 'another' });
    expect(writesOf(calls).map(([method]) => method)).toEqual(['POST']);
    expect(stderr).toBe(
      `stopped: ${cloud.graph}/v1.0/servicePrincipals/0d3b0f5e-0000-4000-8000-000000000002/appRoleAssignments?$top=999 is not as expected (${mailRead}). Run the check again, and make a new script.\n`,
    );
    expect(code).toBe(1);
  });

  it('stops at the first call that fails', () => {
    const { code, calls } = runScript(renderScript(input(swap)), { tenant, seen: mailRead, fails: 'POST' });
    expect(writesOf(calls).map(([method]) => method)).toEqual(['POST']);
    expect(code).toBe(1);
  });

  it('writes nothing to another tenant', () => {
    const { code, calls, stderr } = runScript(renderScript(input(swap)), { tenant: 'another', seen: mailRead });
    expect(calls).toEqual([['account', 'show', '--query', 'tenantId', '--output', 'tsv']]);
    expect(stderr).toBe(`stopped: az is signed in to another tenant than ${tenant}. Nothing was written.\n`);
    expect(code).toBe(1);
  });

  it('says what it is of, and what is left out', () => {
    const [step] = planSteps(swap);
    const withheld = [
      { ...(step as PlannedWrite), code: 'unread' as const, why: 'roles were not read', wayForward: 'x' },
    ];
    const text = renderScript(input([revokeAzureRole(heldRole())], { withheld }));
    expect(text.split('\n').slice(0, 13)).toEqual([
      '#!/usr/bin/env bash',
      `# One step for tenant ${tenant}, planned as of 2026-11-22T08:00:00.000Z.`,
      `# Plan ${digest}, by backup-access-guard 0.1.0.`,
      '#',
      '# Read it before you run it. It was made of what the tenant held at that time: if that is more than an hour ago, make a',
      '# new one. It grants first, waits until each grant is seen, and only then revokes; it stops at the first failure, and',
      '# what was done until then stays. It needs the Azure CLI, signed in as somebody who may do all of this.',
      '#',
      '# Left out:',
      '#   grant Mail.Read on Microsoft Graph to 6f1c0f5e-0000-4000-8000-000000000001 (policy mail): roles were not read',
      'set -euo pipefail',
      '',
      'halt() { printf \'%s\\n\' "$1" >&2; exit 1; }',
    ]);
    expect(text).toContain(`--url '${cloud.resourceManager}${assignment}?api-version=2022-04-01' --output none`);
  });
});

describe('a delegated grant, whose whole list a change replaces', () => {
  const add = changeScope('create', scopeOf('Mail.Read'), {
    grantId: null,
    method: 'PATCH',
    scope: 'User.Read Mail.Read',
  });
  const take = changeScope('delete', scopeOf('Mail.Read'), { grantId: 'g-1', method: 'PATCH', scope: 'User.Read' });

  it('is changed where the list is as it was when the plan was made', () => {
    const { code, calls } = runScript(renderScript(input([take])), { tenant, seen: 'mail.read User.Read' });
    expect(writesOf(calls)).toEqual([
      ['PATCH', `${cloud.graph}/v1.0/oauth2PermissionGrants/g-1`, '{"scope":"User.Read"}'],
    ]);
    expect(code).toBe(0);
  });

  it('is left alone where somebody gave another scope since', () => {
    const { code, calls } = runScript(renderScript(input([take])), { tenant, seen: 'Mail.Read User.Read Files.Read' });
    expect(writesOf(calls)).toEqual([]);
    expect(code).toBe(1);
  });

  it('that an earlier step makes is asked for', () => {
    const { code, calls } = runScript(renderScript(input([add])), { tenant, seen: 'User.Read' });
    expect(writesOf(calls)).toEqual([
      ['PATCH', `${cloud.graph}/v1.0/oauth2PermissionGrants/made-before`, '{"scope":"User.Read Mail.Read"}'],
    ]);
    expect(code).toBe(0);
  });
});

describe('no text in a plan can be a command', () => {
  const nasty = fc.oneof(
    hostileText,
    fc.constantFrom(
      "'; touch owned; '",
      '$(touch owned)',
      '`touch owned`',
      '\n touch owned\n',
      '"; touch owned #',
      "\\'",
      '\0',
    ),
    fc.string({ unit: 'binary', maxLength: 20 }),
  );

  it('whatever names, ids and conditions are', () => {
    fc.assert(
      fc.property(nasty, nasty, nasty, nasty, (subject, id, policy, text) => {
        const fact = { ...realAppRole(subject, mailRead, id), identity: text as never };
        const writes = [
          { ...grantAppRole(fact, policy), request: { ...grantAppRole(fact).request, body: { text } } } as PlannedWrite,
          { ...revokeAzureRole(heldRole({ subject })), policy: text },
        ];
        const made = input(writes, { digest: text, asOf: policy, version: subject });
        const { code, calls, left } = runScript(renderScript(made), { tenant, seen: mailRead });
        expect(left).toEqual([]);
        expect(writesOf(calls).map(([method]) => method)).toEqual(['POST', 'DELETE']);
        expect(JSON.parse(writesOf(calls)[0]?.[2] ?? '')).toEqual({ text });
        expect(code).toBe(0);
      }),
      { numRuns: 40 },
    );
  });

  it('nor can a path leave its address', () => {
    fc.assert(
      fc.property(nasty, (path) => {
        const write = revokeAzureRole(heldRole());
        const request = { api: 'resourceManager' as const, method: 'DELETE' as const, path: `/${path}`, body: null };
        const { calls, left } = runScript(renderScript(input([{ ...write, request }])), { tenant, seen: '' });
        const [[, address = ''] = []] = writesOf(calls);
        expect(left).toEqual([]);
        expect(address?.startsWith(`${cloud.resourceManager}/`)).toBe(true);
        expect(address).toMatch(/^[\x21-\x7e]+$/);
      }),
      { numRuns: 40 },
    );
  });
});
