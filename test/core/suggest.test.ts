import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { editDistance, suggest } from '../../src/core/suggest.ts';

describe('suggest', () => {
  it.each([
    ['enforcment', ['enforcement', 'exceptions'], 'enforcement'],
    ['Mail.Raed', ['Mail.Read', 'Mail.ReadWrite', 'Mail.Send'], 'Mail.Read'],
    ['mail.read', ['Mail.Read'], 'Mail.Read'],
    ['MailRead', ['Mail.Read'], 'Mail.Read'],
    ['azure_vm_disk', ['azure-vm', 'azure-vm-disk'], 'azure-vm-disk'],
    ['Disk Backup Raeder', ['Disk Backup Reader', 'Disk Pool Operator'], 'Disk Backup Reader'],
    ['Sites.FullControl', ['Sites.FullControl.All', 'Sites.Read.All'], 'Sites.FullControl.All'],
    ['appid', ['appId'], 'appId'],
    ['ab', ['abc'], 'abc'],
  ])('%s among %j is %s', (typed, known, expected) => expect(suggest(typed, known)).toBe(expected));

  it.each([
    ['lotus-notes', ['onenote', 'sharepoint']],
    ['x', ['name', 'owner']],
    ['', ['name']],
    ['…', ['name']],
    ['Directory.ReadWrite.All', []],
  ])('%s among %j is nothing', (typed, known) => expect(suggest(typed, known)).toBeNull());

  it('a known name is its own suggestion', () => {
    const word = fc.stringMatching(/^[a-z]{3,20}$/);
    fc.assert(
      fc.property(word, fc.array(word, { maxLength: 5 }), (name, others) => suggest(name, [...others, name]) === name),
    );
  });
});

describe('editDistance', () => {
  const word = fc.stringMatching(/^[abc]{0,8}$/);
  it('is zero for equals only, the same both ways, and one for a swap, drop or change', () => {
    fc.assert(fc.property(word, word, (a, b) => (editDistance(a, b, 99) === 0) === (a === b)));
    fc.assert(fc.property(word, word, (a, b) => editDistance(a, b, 99) === editDistance(b, a, 99)));
    expect([editDistance('ab', 'ba', 9), editDistance('abc', 'ac', 9), editDistance('abc', 'axc', 9)]).toEqual([
      1, 1, 1,
    ]);
  });
});
