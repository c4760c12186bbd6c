import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const folder = join(import.meta.dirname, '../../../shared/reference/contract-examples');

/** Are recorded answers of the APIs there? Tests that need them are skipped where they are not. */
export const hasContractExamples = existsSync(folder);

/** The body of a recorded answer. */
export const contractExample = (name: string): Record<string, unknown> =>
  (JSON.parse(readFileSync(join(folder, `${name}.json`), 'utf8')) as { response: { body: Record<string, unknown> } })
    .response.body;

/** The rows of a recorded list. */
export const contractRows = (name: string): readonly Record<string, unknown>[] =>
  contractExample(name)['value'] as readonly Record<string, unknown>[];
