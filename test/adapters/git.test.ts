import { chmodSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { openGit, parentsOfMerge } from '../../src/adapters/git.ts';
import { blobId } from '../../src/adapters/git-blob.ts';
import type { BaseFiles } from '../../src/core/base-files.ts';
import { maxFileBytes } from '../../src/core/text-faults.ts';
import { type GitRepository, gitRepository } from '../support/git-repository.ts';
import { temporaryFolder } from '../support/rig.ts';

/** A repository with these files, committed. */
const makeRepository = (files: Readonly<Record<string, string>>, format: 'sha1' | 'sha256' = 'sha1'): GitRepository => {
  const repository = gitRepository(format);
  repository.commit(files);
  return repository;
};
const open = async (repository: GitRepository, ref = 'HEAD', below = ''): Promise<BaseFiles> => {
  const opened = await openGit(ref, join(repository.folder, below));
  if (!opened.ok) throw new Error(opened.error);
  return opened.value;
};
const pathsOf = async (base: BaseFiles, ...under: readonly string[]): Promise<readonly string[]> => {
  const listed = await base.list(under);
  if (!listed.ok) throw new Error(listed.error);
  return listed.value.map(({ path }) => path);
};
const textOf = async (base: BaseFiles, path: string) => {
  const listed = await base.list([path]);
  const sha = listed.ok ? listed.value.find((file) => file.path === path)?.sha : undefined;
  return base.read(sha ?? '');
};

afterEach(() => {
  for (const name of ['GIT_DIR', 'GIT_INDEX_FILE', 'GIT_CONFIG_PARAMETERS']) delete process.env[name];
});

describe('files of a commit', () => {
  const files = {
    'policies/a.yaml': 'a: 1\n',
    'policies/products/p.yaml': 'p: 1\n',
    'README.md': 'read\n',
    'policies-old/b.yaml': 'b\n',
  };

  it('are those at and below the paths, and no others', async () => {
    const base = await open(makeRepository(files));
    expect(await pathsOf(base, 'policies')).toEqual(['policies/a.yaml', 'policies/products/p.yaml']);
    expect(await pathsOf(base, 'policies/a.yaml', 'README.md')).toEqual(['README.md', 'policies/a.yaml']);
    expect(await pathsOf(base, 'nothing')).toEqual([]);
    expect((await pathsOf(base, '')).length).toBe(4);
  });

  it('are those of then, whatever lies on the disk now', async () => {
    const repository = makeRepository(files);
    const first = repository.git('rev-parse', 'HEAD');
    repository.write({ 'policies/a.yaml': 'a: 2\n', 'policies/new.yaml': 'n\n' });
    const second = repository.commit();
    repository.write({ 'policies/a.yaml': 'a: 3\n' });
    const base = await open(repository, first);
    expect([base.base, base.head, base.root]).toEqual([first, second, repository.folder]);
    expect(await pathsOf(base, 'policies')).toEqual(['policies/a.yaml', 'policies/products/p.yaml']);
    expect(await textOf(base, 'policies/a.yaml')).toEqual({ ok: true, value: 'a: 1\n' });
  });

  it('have paths of the repository, wherever one looks from', async () => {
    const base = await open(makeRepository(files), 'main', 'policies/products');
    expect(await pathsOf(base, 'policies/a.yaml')).toEqual(['policies/a.yaml']);
  });

  it('have the ids that Git gives them', async () => {
    const base = await open(makeRepository({ 'ä.yaml': 'grün\r\n🙂\n' }));
    const listed = await base.list(['']);
    expect(listed.ok && listed.value[0]?.sha).toBe(blobId('grün\r\n🙂\n'));
  });

  it('are read from a repository of long ids too', async () => {
    const base = await open(makeRepository(files, 'sha256'));
    expect(base.base).toMatch(/^[0-9a-f]{64}$/);
    expect(await textOf(base, 'policies/a.yaml')).toEqual({ ok: true, value: 'a: 1\n' });
  });
});

describe('hostile repositories', () => {
  const names = [
    '-rf.yaml',
    '--help',
    ':(top)x.yaml',
    '*.yaml',
    'a b.yaml',
    'tab\there.yaml',
    'line\nbreak.yaml',
    '"quoted".yaml',
    '\\back.yaml',
    '‮txt.yaml',
    '$(id).yaml',
    '; id.yaml',
  ];
  it.each(names)('a file called %j is a file', async (name) => {
    const base = await open(makeRepository({ [`policies/${name}`]: 'here\n', 'policies/other.yaml': 'other\n' }));
    expect((await pathsOf(base, 'policies')).toSorted()).toEqual(
      [`policies/${name}`, 'policies/other.yaml'].toSorted(),
    );
    expect(await pathsOf(base, `policies/${name}`)).toEqual([`policies/${name}`]);
    expect(await textOf(base, `policies/${name}`)).toEqual({ ok: true, value: 'here\n' });
  });

  it('symbolic links and submodules are told as such, and not followed', async () => {
    const inner = makeRepository({ 'secret.yaml': 'secret\n' });
    const repository = makeRepository({ 'policies/a.yaml': 'a\n' });
    symlinkSync('/etc/passwd', join(repository.folder, 'policies/link.yaml'));
    repository.git('submodule', '--quiet', 'add', inner.folder, 'policies/sub');
    repository.commit();
    const listed = await (await open(repository)).list(['policies']);
    expect(listed.ok && listed.value.map(({ path, mode }) => `${mode} ${path}`)).toEqual([
      '100644 policies/a.yaml',
      '120000 policies/link.yaml',
      '160000 policies/sub',
    ]);
    expect(await textOf(await open(repository), 'policies/link.yaml')).toEqual({ ok: true, value: '/etc/passwd' });
  });

  it('nothing that its settings name is run', async () => {
    const repository = makeRepository({ 'policies/a.yaml': 'a\n', '.gitattributes': '*.yaml filter=evil diff=evil\n' });
    const trace = join(temporaryFolder(), 'ran');
    const script = join(temporaryFolder(), 'evil.sh');
    writeFileSync(script, `#!/bin/sh\ntouch ${trace}\ncat\n`);
    chmodSync(script, 0o755);
    for (const name of [
      'core.fsmonitor',
      'core.pager',
      'filter.evil.smudge',
      'diff.evil.textconv',
      'core.sshCommand',
      'alias.ls-tree',
    ])
      repository.git('config', name, script);
    const base = await open(repository);
    expect(await textOf(base, 'policies/a.yaml')).toEqual({ ok: true, value: 'a\n' });
    expect(() => chmodSync(trace, 0o600)).toThrow('ENOENT');
  });

  it('a replaced object is not taken for the one that was asked for', async () => {
    const repository = makeRepository({ 'policies/a.yaml': 'true\n' });
    const [real = '', fake = ''] = ['true\n', 'false\n'].map(blobId);
    writeFileSync(join(repository.folder, 'fake'), 'false\n');
    repository.git('hash-object', '-w', 'fake');
    repository.git('replace', real, fake);
    expect(await textOf(await open(repository), 'policies/a.yaml')).toEqual({ ok: true, value: 'true\n' });
  });

  it('variables of the environment lead nowhere else', async () => {
    const [repository, other] = [makeRepository({ 'a.yaml': 'a\n' }), makeRepository({ 'b.yaml': 'b\n' })];
    process.env['GIT_DIR'] = join(other.folder, '.git');
    process.env['GIT_CONFIG_PARAMETERS'] = "'core.bare=true'";
    expect(await pathsOf(await open(repository), '')).toEqual(['a.yaml']);
  });
});

describe('what is not there is told', () => {
  const absent = 'is no commit of this checkout: fetch it, in a workflow by `fetch-depth: 0`';
  const refs = [
    '0123456789abcdef0123456789abcdef01234567',
    'mian',
    '--all',
    '-h',
    '--output=x',
    'HEAD:a.yaml',
    'HEAD..main',
    '^HEAD',
    '',
    '\0',
  ];
  it.each(refs)('the commit %j', async (ref) => {
    expect(await openGit(ref, makeRepository({ 'a.yaml': 'a\n' }).folder)).toEqual({
      ok: false,
      error: `\`${ref}\` ${absent}`,
    });
  });

  it('a commit beyond a shallow checkout', async () => {
    const far = makeRepository({ 'a.yaml': 'a\n' });
    const first = far.git('rev-parse', 'HEAD');
    far.write({ 'a.yaml': 'b\n' });
    far.commit();
    const here = temporaryFolder();
    far.git('clone', '--quiet', '--depth=1', `file://${far.folder}`, join(here, 'clone'));
    expect(await openGit(first, join(here, 'clone'))).toEqual({ ok: false, error: `\`${first}\` ${absent}` });
  });

  it('a file whose text a partial checkout lacks, without fetching it', async () => {
    const far = makeRepository({ 'a.yaml': 'a\n' });
    far.git('config', 'uploadpack.allowFilter', 'true');
    const clone = join(temporaryFolder(), 'clone');
    far.git('clone', '--quiet', '--no-checkout', '--filter=blob:none', `file://${far.folder}`, clone);
    const base = await openGit('HEAD', clone);
    if (!base.ok) throw new Error(base.error);
    const sha = blobId('a\n');
    expect(await base.value.read(sha)).toEqual({
      ok: false,
      error: `a file of the base, \`${sha.slice(0, 12)}\`, is not in this checkout`,
    });
  });

  it('a repository', async () => {
    const folder = temporaryFolder();
    expect(await openGit('HEAD', folder)).toEqual({ ok: false, error: `\`${folder}\` lies in no Git repository` });
  });

  it('`git` itself', async () => {
    const path = process.env['PATH'];
    process.env['PATH'] = temporaryFolder();
    const opened = await openGit('HEAD', temporaryFolder()).finally(() => {
      process.env['PATH'] = path;
    });
    expect(opened).toEqual({ ok: false, error: 'there is no `git` on this machine' });
  });

  it('a text that is none, or too long', async () => {
    const repository = makeRepository({
      'long.yaml': 'x'.repeat(maxFileBytes + 1),
      'whole.yaml': 'x'.repeat(maxFileBytes),
    });
    writeFileSync(join(repository.folder, 'bytes.yaml'), Buffer.from([0xff, 0x41, 0x42]));
    repository.commit();
    const base = await open(repository);
    expect(await textOf(base, 'bytes.yaml')).toEqual({
      ok: false,
      error: 'a file of the base is no text: the file holds bytes that are not UTF-8',
    });
    expect(await textOf(base, 'long.yaml')).toEqual({
      ok: false,
      error: `a file of the base has more than ${maxFileBytes} bytes`,
    });
    expect((await textOf(base, 'whole.yaml')).ok).toBe(true);
    expect(await base.read('--help')).toEqual({ ok: false, error: '`--help` is no id of Git' });
  });
});

describe('the parents of a merge', () => {
  it('are told by the merge itself, also where they are not there', async () => {
    const repository = makeRepository({ 'a.yaml': 'a\n' });
    const base = repository.git('rev-parse', 'HEAD');
    repository.git('checkout', '--quiet', '-b', 'topic');
    repository.write({ 'b.yaml': 'b\n' });
    const head = repository.commit();
    repository.git('checkout', '--quiet', 'main');
    repository.git(
      'merge',
      '--quiet',
      '--no-ff',
      '--message',
      'parent 0123456789012345678901234567890123456789',
      'topic',
    );
    const clone = join(temporaryFolder(), 'clone');
    repository.git('clone', '--quiet', '--depth=1', `file://${repository.folder}`, clone);
    expect(await parentsOfMerge(clone)).toEqual([base, head]);
  });

  it('are none of a plain commit, and of no repository', async () => {
    mkdirSync(join(temporaryFolder(), 'x'));
    expect(await parentsOfMerge(makeRepository({ 'a.yaml': 'a\n' }).folder)).toEqual([]);
    expect(await parentsOfMerge(temporaryFolder())).toEqual([]);
  });
});
