import { expect, it } from 'vitest';
import { preflight } from '../../src/app/preflight.ts';
import { graphNeed, type Kind } from '../../src/core/kind.ts';
import { appIdentity, policy as resolved } from '../support/policies.ts';

const { policy } = resolved({ identities: [appIdentity()] });
const kind = (id: string, more: object): Kind => ({ id, asks: () => [], ...more }) as unknown as Kind;
const kinds = [
  kind('delegated-grant', { asks: () => [graphNeed('Directory.Read.All')] }),
  kind('federated-credential', { asks: () => [graphNeed('Application.Read.All', 'exactly')] }),
  kind('sign-in-activity', { optional: 'AuditLog.Read.All' }),
];

const cases = [
  { name: 'what is needed', held: ['Application.Read.All', 'Directory.Read.All'], lacks: [], excess: [] },
  {
    name: 'what is needed and what is useful',
    held: ['Application.Read.All', 'AuditLog.Read.All', 'Directory.Read.All'],
    lacks: [],
    excess: [],
  },
  { name: 'less', held: ['Directory.Read.All'], lacks: ['Application.Read.All'], excess: [] },
  {
    name: 'something else',
    held: ['Application.Read.All', 'Directory.Read.All', 'Mail.Read'],
    lacks: [],
    excess: ['Mail.Read'],
  },
  {
    name: 'what a wider one gives already',
    held: ['Application.Read.All', 'Directory.Read.All', 'RoleManagement.Read.Directory'],
    lacks: [],
    excess: ['RoleManagement.Read.Directory'],
  },
  {
    name: 'commands of evidence beside',
    held: ['Application.Read.All', 'Directory.Read.All', 'Get-SPOTenant'],
    lacks: [],
    excess: [],
  },
];

it.each(cases)('a reader that holds $name', ({ held, lacks, excess }) => {
  expect(preflight([policy], kinds, { held })).toEqual({ lacks, excess });
});

it.each([{ held: [] }, { held: ['Get-SPOTenant'] }])(
  'a reader whose token says nothing ($held) is not judged',
  ({ held }) => {
    expect(preflight([policy], kinds, { held })).toBeNull();
  },
);
