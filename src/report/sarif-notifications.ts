import type { Report } from '../core/report.ts';
import { applyOutcome } from './apply-outcome.ts';
import { sarifPlace, sarifSentence } from './sarif-place.ts';
import { sortDiagnostics } from './sort-diagnostics.ts';
import { tellApplied } from './tell-apply.ts';
import { brokenRules, isComplete } from './tell-outcome.ts';
import { gapWords, kindWords } from './words.ts';

/** GitHub's log viewers cope with these many; the first hundred say enough. */
const shown = 100;

/** What kept the run from judging everything, so that a partial run can't pass for a clean one. */
export const sarifNotifications = (report: Report, dropped: readonly string[]) => {
  const mistakes = sortDiagnostics(report.diagnostics).map(({ code, message, help, place }) => ({
    level: 'error',
    message: { text: sarifSentence(`${help === null ? message : `${message}; ${help}`} (${code})`) },
    locations: [sarifPlace(place)],
  }));
  const gaps = report.coverage
    .filter(({ state }) => state === 'gap')
    .map(({ kind, subject, reason, needs }) => {
      const why = reason === null ? 'unknown why' : gapWords[reason];
      const cure = needs === null ? '' : `; needs ${needs}`;
      return note('error', `not read: ${kindWords[kind].many} of ${subject}: ${why}${cure}`);
    });
  const broken = brokenRules(report).map((rule) =>
    note('error', `the rule ${rule} broke: what it would have said is unknown`),
  );
  const offline =
    report.source === 'offline'
      ? [note('note', 'the tenant was not read: only what the policies ask for was judged')]
      : [];
  const written = applyOutcome(report);
  const failed = written !== null && (written.end === 'refused' || written.end === 'partial');
  const apply = failed ? [note('error', tellApplied(report, written, isComplete(report)))] : [];
  const all = [...apply, ...mistakes, ...gaps, ...broken];
  const more = all.length > shown ? [note('error', `${all.length - shown} more: all are in the JSON report`)] : [];
  return [...all.slice(0, shown), ...more, ...dropped.map((text) => note('warning', text)), ...offline];
};

const note = (level: 'error' | 'warning' | 'note', text: string) => ({ level, message: { text: sarifSentence(text) } });
