import { expect, it } from 'vitest';
import { kindsReadFor } from '../../src/app/kinds-read-for.ts';
import { graphNeed, type Kind } from '../../src/core/kind.ts';
import { appIdentity, policy as resolved } from '../support/policies.ts';

const { policy } = resolved({ identities: [appIdentity()] });
const kinds = [
  { id: 'credential', asks: () => [graphNeed('Application.Read.All')] },
  { id: 'sign-in-activity', asks: () => [], optional: 'AuditLog.Read.All' },
  { id: 'site-grant', asks: () => [] },
] as unknown as readonly Kind[];

const cases = [
  {
    name: 'an optional kind that the reader may read',
    held: ['AuditLog.Read.All'],
    told: ['credential', 'sign-in-activity'],
  },
  { name: 'an optional kind that it may not read', held: [], told: ['credential'] },
  {
    name: 'an optional kind that the tenant does not offer',
    held: ['AuditLog.Read.All'],
    notOffered: ['sign-in-activity'] as const,
    told: ['credential'],
  },
  {
    name: 'a kind that the policy asks for, offered or not',
    held: [],
    notOffered: ['credential'] as const,
    told: ['credential'],
  },
];

it.each(cases)('tells of $name', ({ held, notOffered = [], told }) => {
  expect(kindsReadFor(policy, { held, notOffered }, kinds).map(({ id }) => id)).toEqual(told);
});
