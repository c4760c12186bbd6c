import { type BrokenCase, change, samplePolicy, withAccess } from './sample-policy.ts';

/** Keys in disguise, syntax, depth and size. */
export const brokenYaml: Readonly<Record<string, BrokenCase>> = {
  'a key twice': {
    text: change('  owner:', '  name: other\n  owner:'),
    says: ['5:3 duplicate-key: the key `name` is there twice [it is first on line 4: keep one of the two]'],
  },
  'keys that differ in case only': {
    text: change('  owner:', '  Name: other\n  owner:'),
    says: [
      '5:3 duplicate-key: the keys `name` and `Name` differ in case only [it is first on line 4: keep one of the two]',
    ],
  },
  'a number as a key': {
    text: withAccess('    applicationPermissions:\n      1: []\n      "1": []'),
    says: ['15:7 key-not-text: the key `1` is not read as text [put it in quotes: `"1"`]'],
  },
  'a boolean as a key': {
    text: withAccess('    applicationPermissions:\n      true: []'),
    says: ['15:7 key-not-text: the key `true` is not read as text [put it in quotes: `"true"`]'],
  },
  'a key that others read as a boolean': {
    text: withAccess('    applicationPermissions:\n      on: []'),
    says: ['15:7 needs-quotes: the key `on` is not text to every YAML reader [put it in quotes: `"on"`]'],
  },
  'no key at all': {
    text: withAccess('    applicationPermissions:\n      : []'),
    says: ['15:7 key-not-text: a key is missing before the `:` [write the key]'],
  },
  'a list as a key': {
    text: withAccess('    applicationPermissions:\n      ? [a]\n      : []'),
    says: ["15:9 key-not-text: a map or list can't be a key [put quotes around text that begins with a bracket]"],
  },
  'a key with an accent, twice over': {
    text: withAccess('    applicationPermissions:\n      Caf\u00e9: []\n      Cafe\u0301: []'),
    says: [
      '15:7 key-not-ascii: the key `Caf\u00e9` has characters beyond plain ASCII [characters that look alike are told apart by nobody: name an API by its app id]',
      '16:7 key-not-ascii: the key `Cafe\u0301` has characters beyond plain ASCII [characters that look alike are told apart by nobody: name an API by its app id]',
    ],
  },
  'a key in look-alike letters': {
    text: withAccess('    applicationPermissions:\n      Micr\u043esoft Graph: []'),
    says: [
      '15:7 key-not-ascii: the key `Micr\u043esoft Graph` has characters beyond plain ASCII [characters that look alike are told apart by nobody: name an API by its app id]',
    ],
  },
  'the key __proto__': {
    text: change('  owner:', '  __proto__: x\n  owner:'),
    says: ['5:3 key-refused: the key `__proto__` is refused [nothing has this name: drop it]'],
  },
  'the key constructor': {
    text: change('  owner:', '  constructor: x\n  owner:'),
    says: ['5:3 key-refused: the key `constructor` is refused [nothing has this name: drop it]'],
  },
  'the key prototype': {
    text: change('  owner:', '  prototype: x\n  owner:'),
    says: ['5:3 key-refused: the key `prototype` is refused [nothing has this name: drop it]'],
  },
  'a tab as indent': {
    text: change('  name: hubstor-prod', '\tname: hubstor-prod'),
    says: ['4:1 tab-as-indent: a tab indents this line [indent with spaces]'],
  },
  'an indent that fits nowhere': {
    text: change('  owner:', '   owner:'),
    says: [
      '4:9 bad-yaml: a map or list begins on a line that already has a value [look at the indent of the next line, or put quotes around text that holds `: `]',
    ],
  },
  'an open bracket': {
    text: change('[backup]', '[backup'),
    says: ['12:7 bad-yaml: a bracket is still open at this line [close the list or map that was opened before it]'],
  },
  'an open quote': {
    text: change('hubstor-prod', '"hubstor-prod'),
    says: [
      '14:18 bad-yaml: a character is missing here: a `:`, a comma, a bracket or a quote [look at what was opened before this place and not closed]',
    ],
  },
  'no colon behind a key': {
    text: change('spec:', 'spec'),
    says: [
      '6:1 bad-yaml: a key has to stand on one line, with a `:` behind it [a `:` is missing here or on the line before]',
    ],
  },
  '33 levels of brackets': {
    text: change('[backup]', `${'['.repeat(33)}${']'.repeat(33)}`),
    says: ['11:47 too-deep: lists and maps lie more than 32 levels deep [policies need fewer than 10]'],
  },
  '34 levels of indent': {
    text: `${Array.from({ length: 34 }, (_, level) => `${' '.repeat(level)}a:`).join('\n')}\n`,
    says: ['33:34 too-deep: lists and maps lie more than 32 levels deep [policies need fewer than 10]'],
  },
  '34 list items in each other': {
    text: `${'- '.repeat(34)}x\n`,
    says: ['1:65 too-deep: lists and maps lie more than 32 levels deep [policies need fewer than 10]'],
  },
  'a file beyond the limit': {
    text: `${samplePolicy}# ${'x'.repeat(256 * 1024)}\n`,
    says: ['1:1 file-too-large: the file has 262527 bytes; the limit is 262144 [split it]'],
  },
};
