import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, test } from 'vitest';
import { checkoutOf, openBase } from '../../src/open-base.ts';
import { gitRepository } from '../support/git-repository.ts';
import { accessTo, jobPermissions, serveGitHub } from '../support/github-rig.ts';
import { temporaryFolder } from '../support/rig.ts';

/** A base, a head made from it, a base that went on, and the merge of both. */
const history = () => {
  const repository = gitRepository();
  const { git, commit } = repository;
  const base = commit({ 'p.yaml': 'base' });
  git('checkout', '--quiet', '-b', 'topic');
  const head = commit({ 'p.yaml': 'head' });
  git('checkout', '--quiet', 'main');
  const later = commit({ 'other.yaml': 'later' });
  git('merge', '--quiet', '--no-ff', '--message', 'merge', 'topic');
  return { ...repository, base, head, later };
};

const textOf = async (opened: Awaited<ReturnType<typeof openBase>>) => {
  if (!opened.ok) return opened.error;
  const listed = await opened.value.list(['']);
  return {
    base: opened.value.base,
    head: opened.value.head,
    files: listed.ok ? listed.value.map(({ path }) => path) : [],
  };
};

describe('the base', () => {
  it('of a merge that is checked out is the side that it was merged into, whatever the event says', async () => {
    const { folder, base, head, later } = history();
    const opened = await openBase({ baseSha: base, headSha: head }, folder, null);
    expect(await textOf(opened)).toEqual({ base: later, head, files: ['other.yaml', 'p.yaml'] });
  });

  it('of a head that is checked out is what the event says', async () => {
    const { folder, git, base, head } = history();
    git('checkout', '--quiet', head);
    const opened = await openBase({ baseSha: base, headSha: head }, folder, null);
    expect(await textOf(opened)).toEqual({ base, head, files: ['p.yaml'] });
  });

  it("of somebody else's merge is what the event says", async () => {
    const { folder, base } = history();
    const opened = await openBase({ baseSha: base, headSha: base }, folder, null);
    expect(await textOf(opened)).toMatchObject({ base, files: ['p.yaml'] });
  });

  it('comes from GitHub where the checkout lacks it, and is not known without a token', async () => {
    const { folder, git, head, later, base } = history();
    const shallow = join(temporaryFolder(), 'checkout');
    git('clone', '--quiet', '--depth', '1', `file://${folder}`, shallow);
    const server = await serveGitHub({ git: folder, permissions: jobPermissions });
    const commits = { baseSha: base, headSha: head };
    expect(await textOf(await openBase(commits, shallow, accessTo(server)))).toEqual({
      ...{ base: later, head },
      files: ['other.yaml', 'p.yaml'],
    });
    expect(await textOf(await openBase(commits, shallow, null))).toContain('is no commit of this checkout');
    await server.close();
  });
});

const repository = gitRepository();
mkdirSync(join(repository.folder, 'infra/policies'), { recursive: true });
writeFileSync(join(repository.folder, 'infra/policies/p.yaml'), '');
test.each([
  ['its root', '', '/elsewhere', repository.folder],
  ['a folder in it', 'infra/policies', '/elsewhere', repository.folder],
  ['a folder that is not there', 'gone/policies', '/elsewhere', repository.folder],
  ['no repository at all', '/proc', '/elsewhere', '/elsewhere'],
])('the checkout around %s', (_name, path, fallback, found) => {
  expect(checkoutOf(path.startsWith('/') ? path : join(repository.folder, path), fallback)).toBe(found);
});
