import { describe, expect, test } from 'vitest';
import { exchangeOnline, microsoftGraph, sharePointOnline } from '../../src/knowledge/apis.ts';
import { heldCover, minimalCover } from '../../src/knowledge/minimal-cover.ts';
import { products } from '../../src/knowledge/products.ts';

describe('the minimal cover', () => {
  test.each([
    [microsoftGraph, [], []],
    [microsoftGraph, ['Sites.Read.All'], ['Sites.Read.All']],
    [microsoftGraph, ['Files.Read.All', 'Sites.FullControl.All', 'Sites.Read.All'], ['Sites.FullControl.All']],
    [microsoftGraph, ['Mail.Read', 'Sites.Read.All', 'Mail.ReadBasic.All'], ['Mail.Read', 'Sites.Read.All']],
    [microsoftGraph, ['mail.readbasic.all', 'MAIL.READ'], ['MAIL.READ']],
    [microsoftGraph, ['Mail.Read', 'mail.read'], ['Mail.Read']],
    [microsoftGraph, ['No.Such', 'Mail.Read'], ['No.Such', 'Mail.Read']],
    [sharePointOnline, ['Sites.Read.All', 'Sites.FullControl.All'], ['Sites.FullControl.All']],
    [exchangeOnline, ['Mail.Read', 'full_access_as_app'], ['full_access_as_app']],
  ])('on %s of %j: %j', (api, needed, expected) => {
    expect(minimalCover(api, needed)).toEqual(expected);
  });

  test.each([
    ['a pair that only looks like an implication', microsoftGraph, ['Group.Read.All', 'Directory.Read.All']],
    ['a scoping mechanism', microsoftGraph, ['Sites.Selected', 'Sites.FullControl.All']],
    ['an edge of another API', sharePointOnline, ['Files.Read.All', 'Sites.Read.All']],
  ])('keeps %s', (_, api, needed) => {
    expect(minimalCover(api, needed)).toEqual(needed);
  });

  test('of the 39 rows that vPlus asks of Microsoft Graph is 18', () => {
    const rows = products
      .find((one) => one.id === 'catalogic-vplus')
      ?.documented.filter((one) => one.api === microsoftGraph && one.plane === 'application')
      .map((one) => one.value);
    expect(minimalCover(microsoftGraph, rows ?? [])).toHaveLength(18);
  });
});

describe('what of the held permissions covers a need', () => {
  test.each([
    ['the very ones', ['Mail.Read'], ['Mail.Read'], ['Mail.Read'], [], []],
    ['the broader one where only that is held', ['Mail.ReadWrite'], ['Mail.Read'], ['Mail.ReadWrite'], [], []],
    [
      'the narrowest of several',
      ['Sites.FullControl.All', 'Sites.ReadWrite.All', 'Sites.Manage.All'],
      ['Sites.Read.All'],
      ['Sites.ReadWrite.All'],
      ['Sites.FullControl.All', 'Sites.Manage.All'],
      [],
    ],
    [
      'one for two needs, where it is needed anyway',
      ['Files.Read.All', 'Sites.FullControl.All'],
      ['Files.Read.All', 'Sites.FullControl.All'],
      ['Sites.FullControl.All'],
      ['Files.Read.All'],
      [],
    ],
    ['in any case', ['MAIL.READ', 'Chat.Create'], ['mail.read'], ['MAIL.READ'], ['Chat.Create'], []],
    ['nothing where nothing is needed', ['Mail.Read'], [], [], ['Mail.Read'], []],
    ['nothing where nothing gives it', ['Mail.Send'], ['Mail.Read'], [], ['Mail.Send'], ['Mail.Read']],
    [
      'what can be covered, and what is missing',
      ['Group.Read.All'],
      ['GroupMember.Read.All', 'Directory.Read.All'],
      ['Group.Read.All'],
      [],
      ['Directory.Read.All'],
    ],
    [
      'nothing of a scoped grant',
      ['Sites.FullControl.All'],
      ['Sites.Selected'],
      [],
      ['Sites.FullControl.All'],
      ['Sites.Selected'],
    ],
  ])('%s', (_, held, needed, cover, spare, missing) => {
    expect(heldCover(microsoftGraph, held, needed)).toEqual({ cover, spare, missing });
  });
});
