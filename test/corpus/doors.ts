import { administrator, conditionalAccess, finance, legal, restriction, siteGrant } from '../support/door-facts.ts';
import { certificate, secret } from '../support/facts.ts';
import type { Cases, CorpusCase } from './corpus-case.ts';
import { protect, type Wish } from './policy-text.ts';

const sites = (role: string, more: Partial<Wish> = {}): Wish => ({
  protects: [protect('sharepoint', 'backup', [finance])],
  graph: 'Sites.Selected',
  siteGrants: [[finance, role]],
  ...more,
});
const wider = (role: string, site = 'finance'): string => `site-grant-wider-than-needed · ${role} · ${site}`;

const doorRules = [
  ...['exempt-from-app-management', 'credential-beats-app-management', 'excluded-from-conditional-access'],
  ...['administrator-with-mailbox', 'permanent-administrator-for-backup'],
];
const plain: Wish = { protects: [protect('sharepoint')], graph: 'Sites.Read.All' };
const shows = (also: NonNullable<CorpusCase['also']>, ...expect: readonly string[]): CorpusCase => ({
  policy: plain,
  also,
  ...(expect.length === 0 ? { tempts: doorRules } : {}),
  expect,
});
const own = { policy: 'Backup may' };
const beats = (key: string): string => `credential-beats-app-management · ${key}`;
const exempt = (name: string): string => `exempt-from-app-management · ${name}`;
const excluded = (name: string): string => `excluded-from-conditional-access · id of ${name}`;

const mailbox = (who: string): string => `administrator-with-mailbox · ${who}`;
const forBackup = (who: string): string => `permanent-administrator-for-backup · ${who}`;
const somebody = 'backupadmin@contoso.example';

const code = (state: 'enabled' | 'disabled' | 'reporting', blocks = true) =>
  conditionalAccess({ displayName: 'Codes', about: 'device-code', bears: 'covers', state, blocks });
const openCodes = ['device-code-flow-open · id of Codes'];
const codes = (product: string, also: NonNullable<CorpusCase['also']>, expect = openCodes): CorpusCase => ({
  policy: { ...plain, product },
  also,
  ...(expect.length === 0 ? { tempts: ['device-code-flow-open', 'excluded-from-conditional-access'] } : {}),
  expect,
});

/** Grants on single sites. */
export const siteCases: Cases = {
  'sites: read, which backs up': {
    policy: sites('read'),
    tempts: ['site-grant-wider-than-needed', 'missing-for-workload', 'undeclared-access'],
    expect: [],
  },
  'sites: write where read backs up': { policy: sites('write'), expect: [wider('write')] },
  'sites: full control where read backs up': { policy: sites('fullcontrol'), expect: [wider('fullcontrol')] },
  'sites: one that is not protected': {
    policy: sites('read', {
      siteGrants: [
        [finance, 'read'],
        [legal, 'read'],
      ],
    }),
    expect: [wider('read', 'legal')],
  },
  'sites: full control where permissions are backed up': {
    policy: sites('fullcontrol', {
      protects: [protect('sharepoint', 'backup', [finance]), protect('sharepoint-permissions', 'backup', [finance])],
    }),
    tempts: ['site-grant-wider-than-needed'],
    expect: [],
  },
  'sites: computed': {
    policy: { protects: [protect('sharepoint', 'backup', [finance, legal])], access: 'minimal' },
    tempts: ['site-grant-wider-than-needed', 'missing-for-workload', 'undeclared-access', 'tenant-wide-where-scoped'],
    expect: [],
  },
  'sites: read on a part of a protected site': {
    policy: sites('read', {
      siteGrants: [
        [finance, 'read'],
        [`${finance}/audit`, 'read'],
      ],
    }),
    tempts: ['site-grant-wider-than-needed'],
    expect: [],
  },
  'sites: read, where the whole tenant is protected': {
    policy: sites('read', { protects: [protect('sharepoint')], graph: 'Sites.Read.All' }),
    tempts: ['site-grant-wider-than-needed'],
    expect: [],
  },
  'sites: one without its grant': {
    policy: sites('read'),
    lacks: ['read'],
    expect: ['missing-for-workload · read · finance'],
  },
  'sites: one for which nobody asked': {
    policy: sites('read'),
    also: [siteGrant('write', legal)],
    expect: ['undeclared-access · write · legal'],
  },
};

/** What the tenant lets apps and administrators do. */
export const doorCases: Cases = {
  'door: no restriction, no policy, no administrator': shows([]),
  'door: restrictions that bind the app': shows([
    restriction('passwordAddition'),
    restriction('asymmetricKeyLifetime', { maxLifetime: 'P1Y' }),
    certificate('2026-03-01T00:00:00Z', '2027-02-01T00:00:00Z'),
  ]),
  'door: a stricter policy of its own': shows([
    restriction('asymmetricKeyLifetime', { maxLifetime: 'P1Y' }),
    restriction('asymmetricKeyLifetime', { maxLifetime: 'P90D', ...own }),
  ]),
  'door: a policy of its own that says nothing of what holds for all': shows([
    restriction('passwordAddition'),
    restriction('customPasswordAddition', { state: 'disabled', ...own }),
  ]),
  'door: a policy of its own on the other object': shows([
    restriction('passwordAddition'),
    restriction('passwordAddition', { state: 'disabled', on: 'service-principal', ...own }),
  ]),
  'door: a longer life than a default that is not there': shows([
    restriction('asymmetricKeyLifetime', { maxLifetime: 'P10Y', ...own }),
  ]),
  'door: a certificate as long as it may be': shows([
    restriction('asymmetricKeyLifetime', { maxLifetime: 'P365D' }),
    certificate('2026-03-01T00:00:00Z', '2027-03-01T00:00:00Z'),
  ]),
  'door: a certificate where secrets are restricted': shows([
    restriction('passwordAddition'),
    restriction('passwordLifetime', { maxLifetime: 'P1D' }),
    certificate('2026-03-01T00:00:00Z', '2027-02-01T00:00:00Z'),
  ]),
  'door: codes blocked, for a product without a page': shows([
    conditionalAccess({ about: 'device-code', bears: 'covers' }),
  ]),
  'door: the app covered by what only reports': shows([conditionalAccess({ bears: 'covers', state: 'reporting' })]),
  'door: an administrator left out of what only reports': shows([
    conditionalAccess({ about: 'administrators', state: 'reporting', person: somebody }),
  ]),
  'door: secrets allowed to this app alone': shows(
    [restriction('passwordAddition'), restriction('passwordAddition', { state: 'disabled', ...own })],
    exempt('passwordAddition'),
  ),
  'door: certificates of any length for this app alone': shows(
    [
      restriction('asymmetricKeyLifetime', { maxLifetime: 'P1Y' }),
      restriction('asymmetricKeyLifetime', { state: 'disabled', ...own }),
    ],
    exempt('asymmetricKeyLifetime'),
  ),
  'door: longer certificates for this app alone': shows(
    [
      restriction('asymmetricKeyLifetime', { maxLifetime: 'P180D' }),
      restriction('asymmetricKeyLifetime', { maxLifetime: 'P1Y', ...own }),
    ],
    exempt('asymmetricKeyLifetime'),
  ),
  'door: a certificate of before the restriction': shows(
    [
      restriction('asymmetricKeyLifetime', { maxLifetime: 'P90D', from: '2026-06-01T00:00:00Z' }),
      certificate('2026-03-01T00:00:00Z', '2027-02-01T00:00:00Z'),
    ],
    beats('certificate-1'),
  ),
  'door: a second certificate of before the restriction': shows(
    [
      restriction('asymmetricKeyLifetime', { maxLifetime: 'P90D' }),
      certificate('2026-10-01T00:00:00Z', '2026-12-25T00:00:00Z', { id: 'young' }),
      certificate('2026-03-01T00:00:00Z', '2027-02-01T00:00:00Z', { id: 'old' }),
    ],
    beats('old'),
  ),
  'door: a certificate on the service principal of before the restriction': shows(
    [
      restriction('asymmetricKeyLifetime', { maxLifetime: 'P90D', on: 'service-principal' }),
      certificate('2026-03-01T00:00:00Z', '2027-02-01T00:00:00Z', { on: 'service-principal' }),
    ],
    beats('certificate-1'),
    'hidden-credential · certificate-1',
  ),
  'door: a secret that is over': shows(
    [
      restriction('asymmetricKeyLifetime', { maxLifetime: 'P90D' }),
      secret('2020-01-01T00:00:00Z', '2020-03-01T00:00:00Z'),
    ],
    'expired-credential · secret-1',
  ),
  'door: the app covered': shows([conditionalAccess({ bears: 'covers' })]),
  'door: the app left out of what only reports': shows([conditionalAccess({ state: 'reporting' })]),
  'door: the app left out of what is off': shows([conditionalAccess({ state: 'disabled' })]),
  'door: the app left out of a block': shows([conditionalAccess()], excluded('Only from our own addresses')),
  'door: the app left out of what asks for more': shows(
    [conditionalAccess({ displayName: 'Risk', blocks: false })],
    excluded('Risk'),
  ),
  'door: an administrator left out of the second factor': shows(
    [conditionalAccess({ displayName: 'Second factor', about: 'administrators', person: somebody })],
    excluded('Second factor'),
  ),
  'door: an administrator of backup, with mail': shows([administrator()], mailbox(somebody), forBackup(somebody)),
  'door: an administrator of backup, without mail': shows([administrator({ hasMailbox: false })], forBackup(somebody)),
  'door: an owner who is an administrator with mail': shows([administrator({ by: 'owner' })], mailbox(somebody)),
  'door: an owner who is an administrator without mail': shows([administrator({ by: 'owner', hasMailbox: false })]),
  'door: both roles': shows(
    [administrator({ roles: ['Global Administrator', 'Privileged Role Administrator'] })],
    mailbox(somebody),
    forBackup(somebody),
  ),
  'door: codes, for a product whose page asks for them, by a policy that is off': codes('ninjaone', [code('disabled')]),
  'door: codes, which a policy only watches': codes('ninjaone', [code('reporting')]),
  'door: codes, where a policy asks for more': codes('ninjaone', [code('enabled', false)]),
  'door: codes, which a policy blocks': codes('ninjaone', [code('enabled')], []),
  'door: codes, of which no policy speaks': codes('ninjaone', [], []),
  'door: codes, for a product that asks for none': codes('hubstor', [code('disabled')], []),
};
