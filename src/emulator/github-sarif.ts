import { randomUUID } from 'node:crypto';
import { gunzipSync } from 'node:zlib';
import { json, type Reply } from './api-request.ts';
import { bodyOf, type GitHubCall, requiredText } from './github-call.ts';
import { GitHubRefusal } from './github-refusal.ts';
import { repoUrl } from './github-rows.ts';
import { isJson, parseJson } from './json.ts';

/** The most bytes of an upload, packed (source: docs.github.com, SARIF support for code scanning). */
const bytesAtMost = 10_000_000;

const unpack = (bytes: Buffer): unknown => {
  try {
    return parseJson(gunzipSync(bytes).toString('utf8'));
  } catch {
    return null;
  }
};

/** `POST …/code-scanning/sarifs`. */
export const uploadSarif = (call: GitHubCall): Reply => {
  const body = bodyOf(call);
  const [commit, ref, sarif] = ['commit_sha', 'ref', 'sarif'].map((field) => requiredText(body, field));
  const bytes = Buffer.from(sarif ?? '', 'base64');
  if (bytes.length > bytesAtMost) throw new GitHubRefusal(413, 'Payload Too Large');
  const log = unpack(bytes);
  if (!isJson(log) || log['version'] !== '2.1.0') throw new GitHubRefusal(400, 'Invalid SARIF. JSON syntax error.');
  const id = randomUUID();
  call.context.store.sarifs.push({ id, commit: commit ?? '', ref: ref ?? '', sarif: sarif ?? '' });
  return json({ id, url: `${repoUrl(call.context)}/code-scanning/sarifs/${id}` }, 202);
};
