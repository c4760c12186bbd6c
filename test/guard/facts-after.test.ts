import { describe, expect, it } from 'vitest';
import { armId, objectId } from '../../src/core/ids.ts';
import { factsAfter, marksOf } from '../../src/guard/facts-after.ts';
import { appRole, azureRole, delegated, group } from '../support/facts.ts';
import { changing, giving, taking } from '../support/guard-world.ts';

const app = group('rg-app');
const reader = azureRole('Reader', app);
const mail = appRole('Mail.Read');

describe('what stands after changes', () => {
  it('without what is taken, with what is given', () => {
    expect(factsAfter([reader], [taking(reader), giving(mail)])).toEqual([mail]);
  });

  it('what is given is held once', () => {
    expect(factsAfter([mail], [giving(mail), giving({ ...mail })])).toEqual([mail]);
  });

  it('changed, where it is changed', () => {
    const after = azureRole('Reader', app, { condition: 'a' });
    expect(factsAfter([reader, mail], [changing(reader, after)])).toEqual([mail, after]);
  });

  it('what groups give stays', () => {
    const both = { ...reader, assignmentId: armId('/a'), through: [objectId('g')] };
    expect(factsAfter([both], [taking(both)])).toEqual([{ ...both, assignmentId: null }]);
  });

  it('one grant is gone for all who are told to hold it', () => {
    const held = { ...reader, assignmentId: armId('/A/1') };
    const twin = { ...held, key: 'told of another', assignmentId: armId('/a/1') };
    const other = { ...held, key: 'another', assignmentId: armId('/a/2') };
    expect(factsAfter([held, twin, other], [taking(held)])).toEqual([other]);
  });

  it('the same of an application permission, and of no other kind by the same id', () => {
    const held = { ...mail, assignmentId: 'A' };
    const twin = { ...held, key: 'told of another', assignmentId: 'a' };
    const role = { ...reader, assignmentId: armId('a') };
    const unnamed = { ...delegated('Mail.Read'), assignmentId: 'a' };
    expect(factsAfter([held, twin, role, unnamed], [taking(held)])).toEqual([role, unnamed]);
    expect(factsAfter([mail, { ...mail, key: 'another' }], [taking(mail)])).toEqual([{ ...mail, key: 'another' }]);
  });

  it('a grant is known by its key, and by Microsoft’s id where there is one', () => {
    expect(marksOf({ ...mail, assignmentId: 'A' })).toEqual([mail.key, 'app-role-assignment a']);
    expect(marksOf({ ...reader, assignmentId: armId('/A') })).toEqual([reader.key, 'azure-role-assignment /a']);
    expect(marksOf(mail)).toEqual([mail.key]);
    expect(marksOf(delegated('Mail.Read'))).toEqual([delegated('Mail.Read').key]);
  });

  it('nothing is what stands of nothing', () => {
    expect(factsAfter([], [taking(reader)])).toEqual([]);
  });
});
