import { type ApiRequest, json, type Reply, splitTarget } from './api-request.ts';
import { GraphFailure } from './graph-failure.ts';
import { isJson, type Json, parseJson, textsOf } from './json.ts';

/** Runs one request of a batch: `batch` is the number of the HTTP request and the inner id. */
export type InnerRun = (request: ApiRequest, target: string, batch: string) => Promise<Reply>;

const MOST = 20;

interface Inner {
  readonly id: string;
  readonly target: string;
  readonly request: ApiRequest;
  readonly dependsOn: readonly string[];
}

const invalid = (message: string): GraphFailure => new GraphFailure(400, 'BadRequest', message);

const readInner = (value: unknown, outer: ApiRequest): Inner => {
  if (!isJson(value)) throw invalid('Invalid batch payload format.');
  const { id, method, url, headers, body } = value;
  if (typeof id !== 'string' || id === '') throw invalid("Invalid batch payload: each request needs an 'id'.");
  if (typeof method !== 'string' || typeof url !== 'string')
    throw invalid(`Invalid batch payload: request '${id}' needs 'method' and 'url'.`);
  if (/^[a-z]+:\/\//i.test(url)) throw invalid(`Invalid batch payload: the url of request '${id}' must be relative.`);
  const version = /^\/[^/]+/.exec(outer.path)?.[0] ?? '';
  const target = `${version}/${url.replace(/^\//, '')}`;
  const own = isJson(headers) ? Object.entries(headers).map(([name, text]) => [name.toLowerCase(), String(text)]) : [];
  const given: Record<string, string> = Object.fromEntries(own);
  if (body !== undefined && given['content-type'] === undefined) {
    throw invalid(`Invalid batch payload: request '${id}' has a body but no Content-Type header.`);
  }
  const common = { authorization: outer.headers['authorization'] ?? '' };
  return {
    id,
    target,
    dependsOn: textsOf(value, 'dependsOn'),
    request: {
      method: method.toUpperCase(),
      ...splitTarget(target),
      headers: { ...common, ...given },
      body: body === undefined ? '' : typeof body === 'string' ? body : JSON.stringify(body),
    },
  };
};

const readBatch = (outer: ApiRequest): readonly Inner[] => {
  const payload = parseJson(outer.body);
  const list = isJson(payload) ? payload['requests'] : undefined;
  if (!Array.isArray(list) || list.length === 0) throw invalid('Invalid batch payload format.');
  if (list.length > MOST) {
    throw invalid(`Number of batch request steps exceeds the maximum value of ${MOST}.`);
  }
  const inner = list.map((value) => readInner(value, outer));
  const ids = new Set(inner.map(({ id }) => id.toLowerCase()));
  if (ids.size < inner.length) throw invalid('Invalid batch payload: request ids must be unique.');
  const stray = inner.flatMap(({ dependsOn }) => dependsOn).find((id) => !ids.has(id.toLowerCase()));
  if (stray !== undefined) throw invalid(`Invalid batch payload: dependsOn names '${stray}', which is no request.`);
  return inner;
};

const FAILED: Json = {
  error: { code: 'FailedDependency', message: 'A request that this one depends on has failed.' },
};

const asResponse = (id: string, reply: Reply): Json => ({
  id,
  status: reply.status,
  headers: { 'Content-Type': 'application/json', ...reply.headers },
  ...(reply.body === undefined ? {} : { body: reply.body }),
});

/**
 * Answers a batch: each inner request has its own status, a request whose parent failed gets 424. Answers come in
 * another order than the requests, as Graph promises none.
 */
export const answerBatch = async (outer: ApiRequest, number: number, run: InnerRun): Promise<Reply> => {
  const open = [...readBatch(outer)];
  const done = new Map<string, Reply>();
  while (open.length > 0) {
    const at = open.findIndex(({ dependsOn }) => dependsOn.every((id) => done.has(id.toLowerCase())));
    const [next] = open.splice(Math.max(at, 0), 1);
    if (next === undefined || at === -1) throw invalid('Invalid batch payload: dependsOn goes round in a circle.');
    const broken = next.dependsOn.some((id) => (done.get(id.toLowerCase())?.status ?? 500) >= 400);
    const reply = broken ? json(FAILED, 424) : await run(next.request, next.target, `${number}/${next.id}`);
    done.set(next.id.toLowerCase(), reply);
  }
  const ids = readBatch(outer).map(({ id }) => id);
  const shuffled = number % 2 === 0 ? ids.toReversed() : [...ids.slice(1), ...ids.slice(0, 1)];
  return json({ responses: shuffled.map((id) => asResponse(id, done.get(id.toLowerCase()) ?? json(FAILED, 424))) });
};
