import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readChange, readRepository } from '../../src/github-run.ts';
import { mergeGroupPayload, pullRequestPayload, pushPayload } from '../support/github-events.ts';
import { openPull } from '../support/github-rig.ts';
import { temporaryFolder } from '../support/rig.ts';

const [base, head] = ['0'.repeat(39), '1'.repeat(39)].map((start) => `${start}a`) as [string, string];
const pull = openPull({ headSha: head, baseSha: base });
const change = { pull: 7, headSha: head, baseSha: base, onlyReads: false };

test.each([
  ['a pull request', 'pull_request', pullRequestPayload(pull), change],
  [
    "a fork's",
    'pull_request',
    pullRequestPayload({ ...pull, fork: 'mallory/backup-access' }),
    { ...change, onlyReads: true },
  ],
  [
    "Dependabot's",
    'pull_request',
    pullRequestPayload(pull, { sender: 'dependabot[bot]' }),
    { ...change, onlyReads: true },
  ],
  ['a group in a merge queue', 'merge_group', mergeGroupPayload(base, head), { ...change, pull: null }],
  ['a push', 'push', pushPayload(base, head), null],
  ['a schedule, which has no payload to speak of', 'schedule', {}, null],
  ['a pull request by another event', 'pull_request_review', pullRequestPayload(pull), null],
])('%s', async (_name, event, payload, expected) => {
  const file = join(temporaryFolder(), 'event.json');
  writeFileSync(file, JSON.stringify(payload));
  expect(await readChange({ GITHUB_EVENT_NAME: event, GITHUB_EVENT_PATH: file })).toEqual(expected);
});

const runner = {
  GITHUB_REPOSITORY: 'contoso/backup-access',
  GITHUB_API_URL: 'https://api.github.com',
  GITHUB_SERVER_URL: 'https://github.com',
  GITHUB_RUN_ID: '4711',
};
const reached = (apiUrl: string, server: string) => ({
  access: { token: 't', owner: 'contoso', repo: 'backup-access', apiUrl },
  repositoryUrl: `${server}/contoso/backup-access`,
  runUrl: `${server}/contoso/backup-access/actions/runs/4711`,
});

test.each([
  ['github.com', {}, 't', reached('https://api.github.com', 'https://github.com')],
  [
    'GitHub Enterprise Server',
    { GITHUB_API_URL: 'https://git.contoso.example/api/v3', GITHUB_SERVER_URL: 'https://git.contoso.example' },
    't',
    reached('https://git.contoso.example/api/v3', 'https://git.contoso.example'),
  ],
  [
    'data residency',
    { GITHUB_API_URL: 'https://api.contoso.ghe.com', GITHUB_SERVER_URL: 'https://contoso.ghe.com' },
    't',
    reached('https://api.contoso.ghe.com', 'https://contoso.ghe.com'),
  ],
  ['no token', {}, '', null],
  ['no address', { GITHUB_API_URL: '' }, 't', null],
  ['no repository', { GITHUB_REPOSITORY: 'contoso' }, 't', null],
])('the repository on %s', (_name, over, token, expected) => {
  expect(readRepository({ ...runner, ...over }, token)).toEqual(expected);
});
