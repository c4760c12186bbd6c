import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseGitHubEvent } from '../../src/github-event.ts';
import { UsageError } from '../../src/options.ts';
import {
  dispatchPayload,
  examplesOf,
  mergeGroupPayload,
  type Payload,
  pullRequestPayload,
  pushPayload,
} from '../support/github-events.ts';
import { openPull } from '../support/github-rig.ts';

const sha = (digit: string): string => digit.repeat(40);

/** A copy of a payload with one field set by its path; `undefined` takes it out. */
const withField = (payload: Payload, path: string, value: unknown): Payload => {
  const copy = structuredClone(payload) as Record<string, unknown>;
  const keys = path.split('.');
  const last = keys.pop() ?? '';
  const holder = keys.reduce((at, key) => at[key] as Record<string, unknown>, copy);
  if (value === undefined) delete holder[last];
  else holder[last] = value;
  return copy;
};

describe('every example of GitHub', () => {
  it.each(examplesOf('pull_request').map((payload, at) => [at, String(payload['action']), payload] as const))(
    'of a pull request is read: %i %s',
    (_, action, payload) => {
      const inner = payload['pull_request'] as { number: number; head: { sha: string }; base: { sha: string } };
      const side = { repository: 'Codertocat/Hello-World' };
      expect(parseGitHubEvent('pull_request', payload)).toEqual({
        kind: 'pull-request',
        action,
        number: inner.number,
        head: { ...side, ref: 'changes', sha: inner.head.sha },
        base: { ...side, ref: 'master', sha: inner.base.sha },
        fork: false,
        author: 'Codertocat',
        dependabot: false,
      });
    },
  );

  it.each(examplesOf('push').map((payload, at) => [at, payload] as const))('of a push is read: %i', (_, payload) => {
    const commit = (field: string) => (payload[field] === sha('0') ? null : payload[field]);
    const { ref } = payload;
    expect(parseGitHubEvent('push', payload)).toEqual({
      kind: 'push',
      before: commit('before'),
      after: commit('after'),
      ref,
    });
  });

  it.each(examplesOf('merge_group').map((payload, at) => [at, payload] as const))(
    'of a merge group is read: %i',
    (_, payload) => {
      const { head_sha, base_sha, base_ref } = payload['merge_group'] as Record<string, string>;
      expect(parseGitHubEvent('merge_group', payload)).toEqual({
        kind: 'merge-group',
        headSha: head_sha,
        baseSha: base_sha,
        baseRef: base_ref,
      });
    },
  );

  it('is there: none of these tables is empty', () => {
    expect(['pull_request', 'push', 'merge_group'].map((name) => examplesOf(name).length)).toEqual([29, 7, 2]);
  });
});

describe('where a pull request comes from', () => {
  it.each([
    ['the repository itself', {}, {}, { fork: false, author: 'ada', dependabot: false }],
    [
      'a fork',
      { fork: 'mallory/backup-access', author: 'mallory' },
      {},
      { fork: true, author: 'mallory', dependabot: false },
    ],
    ['Dependabot', { author: 'dependabot[bot]' }, {}, { fork: false, author: 'dependabot[bot]', dependabot: true }],
    [
      'Dependabot, and a person pushed to it',
      { author: 'dependabot[bot]' },
      { sender: 'ada' },
      { fork: false, dependabot: false },
    ],
    ['a person, and Dependabot pushed to it', {}, { sender: 'dependabot[bot]' }, { fork: false, dependabot: true }],
    ['a user whose name tries to be Dependabot', { author: 'dependabot' }, {}, { dependabot: false }],
  ] as const)('%s', (_, pull, more, expected) => {
    expect(parseGitHubEvent('pull_request', pullRequestPayload(openPull(pull), more))).toMatchObject(expected);
  });

  it.each([
    ['a fork that is deleted', 'pull_request.head.repo', null, { fork: true, head: { repository: null } }],
    ['a name in other letters', 'pull_request.head.repo.full_name', 'Contoso/Backup-Access', { fork: false }],
    ['an account that is deleted', 'pull_request.user', null, { author: 'ghost' }],
    ['no sender', 'sender', undefined, { dependabot: false }],
    ['a commit of SHA-256', 'pull_request.head.sha', 'a'.repeat(64), { head: { sha: 'a'.repeat(64) } }],
  ] as const)('%s', (_, path, value, expected) => {
    expect(parseGitHubEvent('pull_request', withField(pullRequestPayload(openPull()), path, value))).toMatchObject(
      expected,
    );
  });

  it('a push to it is told as such', () => {
    const payload = pullRequestPayload(openPull({ headSha: sha('2') }), { action: 'synchronize' });
    expect(parseGitHubEvent('pull_request', payload)).toMatchObject({ action: 'synchronize', head: { sha: sha('2') } });
  });
});

describe('other events', () => {
  it.each([
    [
      'push',
      pushPayload(sha('1'), sha('2')),
      { kind: 'push', before: sha('1'), after: sha('2'), ref: 'refs/heads/main' },
    ],
    [
      'merge_group',
      mergeGroupPayload(sha('1'), sha('2')),
      { kind: 'merge-group', baseSha: sha('1'), headSha: sha('2'), baseRef: 'refs/heads/main' },
    ],
    ['workflow_dispatch', dispatchPayload({ reason: 'x' }), { kind: 'other', name: 'workflow_dispatch' }],
    ['schedule', { schedule: '0 5 * * *' }, { kind: 'other', name: 'schedule' }],
    ['schedule', null, { kind: 'other', name: 'schedule' }],
    ['', undefined, { kind: 'other', name: '' }],
  ] as const)('%s', (name, payload, expected) => {
    expect(parseGitHubEvent(name, payload)).toEqual(expected);
  });
});

describe('what a payload must not lack', () => {
  const pull = pullRequestPayload(openPull());
  it.each<readonly [string, Payload, string, unknown, string]>([
    ['pull_request', pull, 'pull_request', undefined, 'commit at `pull_request.head.sha`'],
    ['pull_request', pull, 'action', 7, 'word at `action`'],
    ['pull_request', pull, 'pull_request.number', '7', 'number at `pull_request.number`'],
    ['pull_request', pull, 'pull_request.number', 1.5, 'number at `pull_request.number`'],
    ['pull_request', pull, 'pull_request.head.sha', 'main', 'commit at `pull_request.head.sha`'],
    ['pull_request', pull, 'pull_request.head.sha', `${sha('1')}\n`, 'commit at `pull_request.head.sha`'],
    ['pull_request', pull, 'pull_request.base.sha', '../../x', 'commit at `pull_request.base.sha`'],
    ['pull_request', pull, 'pull_request.head.ref', 'a b', 'branch at `pull_request.head.ref`'],
    ['pull_request', pull, 'pull_request.head.ref', 'x'.repeat(1_025), 'branch at `pull_request.head.ref`'],
    [
      'pull_request',
      pull,
      'pull_request.head.repo.full_name',
      'contoso',
      'repository at `pull_request.head.repo.full_name`',
    ],
    ['pull_request', pull, 'pull_request.base.repo', null, 'repository at `pull_request.base.repo.full_name`'],
    ['pull_request', pull, 'pull_request.user.login', '<img>', 'login at `pull_request.user.login`'],
    ['push', pushPayload(sha('1'), sha('2')), 'after', undefined, 'commit at `after`'],
    ['push', pushPayload(sha('1'), sha('2')), 'ref', '', 'branch at `ref`'],
    [
      'merge_group',
      mergeGroupPayload(sha('1'), sha('2')),
      'merge_group.base_sha',
      null,
      'commit at `merge_group.base_sha`',
    ],
  ])('%s %# %s', (name, payload, path, value, words) => {
    const parse = () => parseGitHubEvent(name, withField(payload, path, value));
    expect(parse).toThrow(UsageError);
    expect(parse).toThrow(`the payload of \`${name}\` has no ${words}`);
  });

  it('whatever it is, it is read or refused in words', () => {
    const keys = [
      'pull_request',
      'head',
      'base',
      'sha',
      'ref',
      'repo',
      'number',
      'user',
      'login',
      '__proto__',
      'merge_group',
    ];
    const { tree } = fc.letrec<{ tree: unknown }>((tie) => ({
      tree: fc.oneof(
        fc.jsonValue(),
        fc.constantFrom(sha('1'), null),
        fc.dictionary(fc.constantFrom(...keys), tie('tree')),
      ),
    }));
    fc.assert(
      fc.property(fc.constantFrom('pull_request', 'push', 'merge_group', 'schedule'), tree, (name, payload) => {
        try {
          parseGitHubEvent(name, payload);
        } catch (error) {
          expect(error).toBeInstanceOf(UsageError);
        }
      }),
    );
  });

  it('any field may be anything', () => {
    const paths = [
      'action',
      'pull_request',
      'pull_request.head',
      'pull_request.head.repo',
      'pull_request.user',
      'sender',
      'pull_request.head.ref',
    ];
    fc.assert(
      fc.property(fc.constantFrom(...paths), fc.jsonValue(), (path, value) => {
        try {
          const event = parseGitHubEvent('pull_request', withField(pull, path, value));
          expect(event.kind).toBe('pull-request');
        } catch (error) {
          expect(error).toBeInstanceOf(UsageError);
        }
      }),
    );
  });
});
