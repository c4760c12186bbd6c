import { describe, expect, it } from 'vitest';
import { identityId, appId as toAppId } from '../../src/core/ids.ts';
import { err, ok } from '../../src/core/result.ts';
import { signInActivity } from '../../src/kinds/sign-in-activity.ts';
import { backupApp, otherApp } from '../support/facts.ts';
import { asking, foundApp, type KindCase, readKind, refused, sayGaps } from '../support/read-kind.ts';

const principals = 'servicePrincipalSignInActivities';
const credentials = 'appCredentialSignInActivities';
const at = (lastSignInDateTime: string | null) => ({ lastSignInDateTime });
const reading = (lists: KindCase['lists'], more: KindCase = {}) =>
  readKind(signInActivity, { lists: { ...lists, [principals]: ok([]), [credentials]: ok([]), ...lists }, ...more });
const failing = (
  detail: string,
  status: number,
  reason: 'forbidden' | 'malformed' | 'not-found' | 'throttled' = 'forbidden',
) => err({ reason, status, request: 'GET /x', detail });

describe('sign-in activity', () => {
  it('is what the app did as a client, and what each credential was used for last', async () => {
    const { facts, gaps, paths } = await reading({
      [principals]: ok([
        {
          appId: backupApp.toUpperCase(),
          applicationAuthenticationClientSignInActivity: at('2026-11-01T00:00:00Z'),
          delegatedClientSignInActivity: at('2026-10-01T00:00:00Z'),
          applicationAuthenticationResourceSignInActivity: at('2026-11-21T00:00:00Z'),
          lastSignInActivity: at('2026-11-21T00:00:00Z'),
        },
        { appId: otherApp, applicationAuthenticationClientSignInActivity: at('2026-11-20T00:00:00Z') },
      ]),
      [credentials]: ok([
        { appId: backupApp, keyId: 'K2', signInActivity: at('2026-11-02T00:00:00Z') },
        { appId: backupApp, keyId: 'K1', signInActivity: at('0001-01-01T00:00:00Z') },
        { appId: backupApp, keyId: 'K2', signInActivity: at('2026-11-03T00:00:00Z') },
      ]),
    });
    expect(gaps).toEqual([]);
    expect(paths).toEqual([
      `beta/reports/${principals}?$filter=appId eq '${backupApp}'`,
      `beta/reports/${credentials}?$filter=appId eq '${backupApp}'`,
    ]);
    expect(facts).toEqual([
      {
        kind: 'sign-in-activity',
        key: `sign-in-activity/${backupApp}`,
        identity: backupApp,
        subject: backupApp,
        last: '2026-11-03T00:00:00Z',
        credentials: [
          { keyId: 'k1', last: null },
          { keyId: 'k2', last: '2026-11-03T00:00:00Z' },
        ],
      },
    ]);
  });

  it('of which no entry is kept says nothing', async () => {
    expect(await reading({})).toMatchObject({ facts: [], gaps: [] });
  });

  it('takes eight requests for fifty apps, and one each where the report takes no `or`', async () => {
    const apps = (count: number) =>
      Array.from({ length: count }, (_, index) =>
        foundApp({ id: identityId(`${index}`), appId: toAppId(`a${index}`), servicePrincipal: {} }),
      );
    expect((await reading({}, { identities: apps(50) })).paths).toHaveLength(8);
    const single = await reading(
      { ' or ': failing('HTTP 400, BadRequest', 400, 'malformed') },
      { identities: apps(3) },
    );
    expect([single.paths.length, single.gaps]).toEqual([8, []]);
  });

  it.each([
    [
      'a licence',
      failing('HTTP 403, Authentication_RequestFromNonPremiumTenantOrB2CTenant: Neither tenant is B2C', 403),
    ],
    ['a premium licence, in words', failing('HTTP 403, UnknownError: the tenant has no premium license', 403)],
    [
      'the report in its cloud',
      failing("HTTP 400, BadRequest: Resource not found for the segment 'reports'.", 400, 'malformed'),
    ],
    ['the address', failing('HTTP 404', 404, 'not-found')],
  ])('is silent, no gap, and not said to be read, in a tenant without %s', async (_, answer) => {
    expect(await reading({ [principals]: answer, [credentials]: answer })).toMatchObject({
      facts: [],
      gaps: [],
      notOffered: true,
    });
  });

  it.each([
    ['refused', err(refused), 'forbidden: HTTP 403'],
    ['throttled', failing('HTTP 429', 429, 'throttled'), 'throttled: HTTP 429'],
    ['of no app', ok([{}]), 'malformed: `appId` is undefined where a text belongs'],
    [
      'of some day',
      ok([{ appId: backupApp, delegatedClientSignInActivity: at('x') }]),
      'malformed: `lastSignInDateTime` is a text where a date belongs',
    ],
  ])('that is %s is a gap', async (_, answer, detail) => {
    expect(sayGaps(await reading({ [principals]: answer }))).toEqual([`sign-in-activity ${detail}`]);
  });

  it('is read where the permission is held, and for no policy’s sake', () => {
    expect([signInActivity.optional, signInActivity.asks(asking({})), signInActivity.governs(asking({}))]).toEqual([
      'AuditLog.Read.All',
      [],
      false,
    ]);
  });
});
