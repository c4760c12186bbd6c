import { expect, it } from 'vitest';
import { findWrongNames } from '../../src/app/resolve-policy.ts';
import { parsePolicy } from '../../src/core/parse-policy.ts';
import { kinds } from '../../src/kinds/index.ts';

const wrongNames = (api: string, permission: string) => {
  const text = `apiVersion: backup-access/v1
kind: BackupAccessPolicy
metadata: { name: vplus, owner: backup-team@contoso.example }
spec:
  identities: [{ appId: "a0000000-0000-4000-8000-000000000001" }]
  access:
    applicationPermissions:
      ${api}: [${permission}]
`;
  const parsed = parsePolicy('vplus.yaml', text, { asOf: new Date('2026-11-22T00:00:00Z') });
  if (!parsed.ok) throw new Error(parsed.error.map(({ message }) => message).join('; '));
  return findWrongNames([parsed.value], kinds).map(
    ({ place, code, message, help }) => `${place.line}:${place.column} ${code}: ${message} [${help}]`,
  );
};

it('a permission that a retired API never offered is an error on its line, which says why', () => {
  expect(wrongNames('Azure AD Graph', 'Calendars.ReadWrite')).toEqual([
    '8:24 unknown-permission: Windows Azure Active Directory offers no application permission `Calendars.ReadWrite` [it never did, and the API is gone since 2025-07-01: ask Microsoft Graph instead]',
  ]);
});

it('a slip of the pen is told with what was meant', () => {
  expect(wrongNames('Microsoft Graph', 'Sites.Raed.All')).toEqual([
    '8:25 unknown-permission: Microsoft Graph offers no application permission `Sites.Raed.All` [did you mean `Sites.Read.All`?]',
  ]);
});

it('a permission that the built-in list lacks is no mistake', () => {
  expect(wrongNames('Microsoft Graph', 'Printer.Read.All')).toEqual([]);
});
