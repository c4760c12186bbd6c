import { readFile, writeFile } from 'node:fs/promises';
import { CallError } from '../core/call-error.ts';
import type { Snapshot } from '../core/snapshot.ts';

/** A file that should be a snapshot and isn't. */
export class SnapshotFileError extends CallError {}

const lists = ['identities', 'facts', 'gaps'] as const;
const nameLists = ['apis', 'azureRoles', 'directoryRoles'];

/** Reads what `snapshot --out` wrote. Throws `SnapshotFileError` with what is wrong. */
export const readSnapshot = async (file: string): Promise<Snapshot> => {
  const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    throw new SnapshotFileError(`${file} can't be read (${error.code})`);
  });
  const value = parse(file, text);
  if (value['version'] !== 2)
    throw new SnapshotFileError(`${file} is of version ${String(value['version'])}; this program reads version 2`);
  for (const field of lists)
    if (!Array.isArray(value[field]))
      throw new SnapshotFileError(`${file} has no list \`${field}\`: it is not a snapshot of this program`);
  for (const field of lists)
    for (const [index, entry] of (value[field] as readonly unknown[]).entries())
      if (!isEntry(entry, field))
        throw new SnapshotFileError(`${file}: entry ${index + 1} of \`${field}\` is not what this program writes`);
  const tenant = value['tenant'];
  if (typeof tenant !== 'object' || tenant === null || !hasTexts(tenant, ['id', 'cloud']))
    throw new SnapshotFileError(`${file} has no \`tenant\`: it is not a snapshot of this program`);
  const names = value['names'];
  if (typeof names !== 'object' || names === null || !nameLists.every((list) => Array.isArray((names as Fields)[list])))
    throw new SnapshotFileError(`${file} has no \`names\`: it is not a snapshot of this program`);
  const { held, asked } = value;
  if (!Array.isArray(held) || typeof asked !== 'object' || asked === null)
    throw new SnapshotFileError(`${file} does not say what was asked: it is not a snapshot of this program`);
  return value as unknown as Snapshot;
};

/** Texts without which an entry says nothing. */
const texts: Readonly<Record<(typeof lists)[number], readonly string[]>> = {
  identities: ['id', 'state'],
  facts: ['kind', 'key', 'identity', 'subject'],
  gaps: ['kind', 'identity', 'reason', 'needs', 'request', 'detail'],
};

type Fields = Readonly<Record<string, unknown>>;

const hasTexts = (value: object, fields: readonly string[]): boolean =>
  fields.every((field) => typeof (value as Fields)[field] === 'string');

const isEntry = (entry: unknown, list: (typeof lists)[number]): boolean =>
  typeof entry === 'object' && entry !== null && hasTexts(entry, texts[list]);

const parse = (file: string, text: string): Record<string, unknown> => {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === 'object' && value !== null) return value as Record<string, unknown>;
  } catch {
    throw new SnapshotFileError(`${file} is not JSON`);
  }
  throw new SnapshotFileError(`${file} is not a JSON object`);
};

export const writeSnapshot = (file: string, snapshot: Snapshot): Promise<void> =>
  writeFile(file, `${JSON.stringify(snapshot, null, 2)}\n`);
