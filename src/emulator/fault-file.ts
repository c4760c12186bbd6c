import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { CallError } from '../core/call-error.ts';
import type { FaultScript } from './faults.ts';
import { isJson } from './json.ts';

/** A fault script that can't be played; the message names the fault. */
class FaultFileError extends CallError {}

const ANSWERS = ['status', 'cut', 'lost', 'garbage', 'emptyPageWithNext', 'hang', 'redirect', 'nextLink', 'throttle'];
const MATCHES = ['index', 'api', 'method', 'path', 'inner', 'times', 'after'];

/** Checks the shape of a script. Throws `FaultFileError`. */
export const checkFaults = (value: unknown): FaultScript => {
  if (!Array.isArray(value)) throw new FaultFileError('a fault script must be a list');
  for (const [index, fault] of value.entries()) {
    if (!isJson(fault) || !isJson(fault['match'])) throw new FaultFileError(`fault ${index} has no \`match\``);
    const stray = Object.keys(fault['match']).find((key) => !MATCHES.includes(key));
    if (stray !== undefined)
      throw new FaultFileError(`fault ${index} matches by \`${stray}\`, which is none of ${MATCHES.join(', ')}`);
    const answer = fault['answer'];
    if (!isJson(answer) || !ANSWERS.some((kind) => kind in answer)) {
      throw new FaultFileError(`fault ${index} has no \`answer\` with one of ${ANSWERS.join(', ')}`);
    }
  }
  return value as FaultScript;
};

/** Reads a fault script, YAML or JSON. Throws `FaultFileError`. */
export const loadFaultFile = (path: string): FaultScript => {
  let value: unknown;
  try {
    value = parse(readFileSync(path, 'utf8'));
  } catch (error) {
    const reason = error instanceof Error ? (error.message.split('\n')[0] ?? '') : '';
    throw new FaultFileError(`the fault script \`${path}\` can't be read: ${reason}`);
  }
  return checkFaults(value);
};
