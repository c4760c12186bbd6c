import { readText } from '../adapters/read-text.ts';
import { UsageError } from '../options.ts';

/** Longest journal or plan that is read, in bytes. */
const mostBytes = 64 * 1024 * 1024;

/** A file that the call names. Throws `UsageError` where it can't be read. */
export const readNamedFile = async (option: string, file: string): Promise<string> => {
  const text = await readText(file, mostBytes);
  if (!text.ok) throw new UsageError(`${option}: ${file}: ${text.error.message}`);
  return text.value;
};
