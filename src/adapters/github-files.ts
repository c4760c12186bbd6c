import type { RepositoryFile, RepositoryFiles } from '../core/github.ts';
import { MalformedAnswer, objectOf, requiredBooleanOf, requiredListOf, stringOf } from '../core/wire.ts';
import { createGitHubRequests, type GitHubAccess } from './github-requests.ts';

const needs = 'contents: read';

/** The files of a tree, which has to be whole. */
export const readTree = (body: unknown): readonly RepositoryFile[] => {
  const tree = objectOf(body, 'the tree');
  // GitHub cuts a tree at 100,000 entries or 7 MB (source: GitHub REST API, Git trees).
  if (requiredBooleanOf(tree, 'truncated')) throw new MalformedAnswer('the commit holds more files than GitHub lists');
  return requiredListOf(tree, 'tree').flatMap((value) => {
    const entry = objectOf(value, 'an entry of the tree');
    if (stringOf(entry, 'type') !== 'blob') return [];
    return { path: stringOf(entry, 'path'), sha: stringOf(entry, 'sha'), mode: stringOf(entry, 'mode') };
  });
};

const readBlob = (body: unknown): string => {
  const blob = objectOf(body, 'the file');
  const { content } = blob;
  if (typeof content !== 'string') throw new MalformedAnswer('`content` is no text');
  if (stringOf(blob, 'encoding') !== 'base64') throw new MalformedAnswer('the file is not in Base64');
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(Buffer.from(content, 'base64'));
  } catch {
    throw new MalformedAnswer('the file holds bytes that are not UTF-8');
  }
};

/** The repository's files at any commit, for a checkout that doesn't hold it. */
export const createRepositoryFiles = (access: GitHubAccess): RepositoryFiles => {
  const { ask } = createGitHubRequests(access);
  return {
    list: (commit) => ask('GET /repos/{owner}/{repo}/git/trees/{commit}', { commit, recursive: '1' }, needs, readTree),
    read: (blobSha) => ask('GET /repos/{owner}/{repo}/git/blobs/{blobSha}', { blobSha }, needs, readBlob),
  };
};
