import { expect, test } from 'vitest';
import type { Diagnostic } from '../../src/core/diagnostic.ts';
import { renderDiagnostics } from '../../src/report/render-diagnostics.ts';
import { columnsOf } from '../../src/report/wrap-text.ts';

const mistake = (source: string, column: number, length: number, over: Partial<Diagnostic> = {}): Diagnostic => ({
  code: 'unknown-role',
  message: '`Reeder` is not a built-in role',
  help: null,
  place: { file: 'p.yaml', line: 3, column, endLine: 3, endColumn: column + length },
  source,
  subject: null,
  policy: null,
  ...over,
});

const head = 'p.yaml:3:';
const said = '  error: `Reeder` is not a built-in role (unknown-role)\n';

test.each([
  [
    'underlines what is meant',
    mistake('role: Reeder', 7, 6),
    `${head}7\n${said}     3 │ role: Reeder\n       │       ~~~~~~\n\n`,
  ],
  ['at least one column', mistake('role:', 6, 0), `${head}6\n${said}     3 │ role:\n       │      ~\n\n`],
  [
    'counts wide letters as two',
    mistake('漢字: Reeder', 5, 6),
    `${head}5\n${said}     3 │ 漢字: Reeder\n       │       ~~~~~~\n\n`,
  ],
  [
    'shows what hides',
    mistake('a\u200b: Reeder', 5, 6),
    `${head}5\n${said}     3 │ a\\u{200b}: Reeder\n       │            ~~~~~~\n\n`,
  ],
  ['without a line where there is none', mistake('', 1, 0), `${head}1\n${said}\n`],
  [
    'to the end of the line where it goes on below',
    mistake('role: Reeder', 7, 0, { place: { file: 'p.yaml', line: 3, column: 7, endLine: 5, endColumn: 2 } }),
    `${head}7\n${said}     3 │ role: Reeder\n       │       ~~~~~~\n\n`,
  ],
  [
    'with help',
    mistake('role: Reeder', 7, 6, { help: 'did you mean `Reader`?' }),
    `${head}7\n${said}     3 │ role: Reeder\n       │       ~~~~~~\n  → did you mean \`Reader\`?\n\n`,
  ],
])('%s', (_name, diagnostic, expected) => {
  expect(renderDiagnostics([diagnostic], { color: false, width: 80 })).toBe(expected);
});

test.each([1, 60, 500, 5000])('a line of thousands is shown around what is meant, here at column %i', (column) => {
  const source = `${'a'.repeat(column - 1)}Reeder${'b'.repeat(5000)}`;
  const lines = renderDiagnostics([mistake(source, column, 6)], { color: false, width: 80 }).split('\n');
  const [text = '', under = ''] = lines.slice(2);
  expect(columnsOf(text)).toBeLessThanOrEqual(80);
  expect(text.slice(under.indexOf('~'), under.lastIndexOf('~') + 1)).toBe('Reeder');
});

test('says how many are left out', () => {
  const many = Array.from({ length: 60 }, () => mistake('role: Reeder', 7, 6));
  expect(renderDiagnostics(many, { color: false, width: 80 })).toMatch(
    /\n… and 10 more, all of them in the JSON report \(--format json\)\n\n$/,
  );
});

test('nothing for nothing', () => {
  expect(renderDiagnostics([], { color: true, width: 80 })).toBe('');
});
