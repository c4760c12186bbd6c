import { readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, it } from 'vitest';
import type { Withheld } from '../../src/core/plan.ts';
import type { Report } from '../../src/core/report.ts';
import { renderComment } from '../../src/report/render-comment.ts';
import { renderJson } from '../../src/report/render-json.ts';
import { renderMarkdown } from '../../src/report/render-markdown.ts';
import { renderText } from '../../src/report/render-text.ts';
import { azureRole, group } from '../support/facts.ts';
import { giving } from '../support/guard-world.ts';
import { reportOn } from '../support/three-way-case.ts';

const app = group('rg-app');
const roles = (...names: readonly string[]): string =>
  `azureRoles: [${names.map((role) => `{ role: ${role}, scope: ${app} }`).join(', ')}]`;
const file = (access: string) => ({ 'backup.yaml': { access } });
const about = { tag: 'contoso', runUrl: null, reportName: null, repositoryUrl: null };

/** Asks for Owner, which is never granted, and no more for Reader, which backups need. */
const head = { head: file(roles('Disk Backup Reader', 'Owner')), tenant: file(roles('Disk Backup Reader', 'Reader')) };
const checked = reportOn({ base: null, ...head });
const reviewed = reportOn({ base: file(roles('Disk Backup Reader', 'Reader')), ...head });
const plain = reportOn({ base: null, head: file(roles('Reader')), tenant: file(roles('Reader')) });

const ownerText = `  - grant Azure role Owner on resource group rg-app to 6f1c0f5e-0000-4000-8000-000000000001 (never-grant, backup)
      It is never granted: \`Owner\` allows \`Microsoft.Authorization/roleAssignments/write\`: it can assign itself any role.
      → Ask for less; where nothing less will do, a person grants it by hand, for the hours that it is needed, and says why in \`exceptions\`.
`;
const readerText = `  - revoke Azure role Reader on resource group rg-app from 6f1c0f5e-0000-4000-8000-000000000001 (breaks-backup, backup)
      The next backup of azure-vm-disk (backup) would fail: once this is gone, \`Reader\` on \`rg-app\` is missing.
      → Grant it first, by asking for it in the policy; or take azure-vm-disk out of \`protects\`.
`;

describe('what is left out of the plan', () => {
  it.each([
    ['a check', checked],
    ['a pull request', reviewed],
  ])('is told in the text of %s, with the reason and a way forward', (_, report) => {
    const text = renderText(report, { color: false, width: 200 });
    const own = text.slice(text.indexOf('Left out of the plan'), text.indexOf('What was read'));
    expect(own.replaceAll(app, 'rg-app')).toBe(`Left out of the plan (2)\n${ownerText}${readerText}\n`);
  });

  it('is not said to be left to enforcement', () => {
    expect(renderText(checked, { color: false, width: 200 })).toContain(
      'a merge changes none of this: see below what is left out of the plan; the rest, `enforcement`',
    );
  });

  it.each([
    ['the job summary', renderMarkdown(checked)],
    ['the comment', renderComment(reviewed, about)],
  ])('is told in %s', (_, markdown) => {
    expect(markdown).toContain('#### Left out of the plan (2)\n\n- `never-grant`: grant Azure role Owner');
    expect(markdown).toContain('\n- `breaks-backup`: revoke Azure role Reader');
  });

  it('is told in the comment’s row of what is asked for', () => {
    const rows = renderComment(reviewed, about).match(/\*\*left out of the plan\*\*, see below/g);
    expect(rows).toHaveLength(2);
    expect(renderComment(reviewed, about)).not.toContain('**left to a person**');
  });

  it('is told in JSON that the schema takes', () => {
    const json: { plan: { withheld: { code: string; subject: string }[] } } = JSON.parse(renderJson(checked));
    expect(json.plan.withheld.map(({ code, subject }) => [code, subject])).toEqual([
      ['never-grant', 'Owner'],
      ['breaks-backup', 'Reader'],
    ]);
    const validate = new Ajv2020({ strict: false, validateFormats: false }).compile(
      JSON.parse(readFileSync('schemas/report.v1.schema.json', 'utf8')),
    );
    validate(json);
    expect(validate.errors ?? []).toEqual([]);
  });

  it('is not told where there is nothing', () => {
    const all = [renderText(plain, { color: false, width: 100 }), renderMarkdown(plain), renderComment(plain, about)];
    for (const text of all) expect(text).not.toMatch(/left out of the plan/i);
  });

  it('is bounded in a terminal, and says so', () => {
    const one = (at: number): Withheld => ({
      change: giving(azureRole('Reader', group(`rg-${at}`))),
      policy: 'backup',
      code: 'never-grant',
      why: `reason ${at}`,
      wayForward: 'wait',
    });
    const many = (count: number): Report => ({
      ...plain,
      plan: { ...plain.plan, withheld: Array.from({ length: count }, (_, at) => one(at)) },
    });
    const text = (count: number) => renderText(many(count), { color: false, width: 100 });
    expect(text(25)).toContain('… and 5 more changes: all are in the JSON report');
    expect(text(25)).toContain('Reason 19.');
    expect(text(25)).not.toContain('Reason 20.');
    expect(text(20)).not.toContain('more changes');
  });
});
