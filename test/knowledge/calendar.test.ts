import { describe, expect, test } from 'vitest';
import { azureAdGraph, exchangeOnline, microsoftGraph, sharePointOnline } from '../../src/knowledge/apis.ts';
import {
  findRetirement,
  phaseAt,
  retirementOf,
  retirements,
  workloadRetirement,
} from '../../src/knowledge/calendar.ts';
import { findWorkload } from '../../src/knowledge/workloads.ts';

describe('permissions', () => {
  test.each([
    [azureAdGraph, 'application', 'Directory.Read.All', 'azure-ad-graph'],
    [azureAdGraph, 'delegated', 'User.Read', 'azure-ad-graph'],
    [azureAdGraph, 'application', 'Calendars.ReadWrite', 'azure-ad-graph'],
    [exchangeOnline, 'application', 'full_access_as_app', 'exchange-web-services'],
    [exchangeOnline, 'delegated', 'EWS.AccessAsUser.All', 'exchange-web-services-delegated'],
    [microsoftGraph, 'delegated', 'EWS.AccessAsUser.All', 'exchange-web-services-delegated-graph'],
    [microsoftGraph, 'application', 'Notes.ReadWrite.All', 'onenote-app-only'],
    [microsoftGraph, 'application', 'notes.read.all', 'onenote-app-only'],
  ] as const)('%s %s %s: %s', (api, type, value, id) => {
    expect(retirementOf({ api, type, value })?.id).toBe(id);
  });

  test.each([
    [microsoftGraph, 'application', 'Directory.Read.All'],
    [microsoftGraph, 'delegated', 'Notes.ReadWrite.All'],
    [microsoftGraph, 'application', 'Sites.FullControl.All'],
    [sharePointOnline, 'application', 'Sites.FullControl.All'],
    [exchangeOnline, 'application', 'Exchange.ManageAsApp'],
    [exchangeOnline, 'application', 'Mail.ReadWrite'],
    [microsoftGraph, 'application', 'full_access_as_app'],
  ] as const)('%s %s %s: stays', (api, type, value) => {
    expect(retirementOf({ api, type, value })).toBeNull();
  });
});

test('a workload', () => {
  expect(workloadRetirement('azure-postgresql-single')?.id).toBe('postgresql-single-server');
  expect(workloadRetirement('azure-postgresql-flexible')).toBeNull();
});

describe('the phase at a day', () => {
  test.each([
    ['2026-09-30T23:59:59Z', null],
    ['2026-10-01T00:00:00Z', '2026-10-01'],
    ['2027-03-31T23:59:59Z', '2026-10-01'],
    ['2027-04-01T00:00:00Z', '2027-04-01'],
    ['2030-01-01T00:00:00Z', '2027-04-01'],
  ])('%s: %s', (at, date) => {
    const retirement = retirementOf({ api: exchangeOnline, type: 'application', value: 'full_access_as_app' });
    expect(retirement && phaseAt(retirement, new Date(at))?.date).toBe(date ?? undefined);
  });
});

test('phases are in order, and only the last is final', () => {
  for (const one of retirements) {
    const dates = one.phases.map((phase) => phase.date);
    expect(dates).toEqual([...dates].sort());
    expect(one.phases.map((phase) => phase.final)).toEqual(
      one.phases.map((_, index) => index === one.phases.length - 1),
    );
  }
});

test('ids are unique, workloads exist', () => {
  expect(new Set(retirements.map((one) => one.id)).size).toBe(retirements.length);
  const named = retirements.flatMap((one) => (one.workload === null ? [] : [one.workload]));
  expect(named.filter((id) => findWorkload(id) === null)).toEqual([]);
  expect(findRetirement('sharepoint-acs')?.phases[0]?.date).toBe('2026-04-02');
  expect(findRetirement('nothing')).toBeNull();
});
