import type { Answer, ReadFailure } from './ports.ts';
import { err, ok, type Result } from './result.ts';
import { MalformedAnswer } from './wire.ts';

/** Turns an answer into values. An answer of another shape than documented is a failure, as unread as a refusal. */
export const readAs = <T, U>(answer: Answer<T>, request: string, parse: (value: T) => U): Result<U, ReadFailure> => {
  if (!answer.ok) return answer;
  try {
    return ok(parse(answer.value));
  } catch (error) {
    if (!(error instanceof MalformedAnswer)) throw error;
    return err({ reason: 'malformed', status: 200, request, detail: error.message });
  }
};

/** The same, row by row. */
export const readRows = <U>(
  answer: Answer<readonly unknown[]>,
  request: string,
  parse: (row: unknown) => U,
): Result<readonly U[], ReadFailure> => readAs(answer, request, (rows) => rows.map(parse));
