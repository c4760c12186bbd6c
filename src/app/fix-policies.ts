import type { Finding } from '../core/finding.ts';
import { applyEdit } from '../core/text-edit.ts';

/** A policy file and its text. */
export interface PolicyText {
  readonly path: string;
  readonly text: string;
}

/** What was mended: in which file, by which rule, and in words. */
export interface Mended {
  readonly file: string;
  readonly rule: string;
  readonly title: string;
}

/** More fixes than any folder of policies has: beyond it two rules undo each other. */
const rounds = 5000;

/**
 * Mends one finding after the other and judges anew each time, so that a fix never rests on a line that another one has
 * changed. Ends when no finding has a fix left, or only such as were made before.
 */
export const fixPolicies = (
  files: readonly PolicyText[],
  judge: (files: readonly PolicyText[]) => readonly Finding[],
): { readonly files: readonly PolicyText[]; readonly mended: readonly Mended[] } => {
  let now = files;
  const mended: Mended[] = [];
  const seen = new Set(files.map(({ text }) => text));
  for (let round = 0; round < rounds; round += 1) {
    const next = judge(now).flatMap(({ rule, fix }) => (fix === null ? [] : [{ rule, fix }]))[0];
    const edit = next?.fix.edits[0];
    if (next === undefined || edit === undefined) return { files: now, mended };
    const edited = now.map((file) => (file.path === edit.file ? { ...file, text: applyEdit(file.text, edit) } : file));
    const changed = edited.find(({ path }) => path === edit.file)?.text ?? '';
    // A text that was there before would be mended round and round.
    if (seen.has(changed)) return { files: now, mended };
    seen.add(changed);
    mended.push({ file: edit.file, rule: next.rule, title: next.fix.title });
    now = edited;
  }
  return { files: now, mended };
};
