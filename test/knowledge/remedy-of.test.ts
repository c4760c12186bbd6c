import { describe, expect, it } from 'vitest';
import type { Fact } from '../../src/core/fact.ts';
import { remedyOf } from '../../src/knowledge/remedy-of.ts';
import { appRole, azureRole } from '../support/facts.ts';

const scope = '/subscriptions/f0000000-0000-4000-8000-000000000001/resourceGroups/rg-app';
const wide = appRole('Mail.ReadWrite');
const role = azureRole('Contributor', scope);

describe('what takes the place of a wide grant', () => {
  const cases: [string, typeof wide | typeof role, string[], Fact[], unknown][] = [
    ['the least permission', wide, ['Mail.Read'], [wide], { type: 'replace', entries: ['Mail.Read'] }],
    ['nothing, where it is there already', wide, ['Mail.Read'], [wide, appRole('Mail.Read')], { type: 'remove' }],
    ['nothing, where nothing is needed', wide, [], [wide], { type: 'remove' }],
    [
      'what of several is not there',
      wide,
      ['Mail.Read', 'Calendars.Read'],
      [wide, appRole('Mail.Read')],
      { type: 'replace', entries: ['Calendars.Read'] },
    ],
    [
      'a role at the same scope',
      role,
      ['Disk Backup Reader'],
      [role],
      { type: 'replace', entries: [`{ role: Disk Backup Reader, scope: ${scope} }`] },
    ],
    [
      'a role that stands elsewhere only',
      role,
      ['Disk Backup Reader'],
      [role, azureRole('Disk Backup Reader', `${scope}-dr`)],
      { type: 'replace', entries: [`{ role: Disk Backup Reader, scope: ${scope} }`] },
    ],
    [
      'a role that stands there, in another spelling',
      role,
      ['Disk Backup Reader'],
      [role, azureRole('Disk Backup Reader', scope.toUpperCase().replace('/SUBSCRIPTIONS', '/subscriptions'))],
      { type: 'remove' },
    ],
  ];
  it.each(cases)('%s', (_, grant, least, facts, remedy) => {
    expect(remedyOf(grant, least, facts)).toEqual(remedy);
  });
});
