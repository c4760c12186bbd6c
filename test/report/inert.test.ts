import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { clip, escapeCommand, escapeCommandProperty, inertJson, inertLine } from '../../src/report/inert.ts';
import { code, md, prose } from '../../src/report/markdown-text.ts';
import { hostileText, runnerCommands } from '../support/hostile.ts';

describe('a line is inert', () => {
  test.each([
    ['Contributor', 'Contributor'],
    ['rg-erp-prod (EU): 2 disks', 'rg-erp-prod (EU): 2 disks'],
    ['Sauvegarde d’été', 'Sauvegarde d’été'],
    ['::error::x', '\\u{3a}:error\\u{3a}:x'],
    ['##[group]x', '##\\u{5b}group]x'],
    ['\u001b[31mred', '\\u{1b}[31mred'],
    ['a\r\nb', 'a\\u{d}\\u{a}b'],
    ['a\tb', 'a b'],
    ['\u202egnp.exe', '\\u{202e}gnp.exe'],
    ['a\u200bb', 'a\\u{200b}b'],
    ['\ud800', '\\u{d800}'],
    ['a\u2028b', 'a\\u{2028}b'],
  ])('%j', (text, expected) => {
    expect(inertLine(text)).toBe(expected);
  });

  test('and bounded, without half a character', () => {
    expect(clip('abc', 3)).toBe('abc');
    expect(clip('abcd', 3)).toBe('ab…');
    expect(clip('a😀bc', 3)).toBe('a…');
    expect(inertLine('x'.repeat(1_000_000)).length).toBe(600);
  });

  test('whatever the text', () => {
    fc.assert(
      fc.property(hostileText, (text) => {
        const line = inertLine(text);
        expect(line).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/u);
        expect(runnerCommands(line)).toEqual([]);
        expect(inertLine(line)).toBe(line);
      }),
    );
  });
});

test('JSON keeps its value and loses what steers a terminal or a runner', () => {
  fc.assert(
    fc.property(hostileText, (text) => {
      const json = inertJson(JSON.stringify({ text }));
      expect(JSON.parse(json)).toEqual({ text });
      expect(json).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/u);
      expect(runnerCommands(json)).toEqual([]);
    }),
  );
});

describe('Markdown text', () => {
  test.each([
    ['Contributor', '`Contributor`'],
    ['policies/a.yaml:3', '`policies/a.yaml:3`'],
    ['@org/team', '`@org/team`'],
    ['a`b', 'a&#96;b'],
    ['a|b', 'a&#124;b'],
    ['</details>', '&#60;/details&#62;'],
    ['', ''],
  ])('%j as code', (text, expected) => {
    expect(code(text).markdown).toBe(expected);
  });

  test.each([
    ['`Owner` on `rg` is too much', '`Owner` on `rg` is too much'],
    ['`Owner is too much', '&#96;Owner is too much'],
    ['ask @org/team about #1', 'ask @\u2060org/team about &#35;\u20601'],
    ['![x](http://evil.example)', '&#33;&#91;x&#93;(http:\u2060//evil.example)'],
    ['www.evil.example', 'www\u2060.evil.example'],
    ['GH-1', 'GH-\u20601'],
    ['- a', '&#45; a'],
    ['   - a', ' &#45; a'],
    ['1. a', '1&#46; a'],
    ['on 1. May', 'on 1. May'],
    ['a & b', 'a &#38; b'],
  ])('%j as a sentence', (text, expected) => {
    expect(prose(text).markdown).toBe(expected);
  });

  test('escapes each value of a template that is not Markdown already', () => {
    expect(md`**${'<b>'}** ${2} ${code('x')}`.markdown).toBe('**&#60;b&#62;** 2 `x`');
  });
});

test('a command escapes what its parser reads', () => {
  expect(escapeCommand('50 %\r\n::error::x')).toBe('50 %25%0D%0A::error::x');
  expect(escapeCommandProperty('a:b,c%\n')).toBe('a%3Ab%2Cc%25%0A');
});
