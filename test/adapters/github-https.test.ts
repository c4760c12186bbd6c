import { execFile } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';
import { jobToken, serveGitHub } from '../support/github-rig.ts';
import { temporaryFolder } from '../support/rig.ts';

const run = promisify(execFile);

const script = `
  const { createGitHub } = await import(${JSON.stringify(resolve('src/adapters/github.ts'))});
  const { TOKEN: token, GITHUB_API_URL: apiUrl } = process.env;
  const github = createGitHub({ token, apiUrl, owner: 'contoso', repo: 'backup-access' });
  const { ok, error } = await github.createComment(7, 'x');
  console.log(ok ? 'written' : error.reason + ', ' + error.detail);
`;

it.each([
  ['trusted, it is written to', true, /^written\n$/, 1],
  ['not trusted, nothing is sent', false, /^unreachable, unable to verify the first certificate/, 0],
])('a server whose authority is %s', async (_, trusted, told, comments) => {
  const server = await serveGitHub({ plain: false });
  const authority = join(temporaryFolder(), 'ca.pem');
  writeFileSync(authority, server.caPem);
  const env = {
    TOKEN: jobToken,
    GITHUB_API_URL: server.apiUrl,
    ...(trusted ? { NODE_EXTRA_CA_CERTS: authority } : {}),
  };
  try {
    const { stdout, stderr } = await run(process.execPath, ['--input-type=module', '--eval', script], { env });
    expect(stderr).toBe('');
    expect(stdout).toMatch(told);
    expect(server.comments(7)).toHaveLength(comments);
  } finally {
    await server.close();
  }
});
