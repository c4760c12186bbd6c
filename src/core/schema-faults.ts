import { type Fault, type FaultWords, listed, shown } from './fault.ts';
import { faultOfFormat } from './format-faults.ts';
import { keysAt, type SchemaError, type SchemaIndex, type SchemaValidator, schemaName } from './schema-validator.ts';
import { sayShape } from './shape-faults.ts';
import type { Span } from './source-text.ts';
import { suggest } from './suggest.ts';
import { type Located, locate, plainValue, type YamlNode } from './yaml-tree.ts';

const where = (key: string | null): string => (key === null ? 'at the top level' : `in ${shown(key)}`);
const didYouMean = (name: string): string => `did you mean ${shown(name)}?`;
const typeWords: Readonly<Record<string, string>> = {
  string: 'text',
  object: 'a map',
  array: 'a list',
  boolean: '`true` or `false`',
  integer: 'a whole number',
  number: 'a number',
};

const homeNames: readonly string[] = ['metadata', 'spec', 'access'];

/** The one map that takes a key of this name, where there is just one; keys are often put a level too high or low. */
const homeOf = (key: string, located: Located, index: SchemaIndex): string | null => {
  if (located.isItem || !homeNames.includes(located.key ?? 'spec')) return null;
  const homes = homeNames.filter((name) => Object.hasOwn(index.keys[name] ?? {}, key));
  return homes.length === 1 ? (homes[0] ?? null) : null;
};

const unknownKey = (key: string, located: Located, schemaPath: string, index: SchemaIndex): FaultWords => {
  const known = Object.keys(keysAt(index, schemaPath));
  const near = suggest(key, known);
  const home = homeOf(key, located, index);
  const all = `${known.length === 1 ? 'the key here is' : 'the keys here are'} ${listed(known, 'and')}`;
  const help = home !== null ? `it belongs in ${shown(home)}` : near !== null ? didYouMean(near) : all;
  return { code: 'unknown-key', message: `unknown key ${shown(key)} ${where(located.key)}`, help };
};

const missingKey = (key: string, located: Located, example: string | null | undefined): FaultWords => ({
  code: 'missing-key',
  message: `${shown(key)} is missing ${where(located.key)}`,
  help: typeof example === 'string' ? `add it, for example \`${key}: ${example}\`` : `add \`${key}:\``,
});

/** What a value is called: by its key, or as an entry of the list at that key. */
const nameOf = (located: Located): string =>
  located.key === null ? 'the file' : located.isItem ? `an entry of ${shown(located.key)}` : shown(located.key);

const noValue = (located: Located, wanted: readonly string[]): FaultWords => {
  const none = wanted.includes('array') ? '`[]`' : '`{}`';
  const isPlane = /^\/spec\/access\//.test(located.pointer) && !located.isItem;
  const help = isPlane ? `write ${none} for none at all, or leave the key out` : 'write what belongs here';
  return { code: 'empty-value', message: `${nameOf(located)} has no value`, help };
};

const wrongType = (located: Located, wanted: readonly string[]): FaultWords => {
  const { node } = located;
  const words = wanted.map((type) => typeWords[type] ?? type).join(' or ');
  const takes = located.key === 'access' ? words.replace('text', '`minimal`') : words;
  if (node.type !== 'scalar') {
    const is = node.type === 'list' ? 'a list' : 'a map';
    return { code: 'wrong-type', message: `${nameOf(located)} takes ${takes}, not ${is}`, help: null };
  }
  if (node.value === null) return noValue(located, wanted);
  if (wanted.includes('string')) {
    const is = typeof node.value === 'number' ? `the number ${node.value}` : 'a yes-or-no value';
    const message = `${shown(node.written)} is read as ${is}, but ${nameOf(located)} takes text`;
    return { code: 'needs-quotes', message, help: `put it in quotes: \`"${node.written}"\`` };
  }
  return { code: 'wrong-type', message: `${nameOf(located)} takes ${takes}, not ${shown(node.written)}`, help: null };
};

const unknownValue = (located: Located, key: string, allowed: readonly string[]): FaultWords => {
  const { node } = located;
  if (node.type !== 'scalar' || node.value === null) return wrongType(located, ['string']);
  const near = suggest(node.written, allowed);
  const what = key === 'workload' ? 'workload' : `value of ${shown(key)}`;
  const code = key === 'workload' ? 'unknown-workload' : 'unknown-value';
  const all =
    allowed.length > 12
      ? `${allowed.length} values are known: docs/policy.md lists them`
      : `it takes ${listed(allowed)}`;
  const message =
    key === 'workload' ? `unknown workload ${shown(node.written)}` : `${shown(node.written)} is no ${what}`;
  return { code, message, help: near === null ? all : didYouMean(near) };
};

const limits: Readonly<Record<string, readonly [code: string, say: (limit: number, size: number) => string]>> = {
  minItems: ['empty-list', (limit) => `is empty; it needs at least ${limit}`],
  maxItems: ['too-many', (limit, size) => `has ${size} entries; the limit is ${limit}`],
  maxProperties: ['too-many', (limit, size) => `has ${size} keys; the limit is ${limit}`],
  minProperties: ['empty-value', (limit) => `is empty; it needs at least ${limit} key`],
  minLength: ['empty-value', () => 'is empty text'],
  maxLength: ['too-long', (limit, size) => `has ${size} characters; the limit is ${limit}`],
  minimum: ['out-of-range', (limit, size) => `is ${size}; the least is ${limit}`],
  maximum: ['out-of-range', (limit, size) => `is ${size}; the limit is ${limit}`],
};

const sizeOf = (node: YamlNode): number => {
  if (node.type === 'list') return node.items.length;
  if (node.type === 'map') return node.entries.size;
  return typeof node.value === 'number' ? node.value : [...String(node.value)].length;
};

const wordsOf = (error: SchemaError, located: Located, index: SchemaIndex): FaultWords | null => {
  const { node } = located;
  const key = located.key ?? 'the file';
  const { keyword, params, schemaPath } = error;
  const limit = limits[keyword];
  if (keyword === 'required') {
    const missing = String(params['missingProperty']);
    return missingKey(missing, located, keysAt(index, schemaPath)[missing]);
  }
  if (keyword === 'additionalProperties') {
    return unknownKey(String(params['additionalProperty']), located, schemaPath, index);
  }
  if (keyword === 'type') {
    const isDuration = schemaName(index, schemaPath) === 'duration' && node.type === 'scalar' && node.value !== null;
    if (isDuration) return faultOfFormat('duration', node.written, key);
    return wrongType(located, [params['type']].flat().map(String));
  }
  if (keyword === 'enum')
    return unknownValue(located, key, (params['allowedValues'] as readonly unknown[]).map(String));
  if (keyword === 'const') return unknownValue(located, key, [String(params['allowedValue'])]);
  if (keyword === 'pattern')
    return faultOfFormat(schemaName(index, schemaPath), node.type === 'scalar' ? String(node.value) : '', key);
  if (keyword === 'oneOf' || keyword === 'anyOf') return sayShape(schemaName(index, schemaPath), node);
  if (keyword === 'propertyNames') {
    const name = String(params['propertyName']);
    return {
      code: 'bad-format',
      message: `the key ${shown(name)} in ${shown(key)} is not a name`,
      help: 'use letters, digits, dots, dashes and underscores, 80 at most',
    };
  }
  if (limit === undefined) return null;
  const help = keyword === 'minItems' ? 'list at least one, or leave the key out' : null;
  return { code: limit[0], message: `${shown(key)} ${limit[1](Number(params['limit']), sizeOf(node))}`, help };
};

/** What a squiggle under a whole map or list would hide: its key, or the start of its first line. */
const headSpan = (located: Located): Span =>
  located.keySpan ?? { start: located.node.span.start, end: located.node.span.start + 1 };

const spanOf = (error: SchemaError, located: Located): Span => {
  const { node } = located;
  const name = error.params['additionalProperty'] ?? error.params['propertyName'];
  const entry = node.type === 'map' && name !== undefined ? node.entries.get(String(name)) : undefined;
  if (entry !== undefined) return entry.keySpan;
  if (node.type === 'scalar') return node.span;
  return headSpan(located);
};

// Complaints of a branch, or about the text of a key, are summed up by the keyword above them.
const isBranch = ({ schemaPath, keyword }: SchemaError): boolean =>
  /\/(?:(?:oneOf|anyOf)\/\d|propertyNames\/)/.test(schemaPath) || keyword === 'if';

/** Complaints without those that another one at the same value says better. */
const sayOnce = (errors: readonly SchemaError[]): readonly SchemaError[] => {
  const misformed = new Set(errors.filter((error) => error.keyword === 'pattern').map((error) => error.instancePath));
  const mistyped = new Set<string>();
  return errors.filter(({ keyword, instancePath }) => {
    if (keyword === 'maxLength') return !misformed.has(instancePath);
    if (keyword !== 'type') return true;
    const isFirst = !mistyped.has(instancePath);
    mistyped.add(instancePath);
    return isFirst;
  });
};

/** Everything that a schema finds wrong with a tree, each in one sentence at its place. */
export const faultsOfSchema = (validate: SchemaValidator, index: SchemaIndex, root: YamlNode): readonly Fault[] => {
  if (validate(plainValue(root))) return [];
  const located = locate(root);
  const errors = sayOnce((validate.errors ?? []).filter((error) => !isBranch(error)));
  const misspelt = new Map<string, Set<string>>();
  for (const error of errors) {
    if (error.keyword !== 'additionalProperties') continue;
    const near = suggest(String(error.params['additionalProperty']), Object.keys(keysAt(index, error.schemaPath)));
    const names = misspelt.get(error.instancePath) ?? new Set();
    misspelt.set(error.instancePath, names.add(near ?? ''));
  }
  return errors.flatMap((error): Fault[] => {
    const place = located.get(error.instancePath);
    if (place === undefined) return [];
    const near = misspelt.get(error.instancePath);
    // A misspelt key is one mistake: that the right one is missing goes without saying.
    if (error.keyword === 'required' && near?.has(String(error.params['missingProperty']))) return [];
    if ((error.keyword === 'oneOf' || error.keyword === 'anyOf') && near !== undefined) return [];
    const words = wordsOf(error, place, index);
    const subject = place.node.type === 'scalar' ? place.node.written : null;
    return words === null
      ? []
      : [
          {
            ...words,
            span: spanOf(error, place),
            subject:
              String(error.params['additionalProperty'] ?? error.params['missingProperty'] ?? subject ?? '') || null,
          },
        ];
  });
};
