import type { StepState } from '../core/apply.ts';
import type { Withheld } from '../core/plan.ts';
import type { Report } from '../core/report.ts';
import { type ApplyOutcome, type ApplyRow, countState, leadsReport } from './apply-outcome.ts';
import { clip } from './inert.ts';
import type { Section } from './markdown-section.ts';
import { code, join, type Markdown, md, prose } from './markdown-text.ts';
import { sentence } from './sentence.ts';
import { stateWords, stepStates, tellBackups, tellNext, tellOrigin, tellStates, tellStep } from './tell-apply.ts';
import { isComplete } from './tell-outcome.ts';

const signs: Readonly<Record<StepState, string>> = {
  unknown: '❓',
  'not-done': '❌',
  'not-run': '⏸️',
  done: '✅',
  already: '☑️',
};

const mostIds = 5;

/** Why nothing was written, each with what a person can do. */
export const refusalSection = ({ part }: ApplyOutcome): Section => ({
  title: md`Refused (${part.refusals.length})`,
  folded: false,
  table: null,
  entries: part.refusals.map(
    ({ code: id, why, wayForward }) =>
      md`- ${code(clip(id, 60))}: ${prose(sentence(clip(why, 600)))} → ${prose(sentence(clip(wayForward, 600)))}`,
  ),
  share: 0.7,
});

/** What became of each step, those first that somebody has to look at. */
export const stepSection = (outcome: ApplyOutcome, who: (id: string) => string): Section => {
  const rows = stepStates.flatMap((state) => outcome.rows.filter((row) => row.state === state));
  return {
    title: md`What became of the plan (${outcome.rows.length}): ${tellStates(outcome)}`,
    folded: false,
    table: md`| | step | what was seen | policy |\n|:-:|---|---|---|`,
    entries: rows.map((row) => stepRow(row, who)),
    share: 0.7,
  };
};

const stepRow = ({ state, change, step, detail, requestIds, policies }: ApplyRow, who: (id: string) => string) => {
  const ids = requestIds.slice(0, mostIds).map((id) => code(clip(id, 60)));
  const asked = ids.length === 0 ? md`` : md` (request ${join(ids, ', ')})`;
  const asks = policies.slice(0, 3).map((name) => code(clip(name, 80)));
  return md`| ${signs[state]} | ${tellStep(change, step, who)} | ${stateWords[state].short}${detail === '' ? '' : md`: ${prose(clip(detail, 400))}`}${asked} | ${asks.length === 0 ? 'none' : join(asks, ', ')} |`;
};

/** What the plan left out though a policy asks for it, and what would let it through. */
export const leftOutSection = (withheld: readonly Withheld[], who: (id: string) => string): Section => ({
  title: md`Left out of the plan (${withheld.length})`,
  folded: false,
  table: null,
  entries: withheld.map(
    ({ code: id, why, wayForward, change, policy }) =>
      md`- ${code(id)}: ${tellStep(change, '', who)} (${code(clip(policy, 80))}): ${prose(sentence(clip(why, 600)))} → ${prose(sentence(clip(wayForward, 600)))}`,
  ),
  share: 0.5,
});

/** The requests, folded: whoever wants to see exactly what is sent finds it here, and whole in the JSON report. */
export const requestSection = ({ part, end }: ApplyOutcome): Section => ({
  title: md`Requests that ${end === 'applied' || end === 'partial' ? 'the plan foresaw' : 'would be sent'} (${part.requests.length})`,
  folded: true,
  table: null,
  entries: part.requests.map(({ request }) => {
    const { api, method, path, body } = request;
    const sent = body === null ? md`` : md` ${code(clip(JSON.stringify(body), 500))}`;
    const host = { graph: 'Microsoft Graph', resourceManager: 'Azure Resource Manager' }[api];
    return md`- ${host}: ${code(`${method} ${clip(path, 500)}`)}${sent}`;
  }),
  share: 0.4,
});

/** Which box, if any, the first lines stand in. */
const applyBox = ({ end, rows, part }: ApplyOutcome): 'CAUTION' | 'WARNING' | null => {
  if (end === 'partial') return countState(rows, 'unknown') > 0 ? 'CAUTION' : 'WARNING';
  return end === 'refused' || part.stopped !== null ? 'WARNING' : null;
};

/** The first lines, in a box where somebody has to do something; nothing where files are wrong, which says it all. */
export const applyLead = (report: Report, outcome: ApplyOutcome): Markdown => {
  if (!leadsReport(report, outcome)) return md``;
  const { stopped } = outcome.part;
  const complete = isComplete(report);
  const origin = tellOrigin(outcome);
  const lines = [
    md`**${prose(sentence(tellBackups(report, outcome, complete)))}**`,
    ...(stopped === null ? [] : [md`**Ended early:** ${prose(sentence(clip(stopped, 600)))}`]),
    md`**Next:** ${prose(sentence(tellNext(report, outcome, complete)))}`,
    ...(origin === '' ? [] : [md`${sentence(origin)}`]),
  ];
  const box = applyBox(outcome);
  return box === null
    ? md`${join(lines, '  \n')}\n\n`
    : md`> [!${box}]\n${join(
        lines.map((line) => md`> ${line}`),
        '  \n',
      )}\n\n`;
};
