import { describe, expect, it } from 'vitest';
import { sha256 } from '../../src/adapters/hash.ts';
import { makePlanFile } from '../../src/app/plan-file.ts';
import { readJournal } from '../../src/app/read-journal.ts';
import { verifyJournal } from '../../src/app/verify-journal.ts';
import type { JournalEntry } from '../../src/core/journal.ts';
import { type PlannedWrite, planSteps, type Step } from '../../src/core/plan.ts';
import { renderJournal } from '../../src/report/render-journal.ts';
import {
  answerOf,
  beginOf,
  endOf,
  intentOf,
  journalLines,
  journalTenant,
  journalText,
  resultOf,
  wholeRun,
} from '../support/journal-lines.ts';
import {
  changeScope,
  grantAppRole,
  heldRole,
  mailRead,
  realAppRole,
  revokeAppRole,
  revokeAzureRole,
  scopeOf,
  sitesRead,
} from '../support/real-steps.ts';

const writes: readonly PlannedWrite[] = [
  grantAppRole(realAppRole('Mail.Read', mailRead)),
  revokeAppRole(realAppRole('Sites.Read.All', sitesRead, 'assignment-1')),
  revokeAzureRole(heldRole()),
  changeScope('create', scopeOf('Mail.Read'), { grantId: null, method: 'POST', scope: 'Mail.Read' }),
  changeScope('delete', scopeOf('Files.Read'), { grantId: 'g-1', method: 'PATCH', scope: 'User.Read' }),
];
const steps = planSteps(writes);
const [grant, , revoke] = steps as [Step, Step, Step, ...Step[]];
const planOf = (some: readonly Step[], tenant = journalTenant) =>
  makePlanFile({
    purpose: 'apply',
    tenant,
    policies: [],
    steps: some,
    toolVersion: '0.1.0',
    now: new Date('2026-11-22T08:00:00Z'),
    hash: sha256,
  });
const faults = async (entries: readonly JournalEntry[]) => verifyJournal(await journalLines(entries), null, sha256);
const other: Step = { ...grant, id: 'another' };

describe('a journal that can be so', () => {
  it('of a whole run, held against its plan', async () => {
    const plan = planOf(steps);
    expect(verifyJournal(await journalLines(wholeRun(steps, plan.digest)), plan, sha256)).toEqual([]);
  });

  it.each<[string, readonly JournalEntry[]]>([
    ['nothing was run', [beginOf(steps), endOf('the lock is held')]],
    ['cut after the request left', [beginOf(steps), intentOf(grant)]],
    ['cut before the result', [beginOf(steps), intentOf(grant), answerOf(grant)]],
    ['it was so already', [beginOf([grant]), resultOf(grant, 'already'), endOf()]],
    [
      'sent twice',
      [
        beginOf([grant]),
        intentOf(grant),
        answerOf(grant, 1, 503),
        intentOf(grant, 2),
        answerOf(grant, 2),
        resultOf(grant, 'done'),
        endOf(),
      ],
    ],
    [
      'not known',
      [beginOf([grant]), intentOf(grant), answerOf(grant, 1, 503), resultOf(grant, 'unknown'), endOf('time is up')],
    ],
  ])('%s', async (_, entries) => {
    expect(await faults(entries)).toEqual([]);
  });
});

describe('a journal that can’t be so', () => {
  const wrong = (step: Step, request: Partial<NonNullable<Step['request']>>): Step => ({
    ...step,
    request: { ...(step.request as NonNullable<Step['request']>), ...request },
  });
  const away = wrong(grant, { path: '/v1.0/servicePrincipals/x/appRoleAssignedTo' });
  it.each<[string, readonly JournalEntry[], string]>([
    [
      'a step that was not to run',
      [beginOf([grant]), intentOf(other)],
      'line 2: step `another` is not one of those that were to run',
    ],
    [
      'a result of such a step',
      [beginOf([grant]), resultOf(other, 'already')],
      'line 2: step `another` is not one of those that were to run',
    ],
    [
      'an answer without a request',
      [beginOf([grant]), answerOf(grant)],
      `line 2: an answer is noted for \`${grant.id}\`, for which no request had left`,
    ],
    [
      'an answer to another attempt',
      [beginOf([grant]), intentOf(grant), answerOf(grant, 2)],
      `line 3: an answer is noted for \`${grant.id}\`, for which no request had left`,
    ],
    [
      'two requests at once',
      [beginOf([grant]), intentOf(grant), intentOf(grant, 2)],
      `line 3: a request leaves before the answer to that of \`${grant.id}\` is noted`,
    ],
    [
      'an attempt that is missing',
      [beginOf([grant]), intentOf(grant, 2)],
      `line 2: attempt 2 at \`${grant.id}\` follows attempt 0`,
    ],
    [
      'done without a request',
      [beginOf([grant]), resultOf(grant, 'done')],
      `line 2: \`${grant.id}\` is said to be done, but no request left for it`,
    ],
    [
      'not run, with a request',
      [beginOf([grant]), intentOf(grant), answerOf(grant), resultOf(grant, 'not-run')],
      `line 4: \`${grant.id}\` is said not to have run, but a request left for it`,
    ],
    [
      'two results',
      [beginOf([grant]), resultOf(grant, 'already'), resultOf(grant, 'already')],
      `line 3: \`${grant.id}\` has two results`,
    ],
    [
      'a request after the result',
      [beginOf([grant]), resultOf(grant, 'already'), intentOf(grant)],
      `line 3: a request leaves for \`${grant.id}\`, whose result is noted already`,
    ],
    [
      'another object',
      [beginOf([grant]), intentOf(away)],
      `line 2: POST /v1.0/servicePrincipals/x/appRoleAssignedTo is not what \`${grant.id}\` is about`,
    ],
    [
      'another role',
      [beginOf([grant]), intentOf(wrong(grant, { body: { ...grant.request?.body, appRoleId: sitesRead } }))],
      `line 2: POST ${grant.request?.path} is not what \`${grant.id}\` is about`,
    ],
  ])('%s', async (_, entries, fault) => {
    expect(await faults(entries)).toEqual([fault]);
  });

  it('takes before what replaces it was seen', async () => {
    const found = await faults([beginOf(steps), intentOf(revoke), answerOf(revoke, 1, 204), resultOf(revoke, 'done')]);
    expect(found).toEqual(
      revoke.after.map((id) => `line 2: a request leaves for \`${revoke.id}\` before \`${id}\` was seen to hold`),
    );
    expect(found.length).toBeGreaterThan(0);
  });

  it('is of another plan, another tenant, another step', async () => {
    const run = wholeRun(steps, planOf(steps).digest);
    const plan = planOf(steps.slice(0, 2), '7d1c0f5e-0000-4000-8000-00000000000b');
    expect(verifyJournal(await journalLines(run), plan, sha256)).toEqual([
      `it is of tenant ${journalTenant}, and the plan of 7d1c0f5e-0000-4000-8000-00000000000b`,
      `it is of plan ${planOf(steps).digest}, and the file holds ${plan.digest}`,
      ...steps.slice(2).map(({ id }) => `step \`${id}\` is not in the plan as it was run`),
    ]);
  });
});

describe('what a person is told', () => {
  const tell = async (entries: readonly JournalEntry[], cut = '') => {
    const read = readJournal(`${await journalText(entries)}${cut}`, sha256);
    if (!read.ok) throw new Error(read.error);
    return renderJournal({ ...read.value, faults: verifyJournal(read.value.lines, null, sha256), byPlan: false }).split(
      '\n',
    );
  };
  const identity = '6f1c0f5e-0000-4000-8000-000000000001';

  it('of a whole run', async () => {
    const told = await tell(wholeRun([grant]));
    expect(told.slice(0, -5)).toEqual([
      `Tenant ${journalTenant}, plan sha256:${'0'.repeat(64)}`,
      'by backup-access-guard 0.1.0 with the knowledge of 2026-11-22',
      `commit ${'c'.repeat(40)}, pull request #12`,
      'approved by octocat',
      'run https://example.test/runs/1',
      '5 lines from 2026-11-22T08:00:00.000Z to 2026-11-22T08:00:04.000Z',
      '',
      `done      grant Mail.Read on Microsoft Graph to ${identity} (policy mail)`,
      '          1 request, to Microsoft request-1: it was read back',
      '',
    ]);
    expect(told.slice(-5)).toEqual([
      'The run came to its end.',
      expect.stringMatching(/^Every line follows from the one before\. The last one has the hash [0-9a-f]{64}: /),
      'It was not held against a plan: give --plan to see that it ran what was planned.',
      'Nothing in it contradicts the promises of a run.',
      '',
    ]);
  });

  it('of one that was cut', async () => {
    const told = await tell([beginOf([grant]), intentOf(grant)], '{"seq":2,"at":');
    expect(told).toContain(`no result grant Mail.Read on Microsoft Graph to ${identity} (policy mail)`);
    expect(told).toContain(
      'The run was cut, in the middle of a line: nobody noted its end. Run it again: what stands is found, and nothing is granted twice.',
    );
  });

  it('of one that stopped, and of one that can’t be so', async () => {
    const told = await tell([beginOf([grant]), resultOf(grant, 'done'), endOf('the lock was lost')]);
    expect(told).toContain('The run stopped early: the lock was lost.');
    expect(told.slice(-3)).toEqual([
      "1 thing in it can't be so:",
      `  line 2: \`${grant.id}\` is said to be done, but no request left for it`,
      '',
    ]);
  });
});
