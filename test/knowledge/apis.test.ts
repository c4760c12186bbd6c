import { expect, test } from 'vitest';
import { apis, findApi } from '../../src/knowledge/apis.ts';

const graph = '00000003-0000-0000-c000-000000000000';
const exchange = '00000002-0000-0ff1-ce00-000000000000';
const sharePoint = '00000003-0000-0ff1-ce00-000000000000';
const azureAdGraph = '00000002-0000-0000-c000-000000000000';
const azure = '797f4846-ba00-4fd7-ba43-dac1f8f63013';

test.each([
  ['Microsoft Graph', graph],
  ['microsoft graph', graph],
  [' Microsoft Graph ', graph],
  ['00000003-0000-0000-C000-000000000000', graph],
  ['Office 365 Exchange Online', exchange],
  ['Exchange Online', exchange],
  ['Office 365 SharePoint Online', sharePoint],
  ['SharePoint Online', sharePoint],
  ['SharePoint', sharePoint],
  ['Windows Azure Active Directory', azureAdGraph],
  ['Azure AD Graph', azureAdGraph],
  ['Azure Active Directory Graph', azureAdGraph],
  ['Windows Azure Service Management API', azure],
  ['Azure Service Management', azure],
  ['Azure Key Vault', 'cfa8b339-82a2-471a-a3c9-0fc0be7a4093'],
  ['Azure Storage', 'e406a681-f3d4-42a8-90b6-c2b029497af1'],
])('`%s` is the API %s', (name, id) => {
  expect(findApi(name)?.appId).toBe(id);
});

test.each(['', 'Graph API of somebody', 'Microsoft Graphs', '00000003-0000-0000-c000-000000000001'])(
  '`%s` is no API',
  (name) => {
    expect(findApi(name)).toBeNull();
  },
);

test('no name or alias stands for two APIs', () => {
  const names = apis.flatMap((api) => [api.appId, api.name, ...api.aliases].map((name) => name.toLowerCase()));
  expect(names).toEqual([...new Set(names)]);
});

test('only Azure AD Graph is retired', () => {
  expect(apis.filter((api) => api.retired !== null).map((api) => [api.appId, api.retired])).toEqual([
    [azureAdGraph, '2025-07-01'],
  ]);
});
