import { afterEach, expect, test } from 'vitest';
import {
  askingFor,
  lesserTokens,
  mailPolicy,
  type PullRequestRig,
  serveTenant,
  startPullRequest,
  tidyTenant,
} from '../support/pull-request-rig.ts';

let rig: PullRequestRig;
afterEach(() => rig.close());

const asksTooMuch = { [mailPolicy]: askingFor('Sites.ReadWrite.All', 'User.ReadWrite.All') };
const asksLittle = { [mailPolicy]: `${askingFor()}\n# one more remark\n` };
const check = () => rig.github.checkRuns().at(-1);
const asked = () => rig.emulator.requests().filter(({ api }) => api !== 'github');
const warnings = (stdout: string): readonly string[] =>
  stdout.split('\n').filter((line) => line.startsWith('::warning'));

test.each([
  ['a fork', { fork: 'mallory/backup-access', author: 'mallory' }, undefined],
  ['Dependabot', { author: 'dependabot[bot]', headRef: 'dependabot/npm_and_yarn/x' }, 'dependabot[bot]'],
] as const)('%s: no tenant, nothing called good, nothing written, one line says so', async (_name, over, sender) => {
  rig = await startPullRequest(over);
  rig.push(asksLittle);
  const step = await rig.run({
    tenant: null,
    token: lesserTokens.onlyReads.token,
    ...(sender === undefined ? {} : { sender }),
  });
  expect(step.code).toBe(0);
  expect(step.outputs).toMatchObject({ coverage: 'gap', 'sarif-file': '' });
  expect(asked()).toEqual([]);
  expect(step.summary).toContain('the tenant was not read');
  expect(step.stdout).toContain(
    "::notice::the comment and the check run can't be written by this run for a fork or for Dependabot, whose token only reads: all is in the job summary",
  );
  expect(warnings(step.stdout)).toEqual([]);
  expect(rig.github.comments(7)).toEqual([]);
});

test('a fork whose runs may write: the comment and a neutral check run say that the tenant was not read', async () => {
  rig = await startPullRequest({ fork: 'mallory/backup-access', author: 'mallory' });
  rig.push(asksLittle);
  const step = await rig.run({ tenant: null });
  expect(step.code).toBe(0);
  expect(check()).toMatchObject({ conclusion: 'neutral', title: 'Nothing to fix in what the policies ask for' });
  expect(rig.github.comments(7)[0]?.body).toContain('**The tenant was not read**');
});

test('a fork that asks for too much fails the step, and its check run stays neutral', async () => {
  rig = await startPullRequest({ fork: 'mallory/backup-access', author: 'mallory' });
  rig.push(asksTooMuch);
  const step = await rig.run({ tenant: null });
  expect(step.code).toBe(1);
  expect(check()).toMatchObject({ conclusion: 'neutral' });
});

test('no policy touched: no tenant asked, no comment made, and that is said', async () => {
  rig = await startPullRequest();
  rig.push({ 'README.md': 'words' });
  const step = await rig.run();
  expect(step.code).toBe(0);
  expect(rig.emulator.requests()).toEqual([]);
  expect(rig.github.comments(7)).toEqual([]);
  expect(check()).toMatchObject({
    conclusion: 'neutral',
    title: 'No backup access policy is touched',
    annotations: [],
  });
  expect(step.outputs).toMatchObject({ conclusion: 'clean', 'sarif-file': '' });
});

test('a policy touched no more: the comment of before says so', async () => {
  rig = await startPullRequest();
  rig.push(asksTooMuch);
  await rig.run();
  rig.push({ [mailPolicy]: askingFor() });
  await rig.run();
  expect(rig.github.comments(7).map(({ body }) => body.split('\n')[1])).toEqual([
    'No backup access policy is touched by this pull request, so the tenant was not asked.',
  ]);
  expect(rig.github.reviewComments(7)).toEqual([]);
});

test('a merge queue: a check run on the group, where a plan needs no further approval', async () => {
  rig = await startPullRequest();
  rig.push({ [mailPolicy]: askingFor('Sites.ReadWrite.All') });
  const step = await rig.run({ queued: true, inputs: { 'fail-on': 'never' } });
  expect(step.code).toBe(0);
  expect(check()).toMatchObject({ headSha: rig.repository.git('rev-parse', 'HEAD'), conclusion: 'success' });
  expect(rig.github.comments(7)).toEqual([]);
  expect(rig.github.exchanges()).toHaveLength(1);
});

test('two jobs at once with two tags: a comment and a check run for each', async () => {
  rig = await startPullRequest();
  rig.push(asksTooMuch);
  for (const _ of [1, 2])
    await Promise.all([rig.run(), rig.run({ inputs: { 'comment-tag': 'mail', 'report-dir': 'report-mail' } })]);
  const marks = rig.github.comments(7).map(({ body }) => body.split('\n')[0]);
  expect(marks.toSorted()).toEqual(['<!-- backup-access-guard:default -->', '<!-- backup-access-guard:mail -->']);
  expect(new Set(rig.github.checkRuns().map(({ name }) => name))).toEqual(
    new Set(['Backup access', 'Backup access (mail)']),
  );
  expect(rig.github.reviewComments(7)).toHaveLength(4);
});

test('E13: a token without pull-requests: write: said in log and summary, the check run written, the exit code as judged', async () => {
  rig = await startPullRequest();
  rig.push(asksTooMuch);
  const step = await rig.run({ token: lesserTokens.noPulls.token });
  const says =
    'the comment and the suggestions could not be written in full: the token of this job lacks `pull-requests: write`, which its `permissions` must grant';
  expect(step.code).toBe(1);
  expect(warnings(step.stdout)).toEqual([`::warning::${says}`]);
  expect(step.summary).toContain(`- **Not told:** ${says.replace('the', 'The')}.`);
  expect(check()).toMatchObject({ conclusion: 'failure' });
});

test.each([
  ['fails', asksTooMuch, 1],
  ['is clean', asksLittle, 0],
])(
  'GitHub down while a run %s: said, and the exit code as judged',
  async (_name, files, code) => {
    rig = await startPullRequest();
    rig.push(files);
    const step = await rig.run({ apiUrl: 'http://127.0.0.1:9' });
    expect(step.code).toBe(code);
    expect(warnings(step.stdout).filter((line) => line.includes('no answer came from GitHub'))).not.toEqual([]);
    expect(step.stdout.split('\n').some((line) => /^::(error|notice) .*file=/.test(line))).toBe(code === 1);
  },
  60_000,
);

test('B20: GitHub Enterprise Server, whose API lies below a path of its own', async () => {
  rig = await startPullRequest({}, { basePath: '/api/v3' });
  rig.push(asksTooMuch);
  const step = await rig.run();
  expect(rig.github.apiUrl).toMatch(/\/api\/v3$/);
  expect(step.stdout).toContain('on GitHub: comment created, check run with 5 remarks on lines, 2 suggestions posted');
  expect(step.stdout + step.summary + rig.github.comments(7)[0]?.body).not.toMatch(
    /api\.github\.com|github\.com\/contoso/,
  );
});

test('E08: a tenant that was not wholly read: failure, nothing for code scanning, and no suggestion taken back', async () => {
  rig = await startPullRequest();
  rig.push(asksTooMuch);
  await rig.run();
  const refused = { status: 403, body: { error: { code: 'Authorization_RequestDenied', message: 'no' } } };
  const hidden = await serveTenant(tidyTenant, [
    { match: { path: '/appRoleAssignments', inner: true, times: 'always' }, answer: refused },
  ]);
  rig.push(asksLittle);
  const step = await rig.run({ tenant: hidden });
  await hidden.close();
  expect(step.code).toBe(3);
  expect(step.outputs).toMatchObject({ conclusion: 'incomplete', coverage: 'gap', 'sarif-file': '' });
  expect(check()).toMatchObject({ conclusion: 'failure' });
  expect(rig.github.reviewComments(7)).toHaveLength(2);
});

test('nothing to be told: no request to GitHub', async () => {
  rig = await startPullRequest();
  rig.push(asksTooMuch);
  const inputs = { comment: 'false', 'check-run': 'false', suggestions: 'false' };
  const step = await rig.run({ inputs });
  expect(step.code).toBe(1);
  expect(rig.github.exchanges()).toEqual([]);
});

test('E04, E06: 5,000 findings: the comment fits and says what it leaves out, remarks take at most twenty requests', async () => {
  rig = await startPullRequest();
  const many = Array.from({ length: 10 }, (_, one) => {
    const id = (part: string): string => `${String(one).padStart(8, '0')}-0000-4000-8000-${part.padStart(12, '0')}`;
    const roles = Array.from(
      { length: 250 },
      (_, group) =>
        `      - { role: Owner, scope: /subscriptions/81e80593-10b1-4095-bffd-17d6bb8d9b5a/resourceGroups/rg-${one}-${group} }`,
    );
    return [
      `policies/many-${one}.yaml`,
      `apiVersion: backup-access/v1\nkind: BackupAccessPolicy\nmetadata: { name: many-${one}, owner: backup@contoso.example }\nspec:\n  identities: [{ appId: "${id('1')}" }]\n  protects: [{ workload: azure-vm-disk, operations: [backup], scopes: [/subscriptions/81e80593-10b1-4095-bffd-17d6bb8d9b5a/resourceGroups/rg-orders-prod] }]\n  access:\n    applicationPermissions: {}\n    azureRoles:\n${roles.join('\n')}\n`,
    ];
  });
  rig.push(Object.fromEntries(many));
  const step = await rig.run({ tenant: null });
  expect(step.code).toBe(1);
  expect(Number(step.outputs['findings'])).toBeGreaterThanOrEqual(5000);
  const [comment] = rig.github.comments(7);
  expect(comment?.body.length).toBeLessThanOrEqual(65_536);
  expect(comment?.body).toMatch(/… and [\d,]+ more/);
  expect(check()?.annotations).toHaveLength(1000);
  expect(check()?.summary).toMatch(/… and \d+ more remarks on lines/);
  expect(rig.github.exchanges().filter(({ path }) => path.includes('/check-runs'))).toHaveLength(20);
}, 120_000);
