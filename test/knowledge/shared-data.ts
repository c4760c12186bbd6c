import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Published facts to hold the knowledge against; they lie beside the project and are not part of it. */
const folder = join(import.meta.dirname, '../../../shared');

/** Are the published facts there? Tests that need them are skipped where they are not. */
export const hasSharedData = existsSync(join(folder, 'data'));

/** A file of published facts, by its path from their folder. */
export const readShared = <T>(path: string): T => JSON.parse(readFileSync(join(folder, path), 'utf8')) as T;

/** A page of the reference, as text. */
export const readSharedText = (path: string): string => readFileSync(join(folder, path), 'utf8');

/** Permission as the published facts list it. */
export interface SharedPermission {
  readonly name: string;
  readonly type: string;
  readonly id: string;
  readonly resourceAppId: string;
}

/** Every published permission of every API. */
export const sharedPermissions = (): readonly SharedPermission[] => [
  ...readShared<readonly SharedPermission[]>('data/graph-permissions.json'),
  ...readShared<readonly SharedPermission[]>('data/other-api-permissions.json'),
];
