import { type BrokenCase, change, samplePolicy } from './sample-policy.ts';

/** Files that are no YAML to be trusted: empty, hidden characters, what YAML can do beyond plain values. */
export const brokenText: Readonly<Record<string, BrokenCase>> = {
  'an empty file': {
    text: '',
    says: [
      '1:1 empty-file: the file is empty [an empty file asks for nothing and revokes nothing: write the policy, or delete the file]',
    ],
  },
  'a file of blanks': {
    text: '  \n\n',
    says: [
      '1:1 empty-file: the file is empty [an empty file asks for nothing and revokes nothing: write the policy, or delete the file]',
    ],
  },
  'a file of comments': {
    text: '# nothing\n\n# here\n',
    says: [
      '1:1 empty-file: the file holds nothing but comments [an empty file asks for nothing and revokes nothing: write the policy, or delete the file]',
    ],
  },
  'a document marker and nothing else': {
    text: '---\n',
    says: [
      '1:1 empty-file: the file holds nothing but comments [an empty file asks for nothing and revokes nothing: write the policy, or delete the file]',
    ],
  },
  'a NUL character': {
    text: change('hubstor-prod', 'hub\u0000stor'),
    says: [
      '4:12 hidden-character: there is a NUL character here (U+0000) [delete it: what reviewers see and what the program reads have to be the same]',
    ],
  },
  'a character that reverses text': {
    text: change('backup-team@', '\u202ebackup-team@'),
    says: [
      '5:10 hidden-character: there is a character that reverses the text around it here (U+202E) [delete it: what reviewers see and what the program reads have to be the same]',
    ],
  },
  'a zero-width character in a name': {
    text: change('hubstor-prod', 'hubstor\u200b-prod'),
    says: [
      '4:16 hidden-character: there is an invisible character here (U+200B) [delete it: what reviewers see and what the program reads have to be the same]',
    ],
  },
  'a byte order mark in the middle': {
    text: change('spec:', '\ufeffspec:'),
    says: [
      '6:1 hidden-character: there is an invisible character here (U+FEFF) [delete it: what reviewers see and what the program reads have to be the same]',
    ],
  },
  'text that was decoded wrongly': {
    text: change('hubstor-prod', 'hub\ufffdstor'),
    says: [
      '4:12 hidden-character: there is a replacement character, left by a wrong encoding here (U+FFFD) [delete it: what reviewers see and what the program reads have to be the same]',
    ],
  },
  'conflict markers': {
    text: change('  name: hubstor-prod\n', '<<<<<<< HEAD\n  name: a\n=======\n  name: b\n>>>>>>> feature\n'),
    says: [
      '4:1 conflict-marker: a merge conflict was left in this file [keep one of the two sides and delete the lines with the markers]',
      '6:1 conflict-marker: a merge conflict was left in this file [keep one of the two sides and delete the lines with the markers]',
      '8:1 conflict-marker: a merge conflict was left in this file [keep one of the two sides and delete the lines with the markers]',
    ],
  },
  'a Git LFS pointer': {
    text: 'version https://git-lfs.github.com/spec/v1\noid sha256:4d7a\nsize 12\n',
    says: [
      '1:1 git-lfs-pointer: this is a pointer of Git LFS, not the file itself [run `git lfs pull`, or keep this file out of Git LFS]',
    ],
  },
  'an anchor and its alias': {
    text: change('owner: backup-team@contoso.example', 'owner: &o backup-team@contoso.example\n  description: *o'),
    says: [
      '5:10 anchor-refused: anchor `&o` is refused [drop it, and write the value out wherever it is needed]',
      '6:16 alias-refused: alias `*o` is refused [write the value out here]',
    ],
  },
  'a merge key': {
    text: change('  owner:', '  <<: {}\n  owner:'),
    says: ['5:3 merge-key-refused: the merge key `<<` is refused [write the keys out here]'],
  },
  'a tag': {
    text: change('name: hubstor-prod', 'name: !!str hubstor-prod'),
    says: ['4:9 tag-refused: tag `!!str` is refused [drop it; put quotes around what has to be text]'],
  },
  'an unknown tag': {
    text: change('name: hubstor-prod', 'name: !foo hubstor-prod'),
    says: ['4:9 tag-refused: tag `!foo` is refused [drop it; put quotes around what has to be text]'],
  },
  'a tag that runs code elsewhere': {
    text: change('name: hubstor-prod', 'name: !!js/function hubstor-prod'),
    says: ['4:9 tag-refused: tag `!!js/function` is refused [drop it; put quotes around what has to be text]'],
  },
  'a directive': {
    text: `%YAML 1.1\n---\n${samplePolicy}`,
    says: [
      '1:1 directive-refused: directive `%YAML 1.1` is refused [drop the line: policies are YAML 1.2 without directives]',
    ],
  },
  'two documents': {
    text: `${samplePolicy}---\n${samplePolicy}`,
    says: ['15:1 several-documents: a second document begins here [one file holds one policy]'],
  },
};
