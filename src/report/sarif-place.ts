import type { Place } from '../core/diagnostic.ts';
import { sentence } from './sentence.ts';

/** A file of the repository as a relative URI. */
const sarifFile = (file: string) => ({
  uri: file.split('/').map(encodeURIComponent).join('/'),
  uriBaseId: '%SRCROOT%',
});

/** A place as SARIF has it: columns and lines from 1, `endColumn` behind the last character, in UTF-16 units. */
export const sarifPlace = ({ file, line, column, endLine, endColumn }: Place) => ({
  physicalLocation: {
    artifactLocation: sarifFile(file),
    region: {
      startLine: Math.max(1, line),
      startColumn: Math.max(1, column),
      endLine: Math.max(1, line, endLine),
      endColumn: endLine > line ? Math.max(1, endColumn) : Math.max(1, column, endColumn),
    },
  },
});

/** Plain text for SARIF, whose viewers make links of `[text](address)`. */
export const sarifText = (text: string): string => text.replace(/\](?=\()/g, '] ');

/** The same, as the whole sentence that SARIF asks for. */
export const sarifSentence = (text: string): string => sarifText(sentence(text));
