import { describe, expect, it } from 'vitest';
import { diff } from '../../src/core/diff.ts';
import type { Evidence } from '../../src/core/evidence.ts';
import { tenantId } from '../../src/core/ids.ts';
import type { Policy } from '../../src/core/policy.ts';
import { err, ok } from '../../src/core/result.ts';
import { kinds } from '../../src/kinds/index.ts';
import { tenantSetting } from '../../src/kinds/tenant-setting.ts';
import { appRole, tenantSetting as setting } from '../support/facts.ts';
import { appIdentity, line } from '../support/policies.ts';
import { asking, desiredOf, readKind, refused, runTenant, sayGaps } from '../support/read-kind.ts';

const legacy = 'sharepoint.legacyAuthProtocols';
const custom = 'sharepoint.customAppAuthentication';
const path = '/admin/sharepoint/settings';

const stating = (settings: Readonly<Record<string, string>>, more: Partial<Policy> = {}): Policy => {
  const tenantSettings = Object.entries(settings).map(([name, value], index) => ({
    name,
    value,
    place: line(50 + index),
  }));
  return asking({}, { tenantSettings, ...more });
};
const evidenceOf = (command: string, result: unknown, more: Partial<Evidence> = {}): Evidence => ({
  command,
  tenantId: tenantId(runTenant),
  collectedAt: '2026-11-20T08:00:00Z',
  result,
  file: `evidence/${command}.json`,
  ...more,
});
const told = ({ facts }: Awaited<ReturnType<typeof readKind>>): string[] =>
  facts.map(
    (fact) =>
      `${fact.identity.slice(-2)} ${fact.subject} ${fact.kind === 'tenant-setting' && `${fact.value}${fact.byDefault ? ' by default' : ''}`}`,
  );

describe('legacy sign-in to SharePoint, told by Microsoft Graph', () => {
  const reading = (answer: unknown, policies = [stating({ [legacy]: 'disabled' })]) =>
    readKind(tenantSetting, { policies, gets: { [path]: ok(answer) } });

  it.each([
    ['on', { isLegacyAuthProtocolsEnabled: true }, 'enabled'],
    ['off', { isLegacyAuthProtocolsEnabled: false }, 'disabled'],
    ['on, as in Microsoft’s example of the answer', { value: { isLegacyAuthProtocolsEnabled: true } }, 'enabled'],
  ])('is %s', async (_, answer, value) => {
    const found = await reading(answer);
    expect([told(found), found.gaps]).toEqual([[`01 ${legacy} ${value}`], []]);
  });

  it('is asked for once, however many policies speak of it, and told under the first identity of each', async () => {
    const other = stating({ [legacy]: 'enabled' }, { identities: [appIdentity('other-0b'), appIdentity('third-0c')] });
    const found = await reading({ isLegacyAuthProtocolsEnabled: true }, [stating({ [legacy]: 'disabled' }), other]);
    expect([told(found), found.paths]).toEqual([[`01 ${legacy} enabled`, `0b ${legacy} enabled`], [path]]);
  });

  it('is asked for where the page of the product asks to change it', async () => {
    const product = { value: 'catalogic-vplus', place: line(5) };
    const found = await reading({ isLegacyAuthProtocolsEnabled: true }, [asking({}, { product })]);
    expect([told(found), found.paths]).toEqual([[`01 ${legacy} enabled`], [path]]);
    expect(sayGaps(found)).toEqual([
      `tenant-setting no-evidence: no file says what Get-SPOTenant answers in tenant ${runTenant}`,
    ]);
  });

  it.each([
    ['states nothing', asking({})],
    [
      'names a product whose page asks nothing of the kind',
      asking({}, { product: { value: 'hubstor', place: line(5) } }),
    ],
    ['is retired', stating({ [legacy]: 'disabled', 'entra.userConsent': 'disabled' }, { state: 'retired' })],
  ])('is not asked for where the policy %s', async (_, policy) => {
    expect(await reading({}, [policy])).toMatchObject({ facts: [], gaps: [], paths: [] });
  });

  it('leaves a gap where it is refused, whatever evidence says', async () => {
    const found = await readKind(tenantSetting, {
      policies: [stating({ [legacy]: 'disabled' })],
      gets: { [path]: err(refused) },
      evidence: [evidenceOf('Get-SPOTenant', { LegacyAuthProtocolsEnabled: false })],
    });
    expect([found.facts, sayGaps(found), found.gaps[0]?.needs]).toEqual([
      [],
      ['tenant-setting forbidden: HTTP 403'],
      'SharePointTenantSettings.Read.All',
    ]);
  });

  it.each([
    ['nothing', {}, '`isLegacyAuthProtocolsEnabled` is undefined where true or false belongs'],
    [
      'a text',
      { isLegacyAuthProtocolsEnabled: 'false' },
      '`isLegacyAuthProtocolsEnabled` is string where true or false belongs',
    ],
    ['a list', { value: [] }, '`value` is a list where an object belongs'],
    ['null', null, 'the settings of SharePoint is null where an object belongs'],
  ])('leaves a gap where the answer is %s', async (_, answer, detail) => {
    const found = await reading(answer);
    expect([found.facts, sayGaps(found)]).toEqual([[], [`tenant-setting malformed: ${detail}`]]);
  });
});

describe('settings told by evidence', () => {
  const reading = (name: string, evidence: readonly Evidence[]) =>
    readKind(tenantSetting, { policies: [stating({ [name]: 'disabled' })], evidence });
  const ews = (result: Readonly<Record<string, unknown>>) => [evidenceOf('Get-OrganizationConfig', result)];
  const spo = (result: unknown, more: Partial<Evidence> = {}) => [evidenceOf('Get-SPOTenant', result, more)];

  it.each([
    ['open', custom, spo({ DisableCustomAppAuthentication: false }), 'enabled'],
    ['closed', custom, spo({ DisableCustomAppAuthentication: true }), 'disabled'],
    ['set by nobody', 'exchange.ews', ews({ EwsEnabled: null }), 'enabled by default'],
    ['switched on', 'exchange.ews', ews({ EwsEnabled: true, EWSAllowedAppIDs: '' }), 'enabled'],
    [
      'switched on but for some',
      'exchange.ews',
      ews({ EwsEnabled: true, EwsApplicationAccessPolicy: 'EnforceBlockList' }),
      'enabled',
    ],
    ['switched off', 'exchange.ews', ews({ EwsEnabled: false, EWSAllowedAppIDs: 'a' }), 'disabled'],
    ['for named apps', 'exchange.ews', ews({ EwsEnabled: true, EWSAllowedAppIDs: 'a,b' }), 'allow-list'],
    ['for a list of apps', 'exchange.ews', ews({ EwsEnabled: null, EWSAllowedAppIDs: ['a'] }), 'allow-list'],
    [
      'for named programs',
      'exchange.ews',
      ews({ EwsEnabled: true, EwsApplicationAccessPolicy: 'EnforceAllowList' }),
      'allow-list',
    ],
  ])('%s: %s', async (_, name, evidence, value) => {
    const found = await reading(name, evidence);
    expect([told(found), found.gaps, found.paths]).toEqual([[`01 ${name} ${value}`], [], []]);
  });

  it.each([
    ['absent', custom, [], `no-evidence: no file says what Get-SPOTenant answers in tenant ${runTenant}`],
    [
      'too old',
      custom,
      spo({ DisableCustomAppAuthentication: true }, { collectedAt: '2026-10-01T00:00:00Z' }),
      'stale-evidence: evidence/Get-SPOTenant.json is of 2026-10-01T00:00:00Z, older than P30D',
    ],
    [
      'of another tenant',
      custom,
      spo({ DisableCustomAppAuthentication: true }, { tenantId: tenantId('33333333-2222-4222-8222-222222222222') }),
      `no-evidence: no file says what Get-SPOTenant answers in tenant ${runTenant}`,
    ],
    [
      'silent on it',
      custom,
      spo({}),
      'malformed: `DisableCustomAppAuthentication` is undefined where true or false belongs',
    ],
    ['null', custom, spo(null), 'malformed: the result of Get-SPOTenant is null where an object belongs'],
    [
      'silent on Exchange Web Services',
      'exchange.ews',
      ews({}),
      'malformed: `EwsEnabled` is undefined where true or false belongs',
    ],
  ])('leave a gap where it is %s', async (_, name, evidence, gap) => {
    const found = await reading(name, evidence);
    const command = name === custom ? 'Get-SPOTenant' : 'Get-OrganizationConfig';
    expect([found.facts, sayGaps(found), found.gaps[0]?.needs]).toEqual([
      [],
      [`tenant-setting ${gap}`],
      `evidence of ${command} (docs/evidence.md)`,
    ]);
  });
});

describe('what a policy states', () => {
  it('is asked for under its first identity, line by line', () => {
    const policy = stating({ [legacy]: 'disabled', 'exchange.ews': 'allow-list' });
    expect(desiredOf(tenantSetting, policy)).toEqual({
      facts: [`${legacy} at 50`, 'exchange.ews at 51'],
      problems: [],
    });
    expect(desiredOf(tenantSetting, stating({ [legacy]: 'disabled' }, { state: 'retired' })).facts).toEqual([]);
  });

  it('is never planned, and nothing else is undeclared by it', () => {
    expect([tenantSetting.planned, tenantSetting.governs(stating({ [legacy]: 'disabled' }))]).toEqual([false, false]);
  });

  it.each([
    ['alike', setting(legacy, 'disabled'), setting(legacy, 'disabled'), []],
    ['alike, by default', setting('exchange.ews', 'enabled'), setting('exchange.ews', 'enabled', true), []],
    ['another value', setting(legacy, 'disabled'), setting(legacy, 'enabled'), ['changed']],
    ['a wider value', setting('exchange.ews', 'allow-list'), setting('exchange.ews', 'enabled', true), ['changed']],
  ])('differs where the tenant has %s, even where another setting is a gap', (_, desired, actual, causes) => {
    const changes = diff({ kinds, desired: [desired], actual: [actual], governs: () => true, wasRead: () => false });
    expect(changes.map(({ cause }) => cause)).toEqual(causes);
  });

  it('is never missing: what is not there was not read', () => {
    const sides = { kinds, desired: [setting(legacy, 'disabled'), appRole('Mail.Read')], actual: [] };
    expect(diff({ ...sides, governs: () => true, wasRead: ({ kind }) => kind !== 'tenant-setting' })).toHaveLength(1);
  });
});
