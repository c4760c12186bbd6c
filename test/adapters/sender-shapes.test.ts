import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { shapeOf, writeShapes } from '../../src/adapters/sender-shapes.ts';
import { requestsThatLeave, requestsThatStay } from '../support/write-requests.ts';

describe('what may be written', () => {
  it('is this, and nothing else', () => {
    expect(writeShapes.map(({ form }) => form)).toEqual([
      'POST /v1.0/servicePrincipals/{id}/appRoleAssignedTo',
      'DELETE /v1.0/servicePrincipals/{id}/appRoleAssignedTo/{id}',
      'POST /v1.0/oauth2PermissionGrants',
      'PATCH /v1.0/oauth2PermissionGrants/{id}',
      'DELETE /v1.0/oauth2PermissionGrants/{id}',
      'PUT {scope}/providers/Microsoft.Authorization/roleAssignments/{id}',
      'DELETE {scope}/providers/Microsoft.Authorization/roleAssignments/{id}',
      'PUT {vault}/accessPolicies/{add|replace|remove}',
    ]);
    const seen = new Set(requestsThatLeave.map((request) => shapeOf(request)?.form));
    expect(seen).toEqual(new Set(writeShapes.map(({ form }) => form)));
  });

  it.each(requestsThatLeave.map((request) => [request.method, request.path, request] as const))(
    '%s %s',
    (_, path, request) => {
      const shape = shapeOf(request);
      expect(shape?.form.startsWith(request.method)).toBe(true);
      // What a URL is taken apart into says the same as its text.
      const { pathname, search, hash } = new URL(`https://host.example${path}`);
      expect([decodeURIComponent(pathname + search), hash]).toEqual([path, '']);
    },
  );
});

it.each(requestsThatStay.map(([why, request]) => [why, request.method, request.path, request] as const))(
  'a request with %s does not leave: %s %s',
  (_, __, ___, request) => expect(shapeOf(request)).toBeNull(),
);

it('no path that a URL reads as another one has a form', () => {
  const bits = fc.constantFrom(
    '.',
    '..',
    '/',
    '\\',
    '%',
    '%2e',
    '%2f',
    '?',
    '#',
    '@',
    ':',
    ';',
    '\t',
    '\n',
    '\0',
    '*',
    '&',
    "'",
    '"',
  );
  const spoilt = fc
    .tuple(fc.constantFrom(...requestsThatLeave), fc.nat(), fc.array(bits, { minLength: 1, maxLength: 3 }))
    .map(([request, at, parts]) => {
      const { path } = request;
      const cut = at % (path.length + 1);
      return { ...request, path: `${path.slice(0, cut)}${parts.join('')}${path.slice(cut)}` };
    });
  fc.assert(
    fc.property(spoilt, (request) => {
      if (shapeOf(request) === null) return;
      const { origin, pathname, search, hash } = new URL(`https://host.example${request.path}`);
      expect([origin, decodeURIComponent(pathname + search), hash]).toEqual(['https://host.example', request.path, '']);
    }),
    { numRuns: 2_000 },
  );
});

it('every field of a body is needed or known', () => {
  const fields = requestsThatLeave.filter(({ body }) => body !== null);
  fc.assert(
    fc.property(fc.constantFrom(...fields), fc.string({ minLength: 1 }), fc.jsonValue(), (request, field, value) => {
      const body = request.body ?? {};
      fc.pre(!(field in body));
      expect(shapeOf({ ...request, body: { ...body, [field]: value } })).toBeNull();
    }),
  );
});
