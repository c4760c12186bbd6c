import { globSync, readFileSync } from 'node:fs';
import { describe, expect, it, test } from 'vitest';

interface Lock {
  readonly packages: Readonly<Record<string, { readonly dev?: boolean; readonly hasInstallScript?: boolean }>>;
}

const json = <T>(file: string): T => JSON.parse(readFileSync(file, 'utf8')) as T;
const { dependencies } = json<{ readonly dependencies: Readonly<Record<string, string>> }>('package.json');
/** Code without its comments, which may cite and explain. */
const bare = (text: string): string => text.replace(/\/\*[\s\S]*?\*\//g, '').replace(/(^|[^:'"`])\/\/.*$/gm, '$1');
const sources = globSync('src/**/*.ts')
  .filter((file) => !file.includes('/generated/'))
  .map((file) => ({ file, code: bare(readFileSync(file, 'utf8')) }));
const where = (pattern: RegExp): readonly string[] =>
  sources.filter(({ code }) => pattern.test(code)).map(({ file }) => file);

/** Each with a line that it finds and one that it leaves alone. */
const patterns = {
  cache: {
    finds: /@actions\/(tool-)?cache|RUNNER_TOOL_CACHE|ACTIONS_CACHE_URL|restoreCache|saveCache/,
    like: "import { restoreCache } from '@actions/cache';",
    unlike: 'const cache = new Map();',
  },
  environment: {
    finds: /exportVariable|addPath|saveState|GITHUB_ENV\b|GITHUB_PATH\b|GITHUB_STATE\b/,
    like: "core.exportVariable('A', 'b');",
    unlike: "core.setOutput('drift', 3);",
  },
  actor: {
    finds: /GITHUB_ACTOR|GITHUB_TRIGGERING_ACTOR|dependabot\[bot\]|context\.actor|payload\.sender/i,
    like: "if (process.env['GITHUB_ACTOR'] === 'someone') return true;",
    unlike: 'const { actor } = fact;',
  },
  host: {
    finds: /(api\.github\.com|https?:\/\/(www\.)?github\.com|githubusercontent\.com|\.ghe\.com)/,
    like: "fetch('https://api.github.com/repos');",
    unlike: 'fetch(`$' + '{apiUrl}/repos`);',
  },
} as const;

describe('the patterns find what they are for', () => {
  it.each(Object.entries(patterns))('%s', (_, { finds, like, unlike }) => {
    expect(bare(like)).toMatch(finds);
    expect(bare(unlike)).not.toMatch(finds);
    expect(sources.length).toBeGreaterThan(200);
  });
});

test('B05: nothing is written into the environment, the path or the state of later steps', () => {
  expect(where(patterns.environment.finds)).toEqual([]);
});

test('B08: nothing is taken from a cache that other branches can fill, and nothing is put there', () => {
  expect(where(patterns.cache.finds)).toEqual([]);
  expect(Object.keys(dependencies).filter((name) => /cache/.test(name))).toEqual([]);
});

test('B11: nothing lands whose dist/ is not what its sources build', () => {
  const steps = readFileSync('.ci/run', 'utf8').split('\n');
  const at = (start: string) => steps.findIndex((line) => line.startsWith(start));
  expect(at('set -euo pipefail')).toBeGreaterThan(0);
  expect(at('npm run --silent build')).toBeGreaterThan(at('set -euo pipefail'));
  expect(steps[at('git diff --exit-code')]).toMatch(/ -- dist /);
  expect(at('git diff --exit-code')).toBeGreaterThan(at('npm run --silent build'));
});

test('B12: few packages at run time, each with its reason, none with an install script', () => {
  const reasons = readFileSync('docs/decisions.md', 'utf8').split('## Dependencies')[1] ?? '';
  expect(Object.keys(dependencies).length).toBeLessThanOrEqual(12);
  for (const name of Object.keys(dependencies)) expect(reasons).toMatch(new RegExp(`^\\|.*\`${name}\`.*\\|.*\\|`, 'm'));
  const { packages } = json<Lock>('package-lock.json');
  const scripted = Object.entries(packages).filter(([, { hasInstallScript }]) => hasInstallScript === true);
  expect(scripted.filter(([, { dev }]) => dev !== true)).toEqual([]);
});

test('B12: every version is exact, so that the lock file is the only word on what runs', () => {
  expect(Object.values(dependencies).filter((version) => !/^\d+\.\d+\.\d+$/.test(version))).toEqual([]);
});

test('B14: nothing is trusted for the name of who started the run', () => {
  // One file knows Dependabot by its name, so that a refusal by design is a notice and no warning. Nothing else rests on it.
  expect(where(patterns.actor.finds)).toEqual(['src/github-event.ts']);
  const [event] = sources.filter(({ file }) => file === 'src/github-event.ts');
  expect(event?.code.match(/dependabot\[bot\]/g)).toHaveLength(1);
  expect(where(/\bdependabot\b/).toSorted()).toEqual(['src/github-event.ts', 'src/github-run.ts']);
  const [action] = sources.filter(({ file }) => file === 'src/action.ts');
  expect(action?.code.match(/.*onlyReads.*/g)?.map((line) => line.trim())).toEqual([
    'const told = published === null ? null : tellPublished(published, change?.onlyReads === true);',
  ]);
});

test('B19: files are written only where a person or the workflow said, or for the embedded tenant', () => {
  const writes = where(/\b(writeFile|writeFileSync|appendFile|createWriteStream|mkdtemp)\(/);
  expect(
    writes.filter(
      (file) => !/^src\/(commands|emulator)\/|^src\/(render-outputs|action|write-apply-files)\.ts$/.test(file),
    ),
  ).toEqual(['src/adapters/journal-file.ts', 'src/adapters/snapshot-file.ts']);
});

test('B20: no host of GitHub is written down but as our home, as the format of a token and in the embedded one', () => {
  expect(where(patterns.host.finds).filter((file) => !file.startsWith('src/emulator/'))).toEqual([
    'src/version.ts',
    'src/report/render-proposal.ts',
    'src/knowledge/federated-trust.ts',
  ]);
});
