import type { Fault } from './fault.ts';
import { lineSpanAt, type SourceText } from './source-text.ts';

/** Largest file that is read, in bytes of UTF-8. */
export const maxFileBytes = 256 * 1024;

const bytesOf = (text: string): number => {
  let bytes = 0;
  for (let at = 0; at < text.length; at += 1) {
    const unit = text.charCodeAt(at);
    // Each half of a surrogate pair counts two of its four bytes.
    bytes += unit < 0x80 ? 1 : unit < 0x800 || (unit >= 0xd800 && unit < 0xe000) ? 2 : 3;
  }
  return bytes;
};

const hidden =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
  /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\ufffd]/gu;

const nameOf = (code: number): string => {
  if (code === 0) return 'a NUL character';
  if (code === 0xfffd) return 'a replacement character, left by a wrong encoding';
  if (code < 0x20 || (code >= 0x7f && code < 0xa0)) return 'a control character';
  if ((code >= 0x202a && code <= 0x202e) || (code >= 0x2066 && code <= 0x2069) || code === 0x061c) {
    return 'a character that reverses the text around it';
  }
  return 'an invisible character';
};

const hiddenFaults = (source: SourceText): Fault[] =>
  Array.from(source.text.matchAll(hidden), (found) => {
    const code = found[0].codePointAt(0) ?? 0;
    return {
      code: 'hidden-character',
      message: `there is ${nameOf(code)} here (U+${code.toString(16).toUpperCase().padStart(4, '0')})`,
      help: 'delete it: what reviewers see and what the program reads have to be the same',
      span: { start: found.index, end: found.index + found[0].length },
      subject: null,
    };
  });

const conflictFaults = (source: SourceText): Fault[] =>
  Array.from(source.text.matchAll(/^(<{7}|={7}|>{7}|\|{7})(?=[ \r\n]|$)/gm), (found) => ({
    code: 'conflict-marker',
    message: 'a merge conflict was left in this file',
    help: 'keep one of the two sides and delete the lines with the markers',
    span: lineSpanAt(source, found.index),
    subject: null,
  }));

/** A blank line, a comment, or the mark at which a document begins. */
const saysNothing = /^(?:[ \t\r]*(?:#|$)|---[ \t\r]*$)/;

/** What is wrong with a text before it is read as YAML. Any of these ends the reading of the file. */
export const faultsOfText = (source: SourceText): readonly Fault[] => {
  const whole = (code: string, message: string, help: string): Fault[] => [
    { code, message, help, span: lineSpanAt(source, 0), subject: null },
  ];
  const bytes = bytesOf(source.text);
  if (bytes > maxFileBytes) {
    return whole('file-too-large', `the file has ${bytes} bytes; the limit is ${maxFileBytes}`, 'split it');
  }
  if (/^version https:\/\/git-lfs\.github\.com\/spec\//.test(source.text)) {
    return whole(
      'git-lfs-pointer',
      'this is a pointer of Git LFS, not the file itself',
      'run `git lfs pull`, or keep this file out of Git LFS',
    );
  }
  if (source.text.split('\n').every((line) => saysNothing.test(line))) {
    const empty = source.text.trim() === '';
    return whole(
      'empty-file',
      empty ? 'the file is empty' : 'the file holds nothing but comments',
      'an empty file asks for nothing and revokes nothing: write the policy, or delete the file',
    );
  }
  const conflicts = conflictFaults(source);
  if (conflicts.length > 0) return conflicts;
  // A file of nothing but invisible characters needs no more than a screenful of complaints.
  return hiddenFaults(source).slice(0, 50);
};
