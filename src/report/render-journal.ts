import { type JournalEntry, type JournalLine, type JournalStep, journalEntries } from '../core/journal.ts';
import { inertLine } from './inert.ts';
import { stepLine } from './step-line.ts';
import { count } from './words.ts';

/** What is told of a journal whose chain holds. */
export interface JournalView {
  readonly lines: readonly JournalLine[];
  /** SHA-256 of the last whole line. */
  readonly head: string;
  readonly torn: boolean;
  /** What can't be so, as sentences without full stop. */
  readonly faults: readonly string[];
  /** Was it held against the plan that it ran by? */
  readonly byPlan: boolean;
}

const tellHead = ({
  tenant,
  digest,
  version,
  knowledge,
  commit,
  pull,
  approvers,
  run,
}: Extract<JournalEntry, { readonly type: 'begin' }>): string[] => [
  `Tenant ${inertLine(tenant)}, plan ${inertLine(digest)}`,
  `by backup-access-guard ${inertLine(version)} with the knowledge of ${inertLine(knowledge)}`,
  ...(commit === null ? [] : [`commit ${inertLine(commit)}${pull === null ? '' : `, pull request #${pull}`}`]),
  approvers.length === 0
    ? 'approved by nobody who is named'
    : `approved by ${approvers.map((one) => inertLine(one)).join(', ')}`,
  ...(run === null ? [] : [`run ${inertLine(run)}`]),
];

const tellOutcome = (step: JournalStep, lines: readonly JournalLine[]): string[] => {
  const result = journalEntries(lines, 'result').find((one) => one.result.step === step.id)?.result;
  const requests = journalEntries(lines, 'intent').filter((one) => one.step === step.id).length;
  const state = result?.state ?? 'no result';
  const ids = result?.requestIds ?? [];
  return [
    `${state.padEnd(9)} ${stepLine(step)}`,
    `          ${count(requests, 'request')}${ids.length === 0 ? '' : `, to Microsoft ${ids.map((id) => inertLine(id)).join(', ')}`}${result === undefined ? '' : `: ${inertLine(result.detail)}`}`,
  ];
};

const tellEnd = ({ lines, torn }: JournalView): string => {
  const [end] = journalEntries(lines, 'end');
  if (end !== undefined)
    return end.stopped === null ? 'The run came to its end.' : `The run stopped early: ${inertLine(end.stopped)}.`;
  const cut = torn ? ', in the middle of a line' : '';
  return `The run was cut${cut}: nobody noted its end. Run it again: what stands is found, and nothing is granted twice.`;
};

/** A journal for a person: who had what done, what came of it, and whether all of it can be so. */
export const renderJournal = (view: JournalView): string => {
  const { lines, head, faults, byPlan } = view;
  const [begin] = journalEntries(lines, 'begin');
  const steps = [...new Map(begin?.steps.map((step) => [step.id, step])).values()];
  const told = [
    ...(begin === undefined ? [] : tellHead(begin)),
    `${count(lines.length, 'line')} from ${lines[0]?.at ?? ''} to ${lines.at(-1)?.at ?? ''}`,
    '',
    ...steps.flatMap((step) => tellOutcome(step, lines)),
    ...(steps.length === 0 ? [] : ['']),
    tellEnd(view),
    `Every line follows from the one before. The last one has the hash ${head}: where the report of the run names the same, nothing was cut off or changed.`,
    byPlan
      ? 'It was held against the plan file.'
      : 'It was not held against a plan: give --plan to see that it ran what was planned.',
  ];
  const verdict =
    faults.length === 0
      ? ['Nothing in it contradicts the promises of a run.']
      : [
          `${count(faults.length, 'thing')} in it can't be so:`,
          ...faults.map((fault) => `  ${inertLine(fault, 2048)}`),
        ];
  return `${[...told, ...verdict].join('\n')}\n`;
};
