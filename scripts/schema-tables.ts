import { definitionOf, type JsonSchema, resolveSchema } from './json-schema.ts';

const cell = (text: string): string => text.replaceAll('|', '\\|').replaceAll('\n', ' ');
const code = (value: unknown): string => `\`${typeof value === 'string' ? value : JSON.stringify(value)}\``;

/** Definitions that are a form of text, told by their own description where they are used. */
const isObject = (schema: JsonSchema): boolean => schema.properties !== undefined;

const anchor = (title: string): string => title.toLowerCase().replace(/[^a-z0-9]+/g, '-');

const formWords: Readonly<Record<string, string>> = {
  guid: 'GUID',
  armScope: 'Azure id',
  vaultId: 'Azure id of a vault',
  keyVaultId: 'Azure id of a key vault',
  managedIdentity: '`system` or an Azure id',
  siteUrl: 'address of a site',
  approver: 'GitHub user or team',
  duration: 'ISO 8601 duration',
  purpose: 'text',
  line: 'one line of text',
  roleName: 'name of a role',
};

/** Maps by API have no keys of their own to list, and a section all the same. */
const titles: Readonly<Record<string, string>> = { apiPermissions: 'API permissions', askedByApi: 'API rows' };

/** Heading of the section that tells a definition: `azureRole` is "Azure role". */
const titleOf = (definition: string): string => {
  const known = titles[definition];
  if (known !== undefined) return known;
  const words = definition.replace(/([A-Z])/g, (letter) => ` ${letter.toLowerCase()}`);
  return words.charAt(0).toUpperCase() + words.slice(1);
};

const link = (definition: string): string => {
  const title = titleOf(definition);
  // The names that people write keep their case: API, Azure, Exchange.
  const words = /^(?:API|Azure|Exchange)/.test(title) ? title : title.charAt(0).toLowerCase() + title.slice(1);
  return `[${words}](#${anchor(title)})`;
};

const typeWords: Readonly<Record<string, string>> = {
  string: 'text',
  object: 'map',
  array: 'list',
  integer: 'whole number',
  boolean: '`true` or `false`',
};

const valuesOf = (root: JsonSchema, written: JsonSchema): string => {
  const definition = definitionOf(written);
  const schema = resolveSchema(root, written);
  if (schema['const'] !== undefined) return code(schema['const']);
  if (definition === 'workload') return '[a workload](#workloads)';
  if (schema.enum !== undefined)
    return schema.enum
      .filter((value) => value !== null)
      .map(code)
      .join(', ');
  if (definition !== null && isObject(schema)) return link(definition);
  if (definition !== null && Object.hasOwn(titles, definition)) return link(definition);
  const items = schema['items'] as JsonSchema | undefined;
  if (items !== undefined && schema['type'] === 'array') return `list of ${valuesOf(root, items)}`;
  if (schema['else'] !== undefined) return `\`minimal\` or ${valuesOf(root, schema['else'] as JsonSchema)}`;
  if (definition !== null) return formWords[definition] ?? definition;
  return [schema['type'] ?? []]
    .flat()
    .map((type) => typeWords[String(type)] ?? String(type))
    .join(' or ');
};

const exampleOf = (schema: JsonSchema): string => {
  const example = schema.examples?.[0];
  return example === undefined ? '' : code(example);
};

const row = (root: JsonSchema, owner: JsonSchema, name: string, written: JsonSchema): string => {
  const schema = resolveSchema(root, written);
  const isRequired = owner.required?.includes(name) ?? false;
  const fallback = schema['default'] === undefined ? '' : ` Default: ${code(schema['default'])}.`;
  const cells = [
    `\`${name}\`${isRequired ? ' (required)' : ''}`,
    valuesOf(root, written),
    `${schema.description ?? ''}${fallback}`,
    exampleOf(schema),
  ];
  return `| ${cells.map(cell).join(' | ')} |`;
};

/** The keys of one object as a table. */
export const tableOf = (root: JsonSchema, schema: JsonSchema): readonly string[] => [
  '| key | value | meaning | example |',
  '| --- | --- | --- | --- |',
  ...Object.entries(schema.properties ?? {}).map(([name, child]) => row(root, schema, name, child)),
];

/** Objects of a schema that are told in sections of their own, in the order in which they are first used. */
export const sectionsOf = (root: JsonSchema): readonly string[] => {
  const found = new Set<string>();
  const walk = (value: unknown): void => {
    if (typeof value !== 'object' || value === null) return;
    for (const part of Object.values(value)) walk(part);
    const definition = Array.isArray(value) ? null : definitionOf(value as JsonSchema);
    if (definition === null || found.has(definition)) return;
    const schema = root.$defs?.[definition];
    if (schema === undefined) throw new Error(`no definition ${definition}`);
    if (isObject(schema) || Object.hasOwn(titles, definition)) found.add(definition);
    walk(schema);
  };
  walk(root.properties);
  return [...found];
};

/** One section of the reference: heading, what it is, table. */
export const sectionOf = (root: JsonSchema, definition: string): readonly string[] => {
  const schema = root.$defs?.[definition] ?? {};
  const table = schema.properties === undefined ? [] : ['', ...tableOf(root, schema)];
  const example =
    schema.properties === undefined && schema.examples?.length ? ['', `Example: ${exampleOf(schema)}`] : [];
  return [`### ${titleOf(definition)}`, '', schema.description ?? '', ...table, ...example, ''];
};

/** Every workload with what it is. */
export const workloadTable = (root: JsonSchema): readonly string[] => {
  const { workload } = root.$defs ?? {};
  const words = (workload?.['enumDescriptions'] ?? []) as readonly string[];
  return [
    '| id | what it is |',
    '| --- | --- |',
    ...(workload?.enum ?? []).map((id, index) => `| \`${String(id)}\` | ${words[index]} |`),
  ];
};
