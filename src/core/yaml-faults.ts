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
    help: 'start it on a line of its own, or put quotes around text that holds `: `',
  },
  UNEXPECTED_TOKEN: {
    code: 'bad-yaml',
    message: 'this is not expected here',
    help: 'put quotes around text that begins with a special character or holds `: ` or ` #`',
  },
  BAD_SCALAR_START: {
    code: 'bad-yaml',
    message: 'text can\'t begin with this character',
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
  message: 'this can\'t be read as YAML',
  help: 'compare its indent, quotes and brackets with an example in the documentation',
};

/** What the YAML parser complains of, in a person's words. Its own messages speak of its insides. */
export const faultOfYamlError = (error: YAMLError, textLength: number): Fault => {
  const start = Math.min(error.pos[0], Math.max(0, textLength - 1));
  return {
    ...(words[error.code] ?? other),
    span: { start, end: Math.max(start + 1, Math.min(error.pos[1], textLength)) },
    subject: null,
  };
};
