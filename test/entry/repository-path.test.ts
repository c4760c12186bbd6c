import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { expect, test } from 'vitest';
import { repositoryPath } from '../../src/repository-path.ts';
import { temporaryFolder } from '../support/rig.ts';

const root = temporaryFolder();
mkdirSync(join(root, 'infra', 'policies'), { recursive: true });
writeFileSync(join(root, 'infra', 'policies', 'p.yaml'), '');
const link = join(temporaryFolder(), 'checkout');
symlinkSync(root, link);

test.each([
  ['a file', join(root, 'infra/policies/p.yaml'), 'infra/policies/p.yaml'],
  ['a file by way of a link to the checkout', join(link, 'infra/policies/p.yaml'), 'infra/policies/p.yaml'],
  ['a file relative to here', relative(process.cwd(), join(root, 'infra/policies/p.yaml')), 'infra/policies/p.yaml'],
  ['a file that is gone', join(root, 'infra/gone.yaml'), 'infra/gone.yaml'],
  ['a name that starts with dots', join(root, '..p.yaml'), '..p.yaml'],
  ['the checkout itself', root, null],
  ['what lies beside it', join(root, '..', 'p.yaml'), null],
  ['what lies elsewhere', '/etc/hostname', null],
])('%s: %s', (_name, file, path) => {
  expect(repositoryPath(root)(file)).toBe(path);
});
