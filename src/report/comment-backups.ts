import type { PolicySummary } from '../core/report.ts';
import { backupRule, boxedBackups, brokenBackups, newlyBroken } from './broken-backups.ts';
import { decideEntry } from './comment-decide.ts';
import type { CommentPage } from './comment-page.ts';
import { clip } from './inert.ts';
import { code, join, type Markdown, md } from './markdown-text.ts';
import { count } from './words.ts';

/** How many workloads and policies are named. */
const named = 6;

/** Does what the policies say is backed up have every grant that it needs? Said in any case; the opposite is a warning. */
export const backupsPart = (page: CommentPage): Markdown => {
  const { report } = page;
  const verdicts = new Map(
    report.verdicts.filter((verdict) => verdict.rule === backupRule).map(({ policy, verdict }) => [policy, verdict]),
  );
  const broken = brokenBackups(page);
  const of = (wanted: string) => report.policies.filter(({ name }) => verdicts.get(name) === wanted);
  const [whole, unknown, excepted] = [of('pass').filter(protectsAny), of('unknown'), of('excepted')];
  const lines = [
    ...(whole.length === 0 ? [] : [tellWhole(page, whole, broken.length > 0)]),
    ...(excepted.length === 0
      ? []
      : [md`${namesOf(excepted)} ${are(excepted)} short of a grant, accepted by exception.`]),
    ...(unknown.length === 0
      ? []
      : [
          md`**Whether backups keep working is not known** for ${namesOf(unknown)}: not all grants that ${unknown.length === 1 ? 'it needs' : 'they need'} were read.`,
        ]),
  ];
  const box = broken.length === 0 ? '' : tellBroken(page);
  return md`${box}${lines.length === 0 ? '' : md`${join(lines, ' ')}\n\n`}`;
};

const are = (policies: readonly unknown[]): string => (policies.length === 1 ? 'is' : 'are');
const protectsAny = ({ protects }: PolicySummary): boolean => protects === undefined || protects.length > 0;

const tellWhole = ({ report }: CommentPage, policies: readonly PolicySummary[], isRest: boolean): Markdown => {
  const words = policies.flatMap(({ name, protects }) =>
    protects === undefined
      ? [name]
      : protects.map(({ workload, operations }) => `${clip(workload, 60)} · ${operations.join(', ')}`),
  );
  const distinct = [...new Set(words)];
  const told = join(
    distinct.slice(0, named).map((word) => code(clip(word, 120))),
    ', ',
  );
  const more = distinct.length > named ? md` and ${distinct.length - named} more` : '';
  const declared = policies.flatMap(({ protects }) => protects ?? []);
  const restores = declared.some(({ operations }) => operations.includes('restore'));
  const restore =
    declared.length === 0 || restores
      ? ''
      : md` Restore is not granted for good, as the ${policies.length === 1 ? 'policy says' : 'policies say'}.`;
  const steps = new Set(report.plan.steps.map(({ change }) => change.action));
  const order = steps.has('create') && steps.has('delete') ? md`; grants are made before anything is revoked` : '';
  const needs = report.source === 'offline' ? 'all grants needed are asked for' : 'all grants needed are there';
  return md`**${isRest ? 'Other backups' : 'Backups'} keep working:** ${told}${more}: ${needs}${order}.${restore}`;
};

const tellBroken = (page: CommentPage): Markdown => {
  const boxed = boxedBackups(page);
  const left = brokenBackups(page).length - boxed.length;
  const isNew = newlyBroken(page) !== undefined;
  const lines = boxed.map((finding) => {
    const old = page.way !== null && page.stoodBefore(finding) ? md` _It did so before this pull request too._` : '';
    return md`> - ${decideEntry(page, [finding])}${old}`;
  });
  const more = left === 0 ? '' : md`\n> - … and ${count(left, 'more such finding')} below`;
  const title = isNew
    ? md`[!CAUTION]\n> **Backups would break with this merge.**`
    : md`[!WARNING]\n> **Backups lack what they need.**`;
  return md`> ${title}\n${join(lines, '\n')}${more}\n\n`;
};

const namesOf = (policies: readonly PolicySummary[]): Markdown => {
  const told = policies.slice(0, named).map(({ name }) => code(clip(name, 80)));
  return md`${join(told, ', ')}${policies.length > named ? ` and ${policies.length - named} more` : ''}`;
};
