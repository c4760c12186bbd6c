import { describe, expect, it } from 'vitest';
import { createGitHub } from '../../src/adapters/github.ts';
import { createRepositoryFiles } from '../../src/adapters/github-files.ts';
import { lines, withPull } from '../support/changed-repository.ts';
import { checkedGitHub } from '../support/checked-github.ts';
import { gitRepository } from '../support/git-repository.ts';
import { accessTo, openPull } from '../support/github-rig.ts';

const serve = checkedGitHub();

describe('changed files', () => {
  it('are told with their hunks', async () => {
    const { folder, base, head } = withPull();
    const server = await serve({ git: folder, pulls: [openPull({ baseSha: base, headSha: head })], pageSize: 1 });
    const files = await createGitHub(accessTo(server)).listChangedFiles(7);
    expect(files).toEqual({
      ok: true,
      value: [
        { path: 'policies/größe.yaml', patch: '@@ -0,0 +1 @@\n+new' },
        {
          path: 'policies/mail.yaml',
          patch:
            '@@ -17,7 +17,7 @@ line 16\n line 17\n line 18\n line 19\n-line 20\n+line twenty\n line 21\n line 22\n line 23',
        },
      ],
    });
  });

  it('that are no text have no patch', async () => {
    const repository = gitRepository();
    const base = repository.commit({ 'a.bin': Buffer.from([0, 1]), 'old.yaml': lines(9) });
    const head = repository.commit({ 'a.bin': Buffer.from([0, 2]), 'old.yaml': null, 'new.yaml': lines(9) });
    const server = await serve({ git: repository.folder, pulls: [openPull({ baseSha: base, headSha: head })] });
    expect(await createGitHub(accessTo(server)).listChangedFiles(7)).toEqual({
      ok: true,
      value: [
        { path: 'a.bin', patch: null },
        { path: 'new.yaml', patch: null },
      ],
    });
  });
});

describe('files of a commit', () => {
  it('are listed and read as they are', async () => {
    const repository = gitRepository();
    const text = `\ufeffname: größe\r\n${'x'.repeat(200)}\n`;
    const first = repository.commit({ 'policies/a.yaml': text, 'deep/er/b.yaml': '' });
    repository.commit({ 'policies/a.yaml': 'changed\n' });
    const server = await serve({ git: repository.folder });
    const files = createRepositoryFiles(accessTo(server));
    const listed = await files.list(first);
    if (!listed.ok) throw new Error(listed.error.detail);
    expect(listed.value.map(({ path, mode }) => [path, mode])).toEqual([
      ['deep/er/b.yaml', '100644'],
      ['policies/a.yaml', '100644'],
    ]);
    expect(await files.read(listed.value[1]?.sha ?? '')).toEqual({ ok: true, value: text });
    expect(await files.read(listed.value[0]?.sha ?? '')).toEqual({ ok: true, value: '' });
  });

  it('that GitHub lists in part are a failure', async () => {
    const repository = gitRepository();
    const commit = repository.commit({ 'a.yaml': 'a', 'b.yaml': 'b' });
    const server = await serve({ git: repository.folder, treeLimit: 1 });
    const listed = await createRepositoryFiles(accessTo(server)).list(commit);
    expect(listed.ok ? null : listed.error).toEqual({
      reason: 'server-error',
      status: 200,
      request: `GET /repos/…/git/trees/${commit}`,
      needs: 'contents: read',
      detail: 'the commit holds more files than GitHub lists',
    });
  });

  it('that are no UTF-8 are a failure', async () => {
    const repository = gitRepository();
    repository.commit({ 'a.yaml': Buffer.from([0xc3, 0x28]) });
    const server = await serve({ git: repository.folder });
    const read = await createRepositoryFiles(accessTo(server)).read(repository.git('rev-parse', 'HEAD:a.yaml'));
    expect(read.ok ? null : read.error.detail).toBe('the file holds bytes that are not UTF-8');
  });

  it('of a commit that is not there are a failure', async () => {
    const repository = gitRepository();
    repository.commit({ 'a.yaml': 'a' });
    const server = await serve({ git: repository.folder });
    const listed = await createRepositoryFiles(accessTo(server)).list('2'.repeat(40));
    expect(listed.ok ? null : [listed.error.reason, listed.error.detail]).toEqual(['not-found', 'HTTP 404, Not Found']);
  });
});
