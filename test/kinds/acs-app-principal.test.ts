import { describe, expect, it } from 'vitest';
import type { Evidence } from '../../src/core/evidence.ts';
import { identityId, tenantId } from '../../src/core/ids.ts';
import { acsAppPrincipal } from '../../src/kinds/acs-app-principal.ts';
import { backupApp, otherApp } from '../support/facts.ts';
import { line } from '../support/policies.ts';
import { asking, foundApp, readKind, runTenant, sayGaps } from '../support/read-kind.ts';

const evidenceOf = (result: unknown, more: Partial<Evidence> = {}): Evidence => ({
  command: 'Get-PnPAzureACSPrincipal',
  tenantId: tenantId(runTenant),
  collectedAt: '2026-11-20T08:00:00Z',
  result,
  file: 'evidence/acs.json',
  ...more,
});
const everything = { Scope: 'http://sharepoint/content/tenant', Right: 'FullControl' };
const row = (more: Readonly<Record<string, unknown>> = {}) => ({
  AppIdentifier: `i:0i.t|ms.sp.ext|${backupApp}@${runTenant}`,
  ClientId: backupApp.toUpperCase(),
  Title: 'Backup',
  AllowAppOnly: true,
  TenantScopedPermissions: [everything],
  SiteCollectionScopedPermissions: [],
  ...more,
});
const speaking = asking(
  {},
  { tenantSettings: [{ name: 'sharepoint.customAppAuthentication', value: 'disabled', place: line(50) }] },
);
const vplus = asking({}, { product: { value: 'catalogic-vplus', place: line(5) } });

const reading = (evidence: readonly Evidence[], policies = [speaking]) =>
  readKind(acsAppPrincipal, { policies, evidence });

describe('app principals that SharePoint keeps itself', () => {
  it('are told by evidence, whether or not the policy speaks of them', async () => {
    for (const policies of [[speaking], [asking({})]]) {
      const { facts, gaps, paths } = await reading([evidenceOf([row(), row({ ClientId: otherApp })])], policies);
      expect([gaps, paths]).toEqual([[], []]);
      expect(facts).toEqual([
        {
          kind: 'acs-app-principal',
          key: `acs-app-principal/${backupApp}`,
          identity: backupApp,
          subject: backupApp,
          title: 'Backup',
          appOnly: true,
          tenantPermissions: ['FullControl on http://sharepoint/content/tenant'],
          sitePermissions: [],
        },
      ]);
    }
  });

  it.each([
    ['one row alone, as PowerShell writes a list of one', row()],
    ['a row with the app id in `AppIdentifier` alone', [row({ ClientId: undefined })]],
    ['a row that calls it `AppId`', [row({ ClientId: undefined, AppId: backupApp })]],
  ])('are read from %s', async (_, result) => {
    expect((await reading([evidenceOf(result)])).facts).toMatchObject([{ subject: backupApp, appOnly: true }]);
  });

  it('of which several rows tell are one, with all their rights', async () => {
    const site = { SiteId: 'site-1', Right: 'Write' };
    const rows = [
      row({ AllowAppOnly: false, TenantScopedPermissions: [], SiteCollectionScopedPermissions: [site] }),
      row({ SiteCollectionScopedPermissions: [site, { Right: 'Read' }] }),
    ];
    expect((await reading([evidenceOf(rows)])).facts).toMatchObject([
      {
        appOnly: true,
        tenantPermissions: ['FullControl on http://sharepoint/content/tenant'],
        sitePermissions: ['Write on site-1', 'Read on a site'],
      },
    ]);
  });

  it('outlive the app in Entra', async () => {
    const gone = foundApp({ id: identityId(backupApp.toUpperCase()), state: 'absent', objectId: null, appId: null });
    const { facts } = await readKind(acsAppPrincipal, { identities: [gone], evidence: [evidenceOf([row()])] });
    expect(facts.map(({ subject }) => subject)).toEqual([backupApp]);
  });

  it('are none where the evidence lists none', async () => {
    expect(await reading([evidenceOf([])])).toMatchObject({ facts: [], gaps: [] });
  });

  const absent = `acs-app-principal no-evidence: no file says what Get-PnPAzureACSPrincipal answers in tenant ${runTenant}`;
  it.each([
    ['without evidence', [], [speaking], [absent]],
    ['without evidence, of a product whose page makes one', [], [vplus], [absent]],
    [
      'with evidence that is too old',
      [evidenceOf([], { collectedAt: '2026-10-01T00:00:00Z' })],
      [speaking],
      ['acs-app-principal stale-evidence: evidence/acs.json is of 2026-10-01T00:00:00Z, older than P30D'],
    ],
    ['without evidence, where the policy does not speak of it', [], [asking({})], []],
    [
      'with evidence that is null, whoever speaks of it',
      [evidenceOf(null)],
      [asking({})],
      ['acs-app-principal malformed: the result of Get-PnPAzureACSPrincipal is null where an object belongs'],
    ],
    [
      'with a row that names no app',
      [evidenceOf([{ AllowAppOnly: true }])],
      [speaking],
      ['acs-app-principal malformed: `AppIdentifier` is undefined where a text belongs'],
    ],
    [
      'with a row that names an app nobody can read',
      [evidenceOf([row({ ClientId: null, AppIdentifier: 'x' })])],
      [speaking],
      ['acs-app-principal malformed: `AppIdentifier` names no app id'],
    ],
    [
      'with a row that leaves out whether it needs a user',
      [evidenceOf([row({ AllowAppOnly: null })])],
      [speaking],
      ['acs-app-principal malformed: `AllowAppOnly` is null where true or false belongs'],
    ],
  ])('leave, %s, what they should', async (_, evidence, policies, gaps) => {
    const found = await reading(evidence, policies);
    expect([found.facts, sayGaps(found)]).toEqual([[], gaps]);
    for (const gap of found.gaps) expect(gap.needs).toBe('evidence of Get-PnPAzureACSPrincipal (docs/evidence.md)');
  });

  it('are judged: no policy asks for one, and no plan makes one', () => {
    expect([acsAppPrincipal.planned, acsAppPrincipal.governs(speaking)]).toEqual([false, false]);
  });
});
