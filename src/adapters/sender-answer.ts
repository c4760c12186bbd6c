import type { WriteAnswer } from '../core/write.ts';
import { hideTokens } from './hide-tokens.ts';
import { parseJson } from './parse-json.ts';

/** What came back, before anybody says what it means. */
export interface RawAnswer {
  readonly status: number;
  readonly header: (name: string) => string | undefined;
  /** `null`: it broke off, or never ended. */
  readonly body: string | null;
}

const oneLine = (text: string, most: number): string => hideTokens(text).replace(/\s+/g, ' ').trim().slice(0, most);

/** Milliseconds that `Retry-After` asks for: seconds, or a moment (source: RFC 9110, 10.2.3). */
export const retryAfterOf = (text: string | undefined, now: number): number | null => {
  const asked = text?.trim() ?? '';
  if (/^\d{1,9}$/.test(asked)) return Number(asked) * 1000;
  // A moment names its month: `Date.parse` alone would take `-5` and `1.5` for one.
  const moment = /[a-z]{3}/i.test(asked) ? Date.parse(asked) : Number.NaN;
  return Number.isNaN(moment) ? null : Math.max(0, moment - now);
};

/** Code and message of an error, `null` where the body isn't one of the API's; ARM leaves out the wrapper at times. */
const errorIn = (body: string | null): { readonly code: string; readonly message: string } | null => {
  const parsed = parseJson(body);
  const wrapped = typeof parsed === 'object' && parsed !== null && 'error' in parsed ? parsed.error : parsed;
  const { code, message } = (typeof wrapped === 'object' && wrapped !== null ? wrapped : {}) as Record<string, unknown>;
  if (typeof code !== 'string' || typeof message !== 'string') return null;
  return { code: oneLine(code, 100), message: oneLine(message, 300) };
};

/** Nobody takes these for a no: whatever says it, the write has to be looked for, and perhaps waited with. */
const isBusy = (status: number): boolean => status === 429 || (status >= 500 && status <= 599);
const isDone = (status: number): boolean => status >= 200 && status <= 299;

/** An answer as the rest of the program takes it: a no counts only in the API's own words, as proxies say it too. */
export const readAnswer = ({ status, header, body }: RawAnswer, now: number): WriteAnswer => {
  const error = isDone(status) ? { code: '', message: '' } : errorIn(body);
  if (error === null && !isBusy(status))
    return { came: false, detail: `HTTP ${status} came without the error that the API documents` };
  return {
    came: true,
    status,
    ...(error ?? { code: '', message: 'the answer does not say why' }),
    retryAfter: retryAfterOf(header('retry-after'), now),
    requestId: oneLine(header('request-id') ?? header('x-ms-request-id') ?? '', 100) || null,
  };
};
