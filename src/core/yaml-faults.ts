import type { ErrorCode, YAMLError } from 'yaml';
import type { Fault, FaultWords } from './fault.ts';

const words: Partial<Record<ErrorCode, FaultWords>> = {
  BAD_INDENT: {
    code: 'bad-indent',
    message: 'this line is indented otherwise than the lines it belongs to',
    help: 'keys of one map and items of one list start in the same column',
  },
  TAB_AS_INDENT: { code: 'tab-as-indent', message: 'a tab indents this line', help: 'indent with spaces' },
  MISSING_CHAR: {
    code: 'bad-yaml',
    message: 'a character is missing here: a `:`, a comma, a bracket or a quote',
    help: 'look at what was opened before this place and not closed',
  },
  MULTILINE_IMPLICIT_KEY: {
    code: 'bad-yaml',
    message: 'a key has to stand on one line, with a `:` behind it',
    help: 'a `:` is missing here or on the line before',
  },
  BLOCK_AS_IMPLICIT_KEY: {
    code: 'bad-yaml',
    message: 'a map or list begins on a line that already has a value',
    help: 'look at the indent of the next line, or put quotes around text that holds `: `',
  },
  UNEXPECTED_TOKEN: {
    code: 'bad-yaml',
    message: 'this is not expected here',
    help: 'put quotes around text that begins with a special character or holds `: ` or ` #`',
  },
  BAD_SCALAR_START: {
    code: 'bad-yaml',
    message: "text can't begin with this character",
    help: 'put quotes around it',
  },
  BAD_DQ_ESCAPE: {
    code: 'bad-yaml',
    message: 'this is no escape sequence of a text in double quotes',
    help: 'use single quotes, or double the backslash',
  },
  MULTIPLE_DOCS: {
    code: 'several-documents',
    message: 'a second document begins here',
    help: 'one file holds one policy',
  },
};

const other: FaultWords = {
  code: 'bad-yaml',
  message: "this can't be read as YAML",
  help: 'compare its indent, quotes and brackets with an example in the documentation',
};

const openBracket: FaultWords = {
  code: 'bad-yaml',
  message: 'a bracket is still open at this line',
  help: 'close the list or map that was opened before it',
};

// The parser has one code for a line out of place and for a bracket that isn't closed; only its text tells them apart.
const isOpenBracket = (error: YAMLError): boolean => error.code === 'BAD_INDENT' && /^Flow /.test(error.message);

const faultOfYamlError = (error: YAMLError, text: string): Fault => {
  let start = Math.min(error.pos[0], Math.max(0, text.length - 1));
  // What is missed at a line's end is shown under its last character.
  while (start > 0 && /[\r\n]/.test(text.charAt(start))) start -= 1;
  return {
    ...(isOpenBracket(error) ? openBracket : (words[error.code] ?? other)),
    span: { start, end: Math.max(start + 1, Math.min(error.pos[1], text.length)) },
    subject: null,
  };
};

/**
 * What the YAML parser complains of, in a person's words: the first complaint, as after one slip it only guesses, and
 * every tab, which stands by itself.
 */
export const faultsOfYamlErrors = (errors: readonly YAMLError[], text: string): readonly Fault[] =>
  errors
    .filter((error, index) => index === 0 || error.code === 'TAB_AS_INDENT')
    .map((error) => faultOfYamlError(error, text));
