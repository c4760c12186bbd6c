/**
 * Compiles the knowledge: `src/knowledge/data/*.yaml` and `policies/products/*.yaml` to `src/knowledge/generated/*.json`,
 * which the program imports. Same YAML, same bytes. `node scripts/build-knowledge.ts` writes; `--check` only compares and fails on a difference.
 */
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parse } from 'yaml';
import { isGuid } from '../src/core/guid-fault.ts';
import { appId } from '../src/core/ids.ts';
import { parseProductProfile } from '../src/core/parse-product-profile.ts';

type Entry = Readonly<Record<string, unknown>>;
type Document = Readonly<Record<string, unknown>> & { readonly source: string; readonly date: string };

/** Another data set's document, by name. */
type Load = (name: string) => Document;

/** Where the knowledge lies, from the root of the project. */
export const dataFolder = 'src/knowledge/data';
export const generatedFolder = 'src/knowledge/generated';
/** Profiles of products: the same files that people copy to write their own. */
export const profileFolder = 'policies/products';

const list = (value: unknown): readonly Entry[] => (value ?? []) as readonly Entry[];
const group = (value: unknown): readonly (readonly [string, unknown])[] => Object.entries((value ?? {}) as Entry);

/** Entries may say where they come from; else the file says it for them. */
const sourced = (document: Document, entry: Entry): Entry => ({
  ...entry,
  source: entry['source'] ?? document.source,
  date: entry['date'] ?? document.date,
});

const permissions = (document: Document): Entry => ({
  permissions: group(document['permissions']).flatMap(([api, types]) =>
    group(types).flatMap(([type, entries]) => list(entries).map((entry) => sourced(document, { api, type, ...entry }))),
  ),
});

const lattice = (document: Document): Entry => {
  const flat = (value: unknown): readonly Entry[] =>
    group(value).flatMap(([api, entries]) => list(entries).map((entry) => ({ api, ...entry })));
  return { edges: flat(document['edges']), nonEdges: flat(document['nonEdges']) };
};

const noActions = { actions: [], notActions: [], dataActions: [], notDataActions: [] };

const azureRoles = (document: Document): Entry => ({
  roles: list(document['roles']).map((role) => ({
    condition: null,
    ...role,
    permissions: list(role['permissions']).map((block) => ({ ...noActions, ...block })),
  })),
});

const graph = '00000003-0000-0000-c000-000000000000';

/** One row per type: an entry that names none holds for both. */
const escalation = (document: Document): Entry => ({
  permissions: list(document['permissions']).flatMap(({ types = ['application', 'delegated'], ...entry }) =>
    (types as readonly string[]).map((type) => sourced(document, { api: graph, type, ...entry })),
  ),
  escalatingActions: list(document['escalatingActions']),
  powerfulActions: list(document['powerfulActions']),
});

const plain =
  (...keys: readonly string[]) =>
  (document: Document): Entry =>
    Object.fromEntries(keys.map((key) => [key, list(document[key]).map((entry) => sourced(document, entry))]));

const idByRoleName = (roles: Document): ReadonlyMap<unknown, unknown> =>
  new Map(list(roles['roles']).map((role) => [role['name'], role['id']]));

/** Grants as the program reads them: which plane, and every absent field spelled out. */
const grant = (entry: Entry, roleIds: ReadonlyMap<unknown, unknown>): Entry => {
  const { purpose, when = null, at, widest, holder = 'identity' } = entry;
  const why = { purpose, when };
  const where = { at, widest, holder, ...why };
  if ('permission' in entry) {
    const { api = graph, permission, exchangeRole = null, accepts = [], alsoBy = [] } = entry;
    return { plane: 'application', api, permission, exchangeRole, accepts, alsoBy, ...why };
  }
  if ('exchangeRole' in entry) return { plane: 'exchange', exchangeRole: entry['exchangeRole'], ...why };
  if ('siteRole' in entry) return { plane: 'site', siteRole: entry['siteRole'], ...why };
  if ('actions' in entry) return { plane: 'azure-actions', actions: entry['actions'], ...where };
  const id = roleIds.get(entry['role']);
  if (id === undefined) throw new Error(`no such role in azure-roles.yaml: \`${String(entry['role'])}\``);
  return { plane: 'azure', role: id, roleName: entry['role'], on: entry['on'] ?? [], ...where };
};

const workloads = (document: Document, load: Load): Entry => {
  const roleIds = idByRoleName(load('azure-roles'));
  const grants = (value: unknown): readonly Entry[] => list(value).map((entry) => grant(entry, roleIds));
  const operation = (workload: Entry, entry: Entry): Entry => ({
    grants: grants(entry['grants']),
    alternatives: list(entry['alternatives']).map((one) => ({ title: one['title'], grants: grants(one['grants']) })),
    confidence: entry['confidence'] ?? workload['confidence'],
    source: entry['source'] ?? workload['source'],
  });
  return {
    workloads: list(document['workloads']).map((entry) => {
      const workload = sourced(document, { notes: null, ...entry });
      const operations = group(workload['operations']).map(([id, one]) => [id, operation(workload, one as Entry)]);
      return { ...workload, operations: Object.fromEntries(operations) };
    }),
  };
};

/** Reaches with every absent list spelled out, and permissions in one list. */
const reaches = (document: Document): Entry => ({
  tenant: list(document['tenant']).map(({ permissions: byApi, ...reach }) => ({
    ...{ confined: [], admitted: [], managementRoles: [], commands: [], rights: [] },
    ...reach,
    permissions: group(byApi).flatMap(([api, values]) =>
      (values as readonly string[]).map((value) => ({ api, value })),
    ),
  })),
  harmlessManagementRoles: list(document['harmlessManagementRoles']),
  azure: list(document['azure']).map((reach) => ({
    weight: 'plain',
    becomes: null,
    byControl: null,
    control: [],
    data: [],
    vault: {},
    ...reach,
  })),
});

/** Roles become ids; what a maker has none of is spelled out. */
const vendors = (document: Document, load: Load): Entry => {
  const roleIds = idByRoleName(load('azure-roles'));
  const idsOf = (names: unknown): readonly unknown[] =>
    (names as readonly string[]).map((name) => {
      const id = roleIds.get(name);
      if (id === undefined) throw new Error(`no such role in azure-roles.yaml: \`${name}\``);
      return id;
    });
  return {
    vendors: list(document['vendors']).map((vendor) => sourced(document, { appIds: [], products: [], ...vendor })),
    azureRoles: idsOf(document['azureRoles']),
    azureHints: idsOf(document['azureHints']),
    otherTrades: document['otherTrades'],
  };
};

/** Data sets by name: the YAML file, the JSON file and the schema beside the YAML are called so. */
const dataSets: Readonly<Record<string, (document: Document, load: Load) => Entry>> = {
  apis: plain('apis'),
  permissions,
  lattice,
  'azure-roles': azureRoles,
  escalation,
  calendar: plain('retirements'),
  workloads,
  'directory-roles': (document) => ({ roles: list(document['roles']) }),
  'exchange-roles': (document) => ({ roles: list(document['roles']) }),
  reaches,
  vendors,
};

/** Names of the data sets, each with `<name>.yaml`, `<name>.schema.json` and a generated `<name>.json`. */
export const dataSetNames: readonly string[] = Object.keys(dataSets);

/** The text of a JSON file, every entry on a line of its own, so that differences can be read. */
const render = (parts: Entry): string => {
  const lists = Object.entries(parts).map(([key, value]) => {
    const lines = (value as readonly Entry[]).map((entry) => JSON.stringify(entry));
    return `${JSON.stringify(key)}: [\n${lines.join(',\n')}\n]`;
  });
  return `{\n${lists.join(',\n')}\n}\n`;
};

/** One data set, compiled: the text of its JSON file. */
export const compileDataSet = (name: string, read: (name: string) => string): string => {
  const compile = dataSets[name];
  if (compile === undefined) throw new Error(`no such data set: \`${name}\``);
  const load: Load = (one) => parse(read(one)) as Document;
  return render(compile(load(name), load));
};

/** Names of the built-in product profiles, from the current folder being the project's root. */
export const profileNames = (): readonly string[] =>
  readdirSync(profileFolder)
    .filter((name) => name.endsWith('.yaml'))
    .sort();

const apiIds = (read: (name: string) => string): ReadonlyMap<string, string> =>
  new Map(
    list((parse(read('apis')) as Document)['apis']).flatMap((api) =>
      [api['name'], ...(api['aliases'] as readonly string[])].map((name): [string, string] => [
        String(name).toLowerCase(),
        String(api['appId']),
      ]),
    ),
  );

/** The product profiles, compiled by the reader that people's own profiles go through. */
export const compileProducts = (
  names: readonly string[],
  read: (name: string) => string,
  readProfile: (name: string) => string,
): string => {
  const ids = apiIds(read);
  const findApi = (name: string) => {
    const id = isGuid(name) ? name : ids.get(name.toLowerCase());
    return id === undefined ? null : appId(id);
  };
  const products = names.map((name) => {
    const parsed = parseProductProfile(name, readProfile(name), { findApi, apiNames: [...ids.keys()] });
    if (parsed.ok) return parsed.value as unknown as Entry;
    throw new Error(parsed.error.map(({ place, message }) => `${place.file}:${place.line}: ${message}`).join('\n'));
  });
  return render({ products });
};

/** The YAML of a product profile. */
export const readProfile = (name: string): string => readFileSync(join(profileFolder, name), 'utf8');

/** The YAML of a data set, from the current folder being the project's root. */
export const readData = (name: string): string => readFileSync(join(dataFolder, `${name}.yaml`), 'utf8');

const main = (check: boolean): void => {
  mkdirSync(generatedFolder, { recursive: true });
  const texts: readonly (readonly [name: string, text: string])[] = [
    ...dataSetNames.map((name) => [name, compileDataSet(name, readData)] as const),
    ['products', compileProducts(profileNames(), readData, readProfile)],
  ];
  const stale = texts.flatMap(([name, text]) => {
    const path = join(generatedFolder, `${name}.json`);
    if (!check) writeFileSync(path, text);
    return check && readFileSync(path, 'utf8') !== text ? [name] : [];
  });
  if (stale.length > 0) {
    process.stderr.write(
      `generated knowledge is stale: ${stale.join(', ')}; run \`node scripts/build-knowledge.ts\`\n`,
    );
    process.exitCode = 1;
  }
};

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) main(process.argv.includes('--check'));
