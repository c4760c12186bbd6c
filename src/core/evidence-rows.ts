import { evidenceRequest, findEvidence } from './find-evidence.ts';
import type { ReadInput } from './kind.ts';
import type { Answer } from './ports.ts';
import { readAs } from './read-rows.ts';
import { ok } from './result.ts';
import { objectOf, optionalStringOf, type WireObject } from './wire.ts';

/** Where evidence lies, and by what it counts. */
export type EvidenceInput = Pick<ReadInput, 'tenantId' | 'evidence' | 'evidenceMaxAge' | 'now'>;

/** PowerShell writes a list of one as the one itself; `null` is no list of none. */
const rowsIn = (result: unknown, command: string): readonly WireObject[] =>
  (Array.isArray(result) ? result : [result]).map((row) => objectOf(row, `a row of ${command}`));

/** The rows of a command's evidence, each parsed; a failure where there is none that counts, or it makes no sense. */
export const evidenceRows = <T>(
  command: string,
  input: EvidenceInput,
  parse: (row: WireObject) => T,
): Answer<readonly T[]> => {
  const found = findEvidence(command, input);
  if (!found.ok) return found;
  return readAs(ok(found.value.result), evidenceRequest(command), (result) => rowsIn(result, command).map(parse));
};

/** The first of several fields that holds a text, since versions of a command name a thing differently. */
export const firstTextOf = (row: WireObject, ...fields: readonly string[]): string | null => {
  for (const field of fields) {
    const text = optionalStringOf(row, field);
    if (text !== null) return text;
  }
  return null;
};
