import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { maxFiles, readConfigFile, readEvidence, readPolicyFiles, readProductFiles } from '../../src/adapters/files.ts';

let root = '';
const start = process.cwd();

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'files-'));
  process.chdir(root);
});
afterEach(() => {
  process.chdir(start);
  rmSync(root, { recursive: true, force: true });
});

const write = (path: string, content: string | Uint8Array = 'a: 1\n'): void => {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, content);
};

const read = async (target: string | readonly string[]) => {
  const { files, diagnostics } = await readPolicyFiles(target);
  return {
    files: files.map(({ path }) => path),
    says: diagnostics.map(({ place, code, message, help }) => `${place.file} ${code}: ${message} [${help}]`),
  };
};

describe('policies that are read', () => {
  it('every .yaml and .yml below the folder, sorted, but no products and nothing else', async () => {
    for (const path of [
      'b.yaml',
      'a.yml',
      'team/c.YAML',
      'team/products/d.yaml',
      'products/e.yaml',
      'README.md',
      'f.yaml.bak',
    ]) {
      write(`policies/${path}`);
    }
    expect(await read('policies')).toEqual({
      files: ['policies/a.yml', 'policies/b.yaml', 'policies/team/c.YAML', 'policies/team/products/d.yaml'],
      says: [],
    });
  });

  it.each(['policies', 'policies/', './policies', 'other/../policies'])(
    'the folder written as %s gives the same paths',
    async (path) => {
      write('policies/a.yaml');
      mkdirSync('other');
      expect(await read(path)).toEqual({ files: ['policies/a.yaml'], says: [] });
    },
  );

  it('an absolute folder within the working directory is shown from there', async () => {
    write('policies/a.yaml');
    expect((await read(join(process.cwd(), 'policies'))).files).toEqual(['policies/a.yaml']);
  });

  it('files by name, each once, whatever their ending', async () => {
    write('a.txt');
    write('policies/b.yaml');
    expect(await read(['policies', 'a.txt', 'policies/b.yaml'])).toEqual({
      files: ['a.txt', 'policies/b.yaml'],
      says: [],
    });
  });

  it('the text as it is: line ends, byte order mark, other scripts', async () => {
    const text = '\ufeffa: "Büro 備份"\r\n';
    write('policies/a.yaml', text);
    expect((await readPolicyFiles('policies')).files).toEqual([{ path: 'policies/a.yaml', text }]);
  });

  it('a folder that is itself reached by a link', async () => {
    write('elsewhere/a.yaml');
    symlinkSync('elsewhere', 'policies');
    expect(await read('policies')).toEqual({ files: ['policies/a.yaml'], says: [] });
  });

  it('a file of exactly the limit', async () => {
    write('policies/a.yaml', 'x'.repeat(256 * 1024));
    expect((await read('policies')).says).toEqual([]);
  });
});

describe('what is refused', () => {
  it('no such folder', async () => {
    expect(await read('polices')).toEqual({
      files: [],
      says: [
        'polices missing-folder: there is no such file or folder [create it with a policy in it, or name another with `--policies`]',
      ],
    });
  });

  it.each([
    ['an empty folder', () => mkdirSync('policies')],
    ['a folder of products alone', () => write('policies/products/a.yaml')],
    ['a folder of other files', () => write('policies/README.md')],
  ])('%s', async (_, prepare) => {
    prepare();
    expect(await read('policies')).toEqual({
      files: [],
      says: [
        'policies no-policies: there is no policy in this folder [put a policy in it, a file that ends with `.yaml`: no policy is not the same as no complaint]',
      ],
    });
  });

  const link = 'this is a symbolic link, which is not followed [put the file itself here]';
  it.each([
    ['a link to a file', 'l.yaml', () => symlinkSync('../secret.yaml', 'policies/l.yaml')],
    ['a link to a file beside it', 'l.yaml', () => symlinkSync('a.yaml', 'policies/l.yaml')],
    ['a link to nothing', 'l.yaml', () => symlinkSync('nothing', 'policies/l.yaml')],
    ['a link to itself', 'l.yaml', () => symlinkSync('l.yaml', 'policies/l.yaml')],
    ['a link to a folder', 'sub', () => symlinkSync('../outside', 'policies/sub')],
    ['a link to the folder above', 'up', () => symlinkSync('..', 'policies/up')],
    ['an absolute link', 'l.yaml', () => symlinkSync('/etc/hostname', 'policies/l.yaml')],
  ])('%s, while the rest is read', async (_, name, prepare) => {
    write('secret.yaml');
    write('outside/x.yaml');
    write('policies/a.yaml');
    prepare();
    expect(await read('policies')).toEqual({
      files: ['policies/a.yaml'],
      says: [`policies/${name} symbolic-link: ${link}`],
    });
  });

  it('a file named on the command line that is a link', async () => {
    write('a.yaml');
    symlinkSync('a.yaml', 'l.yaml');
    expect((await read('l.yaml')).says).toEqual([`l.yaml symbolic-link: ${link}`]);
  });

  it('a pipe, without waiting for it', async () => {
    write('policies/a.yaml');
    execFileSync('mkfifo', ['policies/p.yaml']);
    const says = ['policies/p.yaml not-a-file: this is no regular file [remove the pipe, device or socket]'];
    expect(await read('policies')).toEqual({ files: ['policies/a.yaml'], says });
  });

  it('a pipe named on the command line', async () => {
    execFileSync('mkfifo', ['p.yaml']);
    expect((await read('p.yaml')).says).toEqual([
      'p.yaml not-a-file: this is no regular file and no folder [name a folder of policies]',
    ]);
  });

  it('a socket', async () => {
    mkdirSync('policies');
    const server = createServer();
    await new Promise<void>((done) => server.listen('policies/s.yaml', done));
    expect((await read('policies')).says).toEqual([
      'policies/s.yaml not-a-file: this is no regular file [remove the pipe, device or socket]',
    ]);
    await new Promise((done) => server.close(done));
  });

  it('a device', async () => {
    expect((await read('/dev/zero')).files).toEqual([]);
  });

  it.each([
    ['one byte beyond the limit', 256 * 1024 + 1],
    ['a hole of a terabyte', 2 ** 40],
  ])('a file of %s', async (_, size) => {
    write('policies/a.yaml');
    truncateSync('policies/a.yaml', size);
    expect(await read('policies')).toEqual({
      files: [],
      says: [`policies/a.yaml file-too-large: the file has ${size} bytes; the limit is 262144 [split it]`],
    });
  });

  it.each([
    ['UTF-16, little-endian', Buffer.from('\ufeffa: 1\n', 'utf16le'), 'the file is written in UTF-16'],
    ['UTF-16 without its mark', Buffer.from('a: 1\n', 'utf16le'), 'the file is written in UTF-16'],
    ['UTF-16, big-endian', Buffer.from('\ufeffa: 1\n', 'utf16le').swap16(), 'the file is written in UTF-16'],
    ['Latin-1', Buffer.from('a: B\xfcro\n', 'latin1'), 'the file holds bytes that are not UTF-8'],
    ['half a character', Buffer.from([0x61, 0xe2, 0x82]), 'the file holds bytes that are not UTF-8'],
    ['a surrogate', Buffer.from([0xed, 0xa0, 0x80]), 'the file holds bytes that are not UTF-8'],
    ['an overlong slash', Buffer.from([0xc0, 0xaf]), 'the file holds bytes that are not UTF-8'],
  ])('%s', async (_, bytes, message) => {
    write('policies/a.yaml', bytes);
    expect((await read('policies')).says).toEqual([`policies/a.yaml not-utf-8: ${message} [save it as UTF-8]`]);
  });

  it.skipIf(process.getuid?.() === 0)(
    'a file that this account may not read (not tried as root, who may)',
    async () => {
      write('policies/a.yaml');
      chmodSync('policies/a.yaml', 0);
      expect((await read('policies')).says).toEqual([
        "policies/a.yaml unreadable-file: can't be read: this account may not read it [look at its owner and permissions]",
      ]);
    },
  );

  it('more files than the limit', async () => {
    for (let index = 0; index <= maxFiles; index += 1) write(`policies/${index}.yaml`);
    expect(await read('policies')).toEqual({
      files: [],
      says: [
        `policies too-many-files: there are ${maxFiles + 1} files here; the limit is ${maxFiles} [split the folder]`,
      ],
    });
  });

  it('folders without end', async () => {
    write(`policies/${'d/'.repeat(40)}a.yaml`);
    expect((await read('policies')).says.join()).toContain('too-deep: folders lie more than 16 levels deep');
  });
});

describe('configuration and evidence', () => {
  it("the configuration is read where it is, and null where it isn't", async () => {
    expect(await readConfigFile('backup-access.yaml')).toBeNull();
    write('backup-access.yaml', 'x');
    expect(await readConfigFile('backup-access.yaml')).toEqual({ path: 'backup-access.yaml', text: 'x' });
    symlinkSync('backup-access.yaml', 'link.yaml');
    expect(await readConfigFile('link.yaml')).toMatchObject({ code: 'symbolic-link' });
    mkdirSync('folder.yaml');
    expect(await readConfigFile('folder.yaml')).toMatchObject({ code: 'not-a-file' });
  });

  it('evidence is read from the folders below, and what is wrong with it is said', async () => {
    expect(await readEvidence('evidence')).toBeNull();
    const good = {
      command: 'Get-SPOTenant',
      tenantId: '72f988bf-86f1-41af-91ab-2d7cd011db47',
      collectedAt: '2026-11-20T08:00:00Z',
      result: {},
    };
    write('evidence/contoso/b.json', JSON.stringify(good));
    write('evidence/a.json', '{');
    write('evidence/notes.txt', 'x');
    const read = await readEvidence('evidence');
    expect(read?.evidence).toEqual([{ ...good, file: 'evidence/contoso/b.json' }]);
    expect(read?.diagnostics.map(({ place, code }) => `${place.file} ${code}`)).toEqual(['evidence/a.json bad-json']);
  });
});

describe('product profiles that are read', () => {
  const readProducts = async (target: string) => {
    const { files, diagnostics } = await readProductFiles(target);
    return [
      ...files.map(({ path }) => path),
      ...diagnostics.map(({ place, code, message, help }) => `${place.file} ${code}: ${message} [${help}]`),
    ];
  };

  it.each([
    ['every one below products/, sorted', 'policies', ['policies/products/a.yml', 'policies/products/team/b.yaml']],
    ['those beside a single policy', 'policies/p.yaml', ['policies/products/a.yml', 'policies/products/team/b.yaml']],
    ['none below another folder', 'policies/team', []],
    ['none where there is no such folder', 'elsewhere', []],
  ])('%s', async (_, target, expected) => {
    for (const path of ['p.yaml', 'products/a.yml', 'products/team/b.yaml', 'products/README.md', 'team/products.yaml'])
      write(`policies/${path}`);
    expect(await readProducts(target)).toEqual(expected);
  });

  it('a file called products is none of them', async () => {
    write('policies/products');
    expect(await readProducts('policies')).toEqual([]);
  });

  it('a folder that is a link is said and not followed', async () => {
    write('elsewhere/a.yaml');
    mkdirSync('policies');
    symlinkSync('../elsewhere', 'policies/products');
    expect(await readProducts('policies')).toEqual([
      'policies/products symbolic-link: this is a symbolic link, which is not followed [put the file itself here]',
    ]);
  });
});
