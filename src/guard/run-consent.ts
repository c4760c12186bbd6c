import type { Refusal } from '../core/apply.ts';
import { addDuration, parseDuration } from '../core/duration.ts';
import type { GateQuestion } from '../core/gate.ts';
import type { RunEvidence, Standing } from '../core/gate-evidence.ts';
import { whyNoApprover } from './approvals.ts';
import { nameSome, refuse } from './refusals.ts';

/** Does the run restore with the consent of an approver? */
export interface Consent {
  /** Login names of approvers who let it in. */
  readonly by: readonly string[];
  readonly refusals: readonly Refusal[];
}

const startAnew = 'start mode `remediate` anew, and let an approver let it into its environment';

const ofRun = ({ run }: RunEvidence, { event, sha, approval, now, planDigest }: GateQuestion): readonly Refusal[] => {
  const longest = parseDuration(approval.maxAge);
  const isYoung = longest !== null && addDuration(new Date(run.startedAt), longest) >= now;
  return [
    ...(planDigest === null
      ? [
          refuse(
            'no-plan-named',
            'no digest says which plan is to be carried out',
            `${startAnew}, with its plan-digest`,
          ),
        ]
      : []),
    ...(run.event === event && run.sha === sha
      ? []
      : [refuse('other-run', 'GitHub tells of this run another event or commit than the job does', startAnew)]),
    ...(run.attempt === 1
      ? []
      : [
          refuse('run-again', 'this run was run again: whose consent it has is what an earlier attempt had', startAnew),
        ]),
    ...(isYoung
      ? []
      : [refuse('run-too-old', `this run was started too long ago: consent holds for ${approval.maxAge}`, startAnew)]),
  ];
};

const ofEnvironment = ({ environment }: RunEvidence, name: string): readonly Refusal[] => {
  const set = `give the environment \`${name}\` required reviewers, and let only the default branch deploy to it`;
  if (environment === null)
    return [refuse('environment-open', `there is no environment \`${name}\` that keeps the job`, set)];
  return [
    ...(environment.reviewers > 0
      ? []
      : [refuse('environment-open', `the environment \`${name}\` asks nobody before it lets a job in`, set)]),
    ...(environment.limitsBranches
      ? []
      : [refuse('environment-open', `the environment \`${name}\` lets in jobs of every branch`, set)]),
  ];
};

/** Is this run one that an approver let into a protected environment, and not he who started it? */
export const consentTo = (
  evidence: RunEvidence,
  people: ReadonlyMap<string, Standing>,
  question: GateQuestion,
): Consent => {
  const { environment: name, event } = question;
  if (name === null) {
    const set =
      'name the protected environment in the job, and in `backup-access.yaml` as `apply.environment` of the tenant';
    return { by: [], refusals: [refuse('environment-open', 'the job runs in no protected environment', set)] };
  }
  const { run, reviews } = evidence;
  const isStarter = (login: string): boolean =>
    event !== 'schedule' && [run.actor, run.starter].some((one) => one?.toLowerCase() === login.toLowerCase());
  const ofOurs = reviews.filter(({ environments }) => environments.includes(name));
  const judged = ofOurs.flatMap(({ by, state }) => {
    if (by === null || state === 'pending') return [];
    const never = whyNoApprover(by, people.get(by.login.toLowerCase()));
    const why = never ?? (isStarter(by.login) ? 'started the run' : null);
    return [{ login: by.login, state, never, why }];
  });
  const by = judged.filter(({ state, why }) => state === 'approved' && why === null).map(({ login }) => login);
  const against = judged.filter(({ state, never }) => state === 'rejected' && never === null);
  const others = judged.flatMap(({ login, why }) => (why === null ? [] : [`\`${login}\` ${why}`]));
  const told = others.length === 0 ? '' : ` (${nameSome(others)})`;
  return {
    by: [...new Set(by)].sort(),
    refusals: [
      ...ofRun(evidence, question),
      ...ofEnvironment(evidence, name),
      ...(by.length > 0 ? [] : [refuse('no-consent', `no approver let this run into \`${name}\`${told}`, startAnew)]),
      ...against
        .slice(0, 1)
        .map(({ login }) => refuse('consent-refused', `\`${login}\` kept this run out of \`${name}\``, startAnew)),
    ],
  };
};
