import type { Finding } from '../core/finding.ts';
import type { ChangedFile, Suggestion } from '../core/github.ts';
import { linesInHunk, parseHunks } from '../core/parse-hunks.ts';
import type { Report } from '../core/report.ts';
import { applyEdit, type TextEdit } from '../core/text-edit.ts';
import { type LineEdit, wholeLines } from '../core/whole-lines.ts';
import { groupFindings } from './group-findings.ts';
import { inertLine } from './inert.ts';
import { code, join, md, prose } from './markdown-text.ts';
import { sentence } from './sentence.ts';

/** What suggestions are made of beside the report. */
export interface SuggestionGround {
  /** The policy files as they were judged, by the paths that the report has. */
  readonly texts: ReadonlyMap<string, string>;
  /** A file's path in the repository; `null` for one that isn't in it. */
  readonly pathOf: (file: string) => string | null;
  /** What the pull request changes: GitHub takes a suggestion on these lines only. */
  readonly changed: readonly ChangedFile[];
  /** Is a file still good with this text? Suggestions can be committed together, and are judged so. */
  readonly isGood: (file: string, text: string) => boolean;
  /** Tells jobs of one pull request apart. */
  readonly tag: string;
}

/** More would bury the conversation; the worst come first, and the next run offers what is then left. */
const mostSuggestions = 20;
const longestSuggestion = 10_000;

/** What the program's own suggestions of a tag begin their last line with; people's text can't end a body so. */
export const suggestionMarker = (tag: string): string => `<!-- backup-access-guard suggestion ${tag} `;

/** A finding's edit of whole lines. */
interface Offer {
  readonly finding: Finding;
  readonly edit: TextEdit;
  readonly path: string;
  readonly lines: LineEdit;
}

const touch = (a: Offer, b: Offer): boolean =>
  a.path === b.path && a.lines.startLine <= b.lines.line && b.lines.startLine <= a.lines.line;

const isSame = (a: Offer, b: Offer): boolean => touch(a, b) && JSON.stringify(a.lines) === JSON.stringify(b.lines);

/** The edits that would mend what stands, each as a suggestion on its lines, as far as the pull request shows them. */
export const suggestionsOf = (report: Report, ground: SuggestionGround): readonly Suggestion[] => {
  const hunks = new Map(ground.changed.map(({ path, patch }) => [path, patch === null ? [] : parseHunks(patch)]));
  const chosen: { readonly offer: Offer; readonly also: Finding[] }[] = [];
  for (const finding of groupFindings(report.findings).toFix) {
    const offer = offerOf(finding, ground);
    if (offer === null) continue;
    const { startLine, line } = offer.lines;
    const shown = linesInHunk(hunks.get(offer.path) ?? [], startLine, line);
    if (shown === null || !isJudged(shown, ground.texts.get(offer.edit.file) ?? '', startLine)) continue;
    const same = chosen.find((other) => isSame(other.offer, offer));
    if (same !== undefined) same.also.push(finding);
    else if (
      chosen.length < mostSuggestions &&
      goesWith(
        offer,
        chosen.map((other) => other.offer),
        ground,
      )
    )
      chosen.push({ offer, also: [] });
  }
  return chosen.map(({ offer, also }) => ({
    path: offer.path,
    startLine: offer.lines.startLine,
    line: offer.lines.line,
    body: bodyOf(offer, also, ground.tag),
  }));
};

const offerOf = (finding: Finding, { texts, pathOf }: SuggestionGround): Offer | null => {
  const [edit, ...more] = finding.fix?.edits ?? [];
  if (edit === undefined || more.length > 0) return null;
  const text = texts.get(edit.file);
  const path = pathOf(edit.file);
  if (text === undefined || path === null) return null;
  const lines = wholeLines(text, edit);
  const whole = lines.lines.join('\n');
  // Nobody should commit by a click what can't be seen.
  const isPlain = lines.lines.every((line) => inertLine(line, longestSuggestion) === line);
  return whole.length <= longestSuggestion && isPlain ? { finding, edit, path, lines } : null;
};

/** Are these lines of the pull request's head the ones that were judged? A merge may have moved them. */
const isJudged = (shown: readonly string[], text: string, startLine: number): boolean => {
  const judged = text.split(/\r?\n/).slice(startLine - 1, startLine - 1 + shown.length);
  return judged.length === shown.length && judged.every((line, at) => line === shown[at]);
};

/** Each suggestion stays away from the others, and all of them together leave a good file. */
const goesWith = (offer: Offer, others: readonly Offer[], { texts, isGood }: SuggestionGround): boolean => {
  if (others.some((other) => touch(other, offer))) return false;
  const { file } = offer.edit;
  const edits = [offer, ...others].map(({ edit }) => edit).filter((edit) => edit.file === file);
  const together = edits.toSorted((a, b) => b.line - a.line).reduce(applyEdit, texts.get(file) ?? '');
  return isGood(file, together);
};

const bodyOf = ({ finding, lines }: Offer, also: readonly Finding[], tag: string): string => {
  const { severity, rule, message, help, fix, fingerprint } = finding;
  const others = [...new Set(also.map((other) => other.rule))].filter((other) => other !== rule).slice(0, 5);
  const cures = others.length === 0 ? '' : md` Also cures ${join(others.map(code), ', ')}.`;
  const head = md`**${severity}** · ${code(rule)}: ${prose(sentence(message))} ${prose(sentence(help))}`;
  const deed = md`To ${prose(fix?.title ?? '')}:${cures}`;
  const text = lines.lines.map((line) => `${line}\n`).join('');
  const longest = Math.max(2, ...Array.from(text.matchAll(/`+/g), ([run]) => run.length));
  const fence = '`'.repeat(longest + 1);
  return `${head.markdown}\n\n${deed.markdown}\n\n${fence}suggestion\n${text}${fence}\n\n${suggestionMarker(tag)}${plainId(fingerprint)} -->`;
};

const plainId = (fingerprint: string): string => fingerprint.replace(/[^\w-]/g, '');
