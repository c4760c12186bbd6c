import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { renderRoleQuery } from '../../src/core/role-query.ts';

const asked = { principals: ['b0000000-0000-4000-8000-000000000001'], roleNames: [], roleIds: [], subscriptions: [] };

describe('the query of Azure roles', () => {
  it('asks for nothing that nobody wants to know', () => {
    expect(renderRoleQuery(asked)).toBe(
      [
        'authorizationresources',
        "| where type =~ 'microsoft.authorization/roleassignments'",
        "| where tostring(properties.principalId) in~ ('b0000000-0000-4000-8000-000000000001')",
        "| extend roleGuid = tostring(split(tolower(tostring(properties.roleDefinitionId)), '/roledefinitions/')[1])",
        "| join kind=leftouter (authorizationresources | where type =~ 'microsoft.authorization/roledefinitions' | extend roleGuid = tolower(name) | project roleGuid, definition = properties) on roleGuid",
        '| project id, name, type, properties, definition',
        '| order by id asc',
      ].join('\n'),
    );
  });

  it('says each name once, in one order', () => {
    const query = renderRoleQuery({ ...asked, roleNames: ['Reader', 'Contributor', 'Reader'] });
    expect(query).toContain("tostring(properties.roleName) in~ ('Contributor', 'Reader')");
    expect(query).toBe(renderRoleQuery({ ...asked, roleNames: ['Contributor', 'Reader'] }));
  });

  const hostile = [
    { name: "O'Brien's role", quoted: "'O\\'Brien\\'s role'" },
    { name: 'back\\slash', quoted: "'back\\\\slash'" },
    { name: "\\'", quoted: "'\\\\\\''" },
    { name: "x') | project secret //", quoted: "'x\\') | project secret //'" },
    { name: 'plain "double" | pipe', quoted: `'plain "double" | pipe'` },
  ];
  it.each(hostile)('quotes $name', ({ name, quoted }) => {
    expect(renderRoleQuery({ ...asked, roleNames: [name] })).toContain(`in~ (${quoted}) `);
  });

  it('no name, whatever it is, gets out of its quotes', () => {
    const read = (text: string): string[] => {
      const names: string[] = [];
      let rest = text;
      while (rest.startsWith("'")) {
        const end = /^'((?:\\.|[^'\\])*)'(?:, )?/s.exec(rest);
        if (end === null) throw new Error(`unclosed: ${rest}`);
        names.push((end[1] ?? '').replace(/\\(.)/gs, '$1'));
        rest = rest.slice(end[0].length);
      }
      if (!rest.startsWith(') | project id')) throw new Error(`out of its quotes: ${rest}`);
      return names;
    };
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.string({ unit: fc.constantFrom("'", '\\', '"', '|', ')', 'a', ' ') }), { minLength: 1 }),
        (names) => {
          const query = renderRoleQuery({ ...asked, roleNames: names });
          const list = query.slice(query.indexOf('properties.roleName) in~ (') + 'properties.roleName) in~ ('.length);
          expect(read(list)).toEqual(names.toSorted((a, b) => (a < b ? -1 : 1)));
        },
      ),
    );
  });
});
