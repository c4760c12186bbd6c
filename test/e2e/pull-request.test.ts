import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { TenantState } from '../../src/emulator/tenant-state.ts';
import {
  askingFor,
  mailPolicy,
  type PullRequestRig,
  serveTenant,
  startPullRequest,
  tidyTenant,
} from '../support/pull-request-rig.ts';
import type { StepResult } from '../support/run-action.ts';

/** The tenant after somebody granted the mail backup a permission by hand. */
const drifted = (): TenantState => {
  const { graph } = tidyTenant;
  const vPlus = graph?.appRoleAssignments?.find(({ appRole }) => appRole === 'Chat.Read.All');
  if (vPlus === undefined) throw new Error('the example grants it');
  return {
    ...tidyTenant,
    graph: {
      ...graph,
      appRoleAssignments: [...(graph?.appRoleAssignments ?? []), { ...vPlus, id: undefined, appRole: 'Mail.Send' }],
    },
  };
};

describe('a pull request, from its opening to its cure', () => {
  let rig: PullRequestRig;
  let step: StepResult;
  const comment = (): string => rig.github.comments(7)[0]?.body ?? '';
  const headline = (): string => comment().split('\n')[1] ?? '';
  const check = () => rig.github.checkRuns().at(-1);
  const suggested = (): readonly string[] =>
    rig.github.reviewComments(7).map(({ path, startLine, line }) => `${path}:${startLine}-${line}`);

  beforeAll(async () => {
    rig = await startPullRequest();
  });
  afterAll(() => rig.close());

  it('opened: a comment, a check run and two suggestions', async () => {
    const pull = rig.push({ [mailPolicy]: askingFor('Sites.ReadWrite.All', 'User.ReadWrite.All') });
    step = await rig.run();
    expect(step.code).toBe(1);
    expect(rig.github.comments(7).map(({ author }) => author)).toEqual(['github-actions[bot]']);
    expect(comment().split('\n')[0]).toBe('<!-- backup-access-guard:default -->');
    expect(headline()).toBe(
      '### Backup access · vPlus Microsoft 365 gains `User.ReadWrite.All` and `Sites.ReadWrite.All`',
    );
    expect(comment()).toContain(`https://github.example/contoso/backup-access/blob/${pull.headSha}/${mailPolicy}#L56`);
    expect(comment()).toContain('https://github.example/contoso/backup-access/actions/runs/4711');
    expect(check()).toMatchObject({ name: 'Backup access', headSha: pull.headSha, conclusion: 'failure' });
    expect(check()?.annotations.slice(0, 1)).toMatchObject([
      { path: mailPolicy, start_line: 58, end_line: 59, annotation_level: 'failure' },
    ]);
    expect(suggested()).toEqual([`${mailPolicy}:58-59`, `${mailPolicy}:56-57`]);
    expect(step.outputs).toMatchObject({ coverage: 'complete', 'sarif-file': 'report/report.sarif' });
  });

  it('tells what it did, and no remark on a line twice', () => {
    expect(step.stdout).toContain(
      'on GitHub: comment created, check run with 5 remarks on lines, 2 suggestions posted',
    );
    expect(step.summary).toContain(
      '\n- On GitHub: comment created, check run with 5 remarks on lines, 2 suggestions posted.\n',
    );
    expect(step.stdout.split('\n').filter((line) => /^::(error|warning|notice) .*file=/.test(line))).toEqual([]);
  });

  it('run again: the same comment, no suggestion twice', async () => {
    await rig.run();
    expect(rig.github.comments(7)).toHaveLength(1);
    expect(suggested()).toHaveLength(2);
    expect(rig.github.reviews(7)).toBe(1);
  });

  it('one finding cured: the same comment updated, its suggestion taken back', async () => {
    const [before] = rig.github.comments(7);
    const pull = rig.push({ [mailPolicy]: askingFor('Sites.ReadWrite.All') });
    step = await rig.run();
    expect(rig.github.comments(7).map(({ id }) => id)).toEqual([before?.id]);
    expect(headline()).toBe('### Backup access · vPlus Microsoft 365 gains `Sites.ReadWrite.All` on Microsoft Graph');
    expect(suggested()).toEqual([`${mailPolicy}:56-57`]);
    expect(check()).toMatchObject({ headSha: pull.headSha, conclusion: 'failure' });
  });

  it('drift appears meanwhile: told apart from what the pull request does', async () => {
    const later = await serveTenant(drifted());
    step = await rig.run({ tenant: later });
    await later.close();
    expect(step.code).toBe(1);
    expect(headline()).toContain('vPlus Microsoft 365');
    expect(comment()).toContain('`Mail.Send`');
    expect(comment()).toMatch(/[Dd]rifted before this pull request/);
    expect(rig.github.comments(7)).toHaveLength(1);
  });

  it('the comment deleted by a person: made anew', async () => {
    rig.github.deleteComment(rig.github.comments(7)[0]?.id ?? 0);
    step = await rig.run();
    expect(step.stdout).toContain('on GitHub: comment created');
    expect(rig.github.comments(7)).toHaveLength(1);
  });

  it('all cured, but a merge would revoke what drifted: approval is needed, nothing is left to suggest', async () => {
    rig.push({ [mailPolicy]: `${askingFor()}\n# one remark\n` });
    const later = await serveTenant(drifted());
    step = await rig.run({ tenant: later });
    await later.close();
    expect(step.code).toBe(0);
    expect(headline()).toContain('loses `Mail.Send`');
    expect(check()).toMatchObject({ conclusion: 'action_required', title: 'Nothing to fix, and 1 change to make' });
    expect(suggested()).toEqual([]);
  });

  it('0 findings, nothing to change: success', async () => {
    rig.push({ [mailPolicy]: `${askingFor()}\n# another remark\n` });
    step = await rig.run();
    expect(step.code).toBe(0);
    expect(comment().split('\n')[2]).toContain('nothing to decide');
    expect(check()).toMatchObject({ conclusion: 'success', annotations: [] });
  });

  it('every request was one that GitHub knows, and none was refused', () => {
    expect(rig.github.exchanges().filter(({ status }) => status >= 400)).toEqual([]);
    expect(rig.emulator.requests().filter(({ write }) => write)).toEqual([]);
  });
});
