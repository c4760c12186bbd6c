import type { Fault } from '../../src/emulator/faults.ts';

/** Answers that tell nothing, of whatever was asked. */
export const badAnswers: Readonly<Record<string, Fault['answer']>> = {
  '404': { status: 404 },
  '409': { status: 409 },
  '422': { status: 422 },
  '429': { throttle: 'forever' },
  '500': { status: 500 },
  '503': { status: 503 },
  timeout: { hang: 1_000 },
  garbage: { garbage: true },
  nothing: { status: 200, body: '' },
  'an empty object': { status: 200, body: {} },
  'a cut connection': { cut: true },
  'a lost answer': { lost: true },
  'another host': { redirect: 'https://elsewhere.invalid/' },
};
