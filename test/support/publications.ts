import type { Publication } from '../../src/app/publish.ts';
import type { CheckRun, Suggestion } from '../../src/core/github.ts';
import { suggestionMarker } from '../../src/report/suggestions.ts';
import { jobAuthor, openPull } from './github-rig.ts';

const marker = '<!-- backup-access-guard:default -->';
/** A comment's text with its marker. */
export const body = (text: string, by = marker): string => `${by}\n${text}`;
/** A check run without annotations. */
export const run: CheckRun = {
  name: 'Backup access',
  headSha: openPull().headSha,
  conclusion: 'failure',
  title: 'Something to fix',
  summary: 'All of it',
  text: null,
  externalId: null,
  annotations: [],
};
/** A suggestion on one line. */
export const suggestion = (line: number, text = 'x', tag = 'default'): Suggestion => ({
  path: 'policies/p.yaml',
  startLine: line,
  line,
  body: `\`\`\`suggestion\n${text}\n\`\`\`\n\n${suggestionMarker(tag)}f${line} -->`,
});

/** What is told; nothing where not given. */
export interface Parts {
  readonly pull?: number | null;
  readonly comment?: string | null;
  readonly marker?: string;
  readonly onlyUpdate?: boolean;
  readonly checkRun?: CheckRun | null;
  readonly suggestions?: readonly Suggestion[] | null;
  readonly settled?: boolean;
  readonly author?: string;
}

/** What is to be told on pull request 7. */
export const publication = (parts: Parts): Publication => ({
  pull: parts.pull === undefined ? 7 : parts.pull,
  headSha: openPull().headSha,
  author: parts.author ?? jobAuthor,
  comment: parts.comment
    ? { marker: parts.marker ?? marker, body: body(parts.comment, parts.marker), onlyUpdate: parts.onlyUpdate ?? false }
    : null,
  checkRun: parts.checkRun ?? null,
  suggestions: parts.suggestions
    ? { marker: suggestionMarker('default'), settled: parts.settled ?? true, of: () => parts.suggestions ?? [] }
    : null,
});
