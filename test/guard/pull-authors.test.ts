import { describe, expect, it } from 'vitest';
import type { PullEvidence } from '../../src/core/gate-evidence.ts';
import { authorsOf } from '../../src/guard/pull-authors.ts';
import { at, commit, pullEvidence, shaOf, who } from '../support/gate-world.ts';

const of = (more: Partial<PullEvidence>, pull: Partial<PullEvidence['pull']> = {}) => {
  const { logins, unknown } = authorsOf(pullEvidence(pull, more));
  return { logins: [...logins].sort(), unknown };
};
const saying = (...lines: readonly string[]) => of({ commits: [commit({ message: ['x', '', ...lines].join('\n') })] });
const known = (...logins: readonly string[]) => ({ logins: ['ada', 'web-flow', ...logins].sort(), unknown: [] });

describe('who had a hand in a pull request', () => {
  it.each<readonly [string, ReturnType<typeof of>, ReturnType<typeof of>]>([
    ['author of it and its commit', of({}), known()],
    ['whoever pushed last', of({ push: { after: shaOf('a'), at: at('08:00'), by: 'Dan' } }), known('dan')],
    ['its author alone', of({ commits: [], push: null }), { logins: ['ada'], unknown: [] }],
    ['nobody known who pushed', of({ push: null }), known()],
    ['an author who is gone', of({ commits: [], push: null }, { author: null }), { logins: [], unknown: [] }],
    ['its author, who wrote none of it', of({ commits: [commit({ author: who('bob') })] }), known('bob')],
    [
      'a committer',
      of({ commits: [commit({ committer: who('Bob', 'b@x.example') })] }),
      { logins: ['ada', 'bob'], unknown: [] },
    ],
    [
      'GitHub itself by its address',
      of({ commits: [commit({ committer: who(null, 'noreply@github.com') })] }),
      { logins: ['ada'], unknown: [] },
    ],
    [
      'an address without an account',
      of({ commits: [commit({ author: who(null, 'B@x.example') })] }),
      { logins: ['ada', 'web-flow'], unknown: ['b@x.example'] },
    ],
    [
      'no address',
      of({ commits: [commit({ author: who(null, '') })] }),
      { logins: ['ada', 'web-flow'], unknown: [''] },
    ],
    [
      'an address that GitHub gave',
      of({ commits: [commit({ author: who(null, '5+Bob@users.noreply.github.com') })] }),
      known('bob'),
    ],
    [
      'an address of GitHub Enterprise Server',
      of({ commits: [commit({ author: who(null, 'bob@users.noreply.ghe.example') })] }),
      known('bob'),
    ],
    [
      'both, where an account uses another’s address',
      of({ commits: [commit({ author: who('dan', 'bob@users.noreply.github.com') })] }),
      known('bob', 'dan'),
    ],
    ...['b', 'bo', 'b1-b', '7bob', 'bob7', 'bob_c7', 'bob_contoso'].map(
      (login) =>
        [
          `the account ${login} by its address`,
          saying(`Co-authored-by: <15+${login}@users.noreply.ghe-1.x7>`),
          known(login),
        ] as const,
    ),
    ...[
      'x.bob@users.noreply.github.com',
      'bob@users.noreply.github.com/x',
      '-bob@users.noreply.github.com',
      'bob@usersxnoreply.github.com',
    ].map(
      (email) =>
        [`nobody by ${email}`, saying(`Co-authored-by: <${email}>`), { ...known(), unknown: [email] }] as const,
    ),
    ['a managed user', saying('Co-authored-by: B <7+bob_contoso@users.noreply.github.com>'), known('bob_contoso')],
    ['a program', saying('Co-authored-by: D <9+dependabot[bot]@users.noreply.github.com>'), known('dependabot[bot]')],
    [
      'co-authors in any letters',
      saying('CO-AUTHORED-BY:<bob@users.noreply.github.com>', '\tco-authored-by : C <cyd@users.noreply.github.com>  '),
      known('bob', 'cyd'),
    ],
    [
      'a co-author on a line that Windows ended',
      saying('Co-authored-by: B <bob@users.noreply.github.com>\r'),
      known('bob'),
    ],
    ['nobody in a sentence', saying('This was not co-authored-by: B <b@x.example>'), known()],
    ['a co-author without an address', saying('Co-authored-by: Bob'), { ...known(), unknown: ['bob'] }],
    [
      'all addresses on a line',
      saying('Co-authored-by: B <bob@users.noreply.github.com>, <b@x.example> and others'),
      { ...known('bob'), unknown: ['b@x.example'] },
    ],
  ])('%s', (_, found, wanted) => {
    expect(found).toEqual(wanted);
  });

  it('and of whom nobody can tell, each once and by name', () => {
    expect(saying('Co-authored-by: <z@x.example> <b@x.example>', 'Co-authored-by: <z@x.example>').unknown).toEqual([
      'b@x.example',
      'z@x.example',
    ]);
  });

  it('is all that other commits tell of an address', () => {
    const mine = commit({ author: who('bob', 'b@x.example') });
    const message = 'x\n\nCo-authored-by: B <B@x.example>';
    expect(of({ commits: [commit({ message }), mine] })).toEqual(known('bob'));
  });
});
