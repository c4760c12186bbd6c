import { describe, expect, it } from 'vitest';
import type { Report } from '../../src/core/report.ts';
import type { FaultAnswer, FaultMatch } from '../../src/emulator/faults.ts';
import type { RequestLogLine } from '../../src/emulator/request-log.ts';
import { fleet, fleetPolicies } from '../support/fleet.ts';
import { checkOn, serve, writePolicies } from '../support/rig.ts';
import { vaultPolicy, withVault } from '../support/vault.ts';

/** One app and one vault whose Azure roles differ from their policies, so that every sort of read happens. */
const tenant = withVault(fleet(1, 0));
const policies = writePolicies({ ...fleetPolicies(1), 'vault.yaml': vaultPolicy });

const faults: Readonly<Record<string, FaultAnswer>> = {
  'is refused with 401': { status: 401 },
  'is refused with 403': { status: 403 },
  'is answered 404': { status: 404 },
  'is throttled without end': { throttle: 'forever' },
  'fails with 500': { status: 500 },
  'is cut off': { cut: true },
  'is answered with garbage': { garbage: true },
  'is answered by an empty page that leads on to itself': { emptyPageWithNext: true },
};

const check = async (
  match: FaultMatch | null,
  answer: FaultAnswer,
): Promise<{ report: Report; log: readonly RequestLogLine[] }> => {
  const script = match === null ? [] : [{ match: { times: 'always' as const, ...match }, answer }];
  const emulator = await serve(tenant, script);
  try {
    const report = await checkOn(emulator, tenant, policies, { patience: 100, rules: [] });
    return { report, log: emulator.requests() };
  } finally {
    await emulator.close();
  }
};

const clean = await check(null, { status: 200 });

/** What tells a request from all others: its place among those of one path, or its path with query inside a batch. */
const matchOf = (line: RequestLogLine): FaultMatch => {
  if (line.batch !== null) return { inner: true, api: line.api, path: decodeURIComponent(line.path) };
  const alike = clean.log.filter(
    ({ batch, api, path }) => batch === null && api === line.api && samePath(path, line.path),
  );
  return { api: line.api, method: line.method, path: line.path.split('?')[0] ?? '', after: alike.indexOf(line) };
};

const samePath = (a: string, b: string): boolean => a.split('?')[0] === b.split('?')[0];
const nameOf = ({ api, method, path, batch }: RequestLogLine): string =>
  `${batch === null ? api : 'in a batch'} ${method} ${decodeURIComponent(path).slice(0, 120)}`;

/** Who was asked for what, however it is spelled: without version, fields and blanks. */
const plain = (text: string): string =>
  decodeURIComponent(text)
    .replace(/\/(v1\.0|beta)/, '')
    .replace(/[?&]\$(select|top|expand)=[^&:]*/g, '')
    .replace(/[\s+]/g, '');

describe('a read that fails is a gap, whatever fails it', () => {
  it('nothing is missing without a fault', () => {
    expect(clean.report).toMatchObject({ exitCode: 0, conclusion: 'clean' });
    expect(clean.report.coverage.filter(({ state }) => state === 'gap')).toEqual([]);
    expect(clean.report.drift.length).toBeGreaterThan(0);
  });

  it('every sort of read happens', () => {
    const paths = clean.log.map(nameOf).join('\n');
    for (const part of [
      'openid-configuration',
      'oauth2/v2.0/token',
      '$batch',
      'appRoleAssignments',
      'oauth2PermissionGrants',
      '/beta/applications?',
      'applications?',
      'ResourceGraph',
      'roleAssignments',
      'backupVaults',
    ])
      expect(paths).toContain(part);
  });

  describe.each(clean.log.map((line) => ({ line, name: nameOf(line) })))('$name', ({ line }) => {
    it.each(Object.entries(faults))('%s', async (_, answer) => {
      const { report } = await check(matchOf(line), answer);
      const gaps = report.coverage.filter(({ state }) => state === 'gap');
      expect(report).toMatchObject({ exitCode: 3, conclusion: 'incomplete', diagnostics: [] });
      expect(gaps.length).toBeGreaterThan(0);
      for (const gap of gaps) expect(gap.detail).toMatch(/\S+: \S+/);
      if (line.batch !== null)
        expect(gaps.map(({ detail }) => plain(detail ?? ''))).toContainEqual(expect.stringContaining(plain(line.path)));
    });
  });
});
