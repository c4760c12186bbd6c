import type { ApiName } from './api-request.ts';

/** One line per HTTP request, and one per request inside a `$batch`. */
export interface RequestLogLine {
  /** ISO date of the answer. */
  readonly at: string;
  readonly api: ApiName;
  readonly method: string;
  /** With query, as it was sent. */
  readonly path: string;
  /** HTTP status; 0 where the connection was cut. */
  readonly status: number;
  /** App id of the caller, `null` where none was known. */
  readonly caller: string | null;
  /** `null` for an HTTP request; for an inner one, the `index` of its batch and its id: `3/getApp`. */
  readonly batch: string | null;
  /** Position among all HTTP requests, or among all inner ones: what a fault's `index` matches. */
  readonly index: number;
  /** Did it ask for a change? Token requests and reads by POST don't. */
  readonly write: boolean;
}

/** Paths that are read by POST (source: Microsoft Graph and Resource Graph references). */
const READ_BY_POST = /\/(\$batch|getbyids|getmembergroups|checkmembergroups|resources)$/;

/** Does this request ask for a change of the tenant? */
export const isWrite = (api: ApiName, method: string, path: string): boolean => {
  if (api === 'authority' || api === 'github' || method === 'GET' || method === 'HEAD') return false;
  return !(method === 'POST' && READ_BY_POST.test((path.split('?')[0] ?? '').toLowerCase()));
};

/** Keeps the lines of a run and hands each on. */
export const makeRequestLog = (
  onLine: (line: RequestLogLine) => void,
): { readonly add: (line: RequestLogLine) => void; readonly lines: () => readonly RequestLogLine[] } => {
  const lines: RequestLogLine[] = [];
  const add = (line: RequestLogLine): void => {
    lines.push(line);
    onLine(line);
  };
  return { add, lines: () => [...lines] };
};
