import { realpath, stat } from 'node:fs/promises';
import { basename, dirname, join, relative, resolve, sep } from 'node:path';
import { maxFiles, shownPath, type TextFile } from './adapters/files.ts';
import { blobId } from './adapters/git-blob.ts';
import { type BaseFiles, isAtOrBelow } from './core/base-files.ts';
import { chunk } from './core/chunk.ts';
import type { RepositoryFile } from './core/github.ts';
import { err, ok, type Result } from './core/result.ts';
import { defaultConfigFile, defaultEvidence, type LoadedFiles, type ParsedFiles, parseFiles } from './load-files.ts';
import type { CheckOptions } from './options.ts';

/** What governed before: the base's policies, and which files differ from the head's. */
export interface LoadedBase extends Pick<BaseFiles, 'base' | 'head'> {
  /** Files of the repository that govern the run and differ. */
  readonly files: readonly string[];
  /** `null` where no file differs. */
  readonly parsed: ParsedFiles | null;
}

type Options = Pick<CheckOptions, 'policies' | 'config' | 'evidence' | 'asOf'>;

/** How many files are read at a time. */
const sideBySide = 8;
const link = '120000';
const submodule = '160000';

/** Where a path really lies, though its end may not be there any more. */
const realOf = async (path: string): Promise<string> => {
  try {
    return await realpath(path);
  } catch {
    const parent = dirname(path);
    return parent === path ? path : join(await realOf(parent), basename(path));
  }
};

/** The folder that a path lies in, or is: the nearest one that is there. */
export const folderOf = async (path: string): Promise<string> => {
  const here = resolve(path);
  const isFolder = await stat(here).then(
    (found) => found.isDirectory(),
    () => false,
  );
  return isFolder || dirname(here) === here ? here : folderOf(dirname(here));
};

/** Paths on this disk as paths of the repository; `null`: outside of it. */
const pathsIn = async (root: string) => {
  const real = await realOf(root);
  return async (path: string): Promise<string | null> => {
    const from = relative(real, await realOf(resolve(path)));
    if (from === '..' || from.startsWith(`..${sep}`) || resolve(from) === from) return null;
    return from.split(sep).join('/');
  };
};

/** Where the files lie that govern a run, as paths of the repository; `null`: outside of it. */
interface Places {
  readonly policies: string;
  readonly products: string;
  readonly config: string | null;
  readonly evidence: string | null;
}

const isYaml = (path: string): boolean => /\.ya?ml$/i.test(path);
const isJson = (path: string): boolean => /\.json$/i.test(path);
const parentOf = (path: string): string => (path.includes('/') ? path.slice(0, path.lastIndexOf('/')) : '');
const under = (folder: string, name: string): string => (folder === '' ? name : `${folder}/${name}`);

/** What a file is to the run: as the reader of the head's own files has it. */
const roleOf = (path: string, places: Places): 'policy' | 'product' | 'config' | 'evidence' | null => {
  if (path === places.config) return 'config';
  if (path.split('/').some((part) => part === 'node_modules' || part === '.git')) return null;
  const isBeside = places.evidence !== null && isAtOrBelow(path, places.evidence);
  // Evidence may lie among the policies.
  if (isBeside && isJson(path)) return 'evidence';
  if (isAtOrBelow(path, places.products)) return 'product';
  if (isAtOrBelow(path, places.policies)) return 'policy';
  return isBeside ? 'evidence' : null;
};

const isGoverning = ({ path, mode }: RepositoryFile, places: Places): boolean => {
  const role = roleOf(path, places);
  if (role === null || role === 'config') return role === 'config';
  if (mode === link || mode === submodule) return true;
  return role === 'evidence' ? isJson(path) : isYaml(path) || path === places.policies;
};

const placesOf = async (root: string, options: Options): Promise<Places | null> => {
  const inside = await pathsIn(root);
  const policies = await inside(options.policies);
  if (policies === null) return null;
  return {
    policies,
    products: under(isYaml(policies) ? parentOf(policies) : policies, 'products'),
    config: await inside(options.config ?? defaultConfigFile),
    evidence: await inside(options.evidence ?? defaultEvidence),
  };
};

/** Does a path of the repository govern a run? What lies where policies lie does, whatever it is. `null`: nothing here can be told. */
export const governedPaths = async (root: string, options: Options): Promise<((path: string) => boolean) | null> => {
  const places = await placesOf(root, options);
  return places === null ? null : (path) => roleOf(path, places) !== null;
};

interface HeadFile {
  readonly sha: string;
  /** Evidence is compared by its id alone. */
  readonly file: TextFile | null;
}

const headFiles = async ({ governing }: LoadedFiles, root: string): Promise<ReadonlyMap<string, HeadFile>> => {
  const inside = await pathsIn(root);
  const { policies, products, config, evidence } = governing;
  const texts = [...policies.files, ...products.files, ...(config !== null && 'text' in config ? [config] : [])];
  const all = [
    ...texts.map((file) => ({ path: file.path, sha: blobId(file.text), file })),
    ...evidence.map(({ path, sha }) => ({ path, sha, file: null })),
  ];
  const found = new Map<string, HeadFile>();
  for (const { path, sha, file } of all) {
    const place = await inside(path);
    if (place !== null) found.set(place, { sha, file });
  }
  return found;
};

const oneLineEnd = (text: string): string => text.replaceAll('\r\n', '\n');

/** Texts of the base, by path: those that are the head's own need no reading. */
const readTexts = async (
  files: readonly RepositoryFile[],
  head: ReadonlyMap<string, HeadFile>,
  base: BaseFiles,
): Promise<Result<ReadonlyMap<string, string>, string>> => {
  const texts = new Map<string, string>();
  for (const some of chunk(files, sideBySide)) {
    const read = await Promise.all(
      some.map(async ({ path, sha }) => {
        const own = head.get(path);
        return own?.file != null && own.sha === sha ? ok(own.file.text) : base.read(sha);
      }),
    );
    for (const [at, text] of read.entries()) {
      const path = some[at]?.path ?? '';
      if (!text.ok) return err(`\`${path}\`: ${text.error}`);
      // A checkout may have changed the ends of lines: that is no change of anybody's.
      const own = head.get(path)?.file?.text;
      texts.set(path, own !== undefined && oneLineEnd(own) === oneLineEnd(text.value) ? own : text.value);
    }
  }
  return ok(texts);
};

const firstMistake = ({ diagnostics }: ParsedFiles): string | null => {
  const [first] = diagnostics;
  if (first === undefined) return null;
  const { place, message } = first;
  const more = diagnostics.length > 1 ? `, and ${diagnostics.length - 1} more` : '';
  return `the base has mistakes of its own: \`${place.file}\` line ${place.line}: ${message}${more}`;
};

/** Compares the files that govern a run with those of the base, and reads what governed there. The error is a sentence. */
export const loadBase = async (
  base: BaseFiles,
  files: LoadedFiles,
  options: Options,
): Promise<Result<LoadedBase, string>> => {
  const places = await placesOf(base.root, options);
  if (places === null) return err(`\`${options.policies}\` lies outside of the repository`);
  const roots = [places.policies, places.products, places.config, places.evidence].filter((path) => path !== null);
  const listed = await base.list([...new Set(roots)]);
  if (!listed.ok) return listed;
  const governing = listed.value.filter((file) => isGoverning(file, places));
  const odd = governing.find(({ mode }) => mode === link || mode === submodule);
  if (odd !== undefined)
    return err(
      `\`${odd.path}\` of the base is a ${odd.mode === link ? 'symbolic link' : 'submodule'}, and not followed`,
    );
  if (governing.length > maxFiles) return err(`the base has ${governing.length} files; the limit is ${maxFiles}`);
  const head = await headFiles(files, base.root);
  const told = { base: base.base, head: base.head };
  const differs = ({ path, sha }: Pick<RepositoryFile, 'path' | 'sha'>): boolean => head.get(path)?.sha !== sha;
  const gone = governing.filter(differs);
  const before = new Set(governing.map(({ path }) => path));
  const added = [...head.keys()].filter((path) => !before.has(path));
  if (gone.length === 0 && added.length === 0) return ok({ ...told, files: [], parsed: null });
  const readable = governing.filter(({ path }) => roleOf(path, places) !== 'evidence');
  const texts = await readTexts(readable, head, base);
  if (!texts.ok) return texts;
  const isSame = (path: string): boolean => {
    const text = texts.value.get(path);
    return text !== undefined && text === head.get(path)?.file?.text;
  };
  const changed = [...gone.map(({ path }) => path).filter((path) => !isSame(path)), ...added].sort();
  if (changed.length === 0) return ok({ ...told, files: [], parsed: null });
  const set = (role: ReturnType<typeof roleOf>) => ({
    files: readable
      .filter(({ path }) => roleOf(path, places) === role)
      .map(({ path }) => ({ path: shownPath(join(base.root, path)), text: texts.value.get(path) ?? '' }))
      .sort((a, b) => (a.path < b.path ? -1 : 1)),
    diagnostics: [],
  });
  // What lies outside of the repository, no pull request changes.
  const outside = places.config === null ? files.governing.config : null;
  const config = set('config').files[0] ?? outside;
  const parsed = parseFiles({ policies: set('policy'), products: set('product'), config }, options);
  const mistake = firstMistake(parsed);
  return mistake === null ? ok({ ...told, files: changed, parsed }) : err(mistake);
};
