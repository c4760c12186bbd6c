import fc from 'fast-check';
import { expect, it, test } from 'vitest';
import { removeEntry, replaceEntry } from '../../src/core/edit-list.ts';
import type { Finding } from '../../src/core/finding.ts';
import type { Report } from '../../src/core/report.ts';
import { type SuggestionGround, suggestionMarker, suggestionsOf } from '../../src/report/suggestions.ts';
import { hostileText } from '../support/hostile.ts';
import { at, finding } from '../support/report-parts.ts';
import { clean } from '../support/reports.ts';

const file = 'policies/p.yaml';
const text = 'name: p\nroles:\n  - Owner\n  - Contributor\n  - Reader\nflow: [a, b]\nlone:\n  - x\n';
/** All of a file as a diff that adds it. */
const added = (whole: string): string => {
  const lines = whole.replace(/\n$/, '').split('\n');
  return `@@ -0,0 +1,${lines.length} @@\n${lines.map((line) => `+${line}`).join('\n')}`;
};
const ground: SuggestionGround = {
  texts: new Map([[file, text]]),
  pathOf: (path: string) => path,
  changed: [{ path: file, patch: added(text) }],
  tag: 'default',
  isGood: () => true,
};

const fixed = (line: number, column: number, entries: readonly string[] = [], over: Partial<Finding> = {}): Finding => {
  const place = at(file, line, column, 1);
  const edit = entries.length === 0 ? removeEntry(file, text, place) : replaceEntry(file, text, place, entries);
  if (edit === null) throw new Error('no entry starts there');
  const subject = text.split('\n')[line - 1]?.slice(column - 1) ?? '';
  const title =
    entries.length === 0 ? `remove \`${subject}\`` : `replace \`${subject}\` by \`${entries.join('`, `')}\``;
  return finding({
    place,
    subject,
    message: `\`${subject}\` is too much`,
    help: 'ask for less',
    fix: { title, safety: 'review', edits: [edit] },
    ...over,
  });
};
const report = (...findings: readonly Finding[]): Report => ({ ...clean, findings });
const spots = (given: Report, on: Partial<SuggestionGround> = {}) =>
  suggestionsOf(given, { ...ground, ...on }).map(({ path, startLine, line }) => `${path}:${startLine}-${line}`);

it('is a block that a click commits, with what it is for and whose it is', () => {
  expect(suggestionsOf(report(fixed(3, 5, ['Disk Backup Reader', 'Disk Snapshot Contributor'])), ground)).toEqual([
    {
      path: file,
      startLine: 3,
      line: 3,
      body: [
        '**high** · `privileged-azure-role`: `Owner` is too much. Ask for less.',
        '',
        'To replace `Owner` by `Disk Backup Reader`, `Disk Snapshot Contributor`:',
        '',
        '```suggestion',
        '  - Disk Backup Reader',
        '  - Disk Snapshot Contributor',
        '```',
        '',
        '<!-- backup-access-guard suggestion default b7e1c0d24f -->',
      ].join('\n'),
    },
  ]);
});

it('takes lines out by a block without a line', () => {
  const [suggestion] = suggestionsOf(report(fixed(4, 5)), ground);
  expect(suggestion?.body).toContain('To remove `Contributor`:\n\n```suggestion\n```\n\n');
});

it('names the other rules that the same edit cures, once', () => {
  const same = ['self-escalation', 'self-escalation', 'privileged-azure-role'].map((rule) =>
    fixed(3, 5, [], { rule, severity: 'medium' }),
  );
  const [first, ...more] = suggestionsOf(report(fixed(3, 5), ...same), ground);
  expect(more).toEqual([]);
  expect(first?.body).toContain('To remove `Owner`: Also cures `self-escalation`.');
});

const edit = fixed(3, 5).fix?.edits[0];
test.each<[string, Report, Partial<SuggestionGround>, readonly string[]]>([
  ['a finding without a fix', report(finding()), {}, []],
  ['what stands', report(fixed(3, 5)), {}, [`${file}:3-3`]],
  [
    'what is accepted',
    report(fixed(3, 5, [], { exception: { reason: '', approvedBy: '', expires: '', place: at(file, 1) } })),
    {},
    [],
  ],
  ['what the plan cures', report(fixed(3, 5, [], { curedByPlan: true, stands: false })), {}, []],
  ['several lines that belong together', report(fixed(8, 5)), {}, [`${file}:7-8`]],
  ['two on different lines', report(fixed(3, 5), fixed(5, 5)), {}, [`${file}:3-3`, `${file}:5-5`]],
  [
    'the worse of two on one line',
    report(fixed(6, 8, [], { severity: 'low' }), fixed(6, 11, [], { severity: 'high' })),
    {},
    [`${file}:6-6`],
  ],
  [
    'what leaves a good file, and no more than that',
    report(fixed(3, 5), fixed(4, 5), fixed(5, 5)),
    { isGood: (_file: string, whole: string) => whole.includes('  - ') && /- (Owner|Contributor|Reader)/.test(whole) },
    [`${file}:3-3`, `${file}:4-4`],
  ],
  [
    'a fix of several edits',
    report(finding({ fix: { title: '', safety: 'review', edits: edit === undefined ? [] : [edit, edit] } })),
    {},
    [],
  ],
  [
    'a file that the pull request does not touch',
    report(fixed(3, 5)),
    { changed: [{ path: 'other.yaml', patch: added(text) }] },
    [],
  ],
  ['a file whose patch GitHub does not tell', report(fixed(3, 5)), { changed: [{ path: file, patch: null }] }, []],
  [
    'lines beside those that the diff shows',
    report(fixed(3, 5), fixed(5, 5)),
    { changed: [{ path: file, patch: '@@ -1,2 +1,3 @@\n name: p\n roles:\n+  - Owner' }] },
    [`${file}:3-3`],
  ],
  [
    'lines of which the diff shows a part',
    report(fixed(8, 5)),
    { changed: [{ path: file, patch: '@@ -8 +8 @@\n-  - y\n+  - x' }] },
    [],
  ],
  [
    'lines that a merge has moved',
    report(fixed(3, 5)),
    { changed: [{ path: file, patch: added(`# one more\n${text}`) }] },
    [],
  ],
  ['a file outside of the repository', report(fixed(3, 5)), { pathOf: () => null }, []],
  ['a file that was not read', report(fixed(3, 5)), { texts: new Map<string, string>() }, []],
  [
    'the path of the repository',
    report(fixed(3, 5)),
    { pathOf: (path: string) => `infra/${path}`, changed: [{ path: `infra/${file}`, patch: added(text) }] },
    [`infra/${file}:3-3`],
  ],
  [
    'a text with Windows line ends',
    report(fixed(3, 5)),
    { texts: new Map([[file, text.replaceAll('\n', '\r\n')]]) },
    [`${file}:3-3`],
  ],
  ['signs that nobody sees', report(fixed(3, 5, ['Rea\u202eder'])), {}, []],
  ['a replacement that has no end', report(fixed(3, 5, ['x'.repeat(20_000)])), {}, []],
])('offers for %s', (_name, given, on, expected) => {
  expect(spots(given, on)).toEqual(expected);
});

it('offers twenty, the worst first, however many there are', () => {
  const many = `roles:\n${Array.from({ length: 60 }, (_, one) => `  - r${one}\n`).join('')}`;
  const findings = Array.from({ length: 50 }, (_, one) => {
    const place = at(file, one + 2, 5, 1);
    const edit = removeEntry(file, many, place);
    return finding({
      place,
      severity: one < 25 ? 'low' : 'critical',
      fix: { title: '', safety: 'review', edits: edit === null ? [] : [edit] },
    });
  });
  const offered = suggestionsOf(report(...findings), {
    ...ground,
    texts: new Map([[file, many]]),
    changed: [{ path: file, patch: added(many) }],
  });
  expect(offered).toHaveLength(20);
  expect(offered.every(({ line }) => line >= 27)).toBe(true);
});

it('whatever others wrote: one fence, our words around it, our marker at its end', () => {
  fc.assert(
    fc.property(hostileText, hostileText, hostileText, (message, help, subject) => {
      const entry = fixed(3, 5, [`x${'`'.repeat(message.length % 7)}y`]);
      const title = `remove \`${subject}\``;
      const hostile = {
        ...entry,
        message,
        help,
        rule: subject,
        fingerprint: subject,
        fix: entry.fix === null ? null : { ...entry.fix, title },
      };
      for (const { body } of suggestionsOf(report(hostile), ground)) {
        const lines = body.split('\n');
        const fence =
          /^(`{3,})suggestion$/.exec(
            lines.find((line) => line.endsWith('suggestion') && line.startsWith('```')) ?? '',
          )?.[1] ?? '';
        expect(fence.length).toBeGreaterThan(message.length % 7);
        expect(lines.filter((line) => line.startsWith('```'))).toHaveLength(2);
        expect(lines.filter((line) => line === fence)).toHaveLength(1);
        expect(lines.at(-1)).toMatch(/^<!-- backup-access-guard suggestion default [\w-]* -->$/);
        const words = lines
          .slice(0, -1)
          .join('\n')
          .replace(/`+[^`\n]+`+/g, '');
        expect(words).not.toMatch(/<!--|<[a-z/]|@[a-z0-9]|!\[|\]\(/i);
        expect(body.split(suggestionMarker('default'))).toHaveLength(2);
      }
    }),
  );
});
