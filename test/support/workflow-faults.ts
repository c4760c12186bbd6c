import { parse } from 'yaml';

interface Step {
  readonly uses?: string;
  readonly run?: string;
  readonly if?: string;
  readonly id?: string;
  readonly with?: Readonly<Record<string, unknown>>;
}

interface Job {
  readonly uses?: string;
  readonly if?: string;
  readonly secrets?: unknown;
  readonly environment?: string;
  readonly permissions?: Readonly<Record<string, string>>;
  readonly 'timeout-minutes'?: number;
  readonly steps?: readonly Step[];
}

interface Workflow {
  readonly on: string | readonly string[] | Readonly<Record<string, unknown>>;
  readonly permissions?: unknown;
  readonly concurrency?: { readonly group: string; readonly 'cancel-in-progress': boolean };
  readonly jobs: Readonly<Record<string, Job>>;
}

/** Events whose runs have the rights of the default branch while others decide what they hold. */
const privileged = ['pull_request_target', 'workflow_run', 'issue_comment', 'pull_request_review_comment', 'issues'];
/** On these nothing is ever written to a tenant, so that a run may be stopped. */
const stoppable = ['pull_request', 'merge_group'];
/** What people outside can't choose, and where it may stand. */
const trusted =
  /^(!cancelled\(\)( && .*)?|github\.(event_name|ref|run_id|event\.pull_request\.number)( .*)?|steps\.\w+\.outputs\.[\w-]+|jobs\.\w+\.outputs\.[\w-]+|inputs\.[\w-]+( && '-')?|inputs\.mode [!=]= 'remediate'|matrix\.\w+)$/;
const untrusted =
  /github\.(head_ref|base_ref|ref_name|actor|triggering_actor)|event\.(?!pull_request\.number)[\w.]+|toJSON|secrets\./i;
const pinned = /^[\w-]+(\/[\w.-]+)+@[0-9a-f]{40}$/;

export const parseWorkflow = (text: string): Workflow => parse(text) as Workflow;

export const triggersOf = ({ on }: Workflow): readonly string[] =>
  typeof on === 'string' ? [on] : Array.isArray(on) ? on : Object.keys(on);

const isOurs = (uses: string) => uses === './' || /^backup-access-guard\/backup-access-guard@/.test(uses);

/** An action that isn't pinned, or is pinned without saying to what. */
const pinFaults = (text: string): string[] =>
  text.split('\n').flatMap((line, index, lines) => {
    const uses = /^\s*(?:- )?uses: (\S+)/.exec(line)?.[1];
    if (uses === undefined || uses === './') return [];
    if (!isOurs(uses)) {
      if (!pinned.test(uses)) return [`${uses} is not pinned to a commit`];
      return /# v?\d/.test(line) || uses.includes('/.github/workflows/') ? [] : [`${uses} doesn't say its version`];
    }
    const isTold = lines.slice(Math.max(0, index - 4), index).some((before) => /full commit id/.test(before));
    return pinned.test(uses) || isTold ? [] : [`${uses} doesn't say that a tag can be moved`];
  });

const stepFaults = (name: string, { uses, run, with: given, if: condition }: Step): string[] => [
  ...(run === undefined ? [] : [`${name} runs a shell`]),
  ...(uses?.startsWith('actions/checkout@') && given?.['persist-credentials'] !== false
    ? [`${name} leaves the token in the checkout`]
    : []),
  ...(uses?.startsWith('actions/download-artifact@') ? [`${name} takes what another run left`] : []),
  ...(/\bcache\b/.test(uses ?? '') || given?.['cache'] !== undefined ? [`${name} takes from a cache`] : []),
  // Anything outside of the braces makes a text of it, which is always true.
  ...(condition === undefined || /^\$\{\{(?:(?!\}\}).)*\}\}$/.test(condition.trim())
    ? []
    : [`${name} has a condition that isn't one expression`]),
];

/** Does it write to a tenant? A mode that is chosen may be any. */
const mayWrite = ({ steps = [], if: condition }: Job) =>
  steps.some(({ with: given }) => {
    const mode = String(given?.['mode'] ?? '');
    return (
      ['apply', 'remediate'].includes(mode) || (mode.includes('inputs.mode') && !/!= 'remediate'/.test(condition ?? ''))
    );
  });

/** Ids that jobs of one workflow sign in with. */
const clientsOf = (jobs: readonly Job[]) =>
  jobs.flatMap(({ steps = [] }) =>
    steps.map(({ with: given }) => given?.['client-id']).filter((id) => id !== undefined),
  );

const signsIn = ({ steps = [] }: Job) => steps.some(({ with: given }) => (given?.['client-id'] ?? '') !== '');

const jobFaults = (name: string, job: Job): string[] => [
  ...(job.permissions === undefined ? [`${name} doesn't say its permissions`] : []),
  ...(job.secrets === undefined ? [] : [`${name} passes secrets`]),
  ...(job.uses === undefined && !((job['timeout-minutes'] ?? 361) <= 60) ? [`${name} may run for hours`] : []),
  ...(job.uses === undefined && (job.permissions?.['id-token'] === 'write') !== signsIn(job)
    ? [`${name} may ask for an identity exactly where it doesn't sign in`]
    : []),
  // The lock is a ref: who writes to the tenant has to write it.
  ...(job.permissions?.['contents'] === 'write' && !mayWrite(job) ? [`${name} may write to the repository`] : []),
  ...(mayWrite(job) && job.environment === undefined ? [`${name} writes to a tenant outside of an environment`] : []),
  ...(job.steps ?? []).flatMap((step) => stepFaults(name, step)),
];

const identityFaults = (jobs: readonly Job[]): string[] => {
  const writing = clientsOf(jobs.filter(mayWrite));
  const reading = clientsOf(jobs.filter((job) => !mayWrite(job)));
  return reading.some((id) => writing.includes(id)) ? ['one identity reads for everybody and writes'] : [];
};

const concurrencyFaults = (workflow: Workflow): string[] => {
  const triggers = triggersOf(workflow);
  const { concurrency } = workflow;
  if (triggers.includes('workflow_call')) return concurrency === undefined ? [] : ['a called workflow queues callers'];
  if (concurrency === undefined) return ['nothing keeps two runs apart'];
  const mayStop = triggers.every((trigger) => stoppable.includes(trigger));
  return concurrency['cancel-in-progress'] === mayStop
    ? []
    : [mayStop ? 'an overtaken run goes on' : 'a run can be stopped half way'];
};

const expressionFaults = (text: string): string[] =>
  [...text.matchAll(/\$\{\{\s*((?:(?!\}\}).)*?)\s*\}\}/g)].flatMap(([, expression = '']) =>
    trusted.test(expression) && !untrusted.test(expression) ? [] : [`\`${expression}\` may hold what others choose`],
  );

/** What makes a workflow unsafe to copy; empty for one that is safe. */
export const workflowFaults = (text: string): string[] => {
  const workflow = parseWorkflow(text);
  return [
    ...(JSON.stringify(workflow.permissions) === '{}' ? [] : ['it has permissions outside of its jobs']),
    ...triggersOf(workflow).flatMap((event) => (privileged.includes(event) ? [`it runs on ${event}`] : [])),
    ...Object.entries(workflow.jobs).flatMap(([name, job]) => jobFaults(name, job)),
    ...identityFaults(Object.values(workflow.jobs)),
    ...concurrencyFaults(workflow),
    ...pinFaults(text),
    ...expressionFaults(text),
  ];
};
