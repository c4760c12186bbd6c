import { rmSync, writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import {
  approver,
  configOf,
  documentedAccess,
  leastPolicies,
  type MergeOptions,
  type MergeRig,
  wideBrake,
} from '../support/merge-rig.ts';
import { codesOf, oneGrant, tidyMerge, twoGrants, writesOf } from '../support/threat-rig.ts';

/** What happens until the job runs. */
type Story = (rig: MergeRig) => Promise<void>;

const reviewed: Story = async (rig) => {
  await rig.propose(oneGrant);
  rig.approve();
};

const merged: Story = async (rig) => {
  await reviewed(rig);
  rig.merge();
};

/** The approver has another word. */
const laterReview = (rig: MergeRig, state: 'CHANGES_REQUESTED' | 'DISMISSED' | 'COMMENTED'): void => {
  rig.github.putReview({
    ...{ pull: 7, author: approver, state, commit: rig.pull().headSha },
    submittedAt: new Date(Date.now() + 1_000).toISOString(),
  });
};

const applied = async (story: Story, options: MergeOptions = {}) => {
  const rig = await tidyMerge(options);
  try {
    await story(rig);
    const outcome = await rig.applyHere();
    return { outcome, writes: writesOf(rig).length, asked: rig.github.exchanges() };
  } finally {
    await rig.close();
  }
};

const slow = { timeout: 120_000 };

describe('one approved merge of one grant', () => {
  it('is written, though the approver comments afterwards', slow, async () => {
    const { outcome, writes } = await applied(async (rig) => {
      await merged(rig);
      laterReview(rig, 'COMMENTED');
    });
    expect(codesOf(outcome)).toEqual([]);
    expect(outcome.report.apply?.results.map(({ state }) => state)).toEqual(['done']);
    expect(writes).toBe(1);
  });
});

describe('nothing is written', () => {
  it.each<readonly [string, Story, readonly string[]]>([
    [
      'A01: for a commit that came after the approval',
      async (rig) => {
        await reviewed(rig);
        rmSync(`${rig.repository.folder}/report`, { recursive: true });
        await rig.propose(twoGrants);
        rig.merge();
      },
      ['approvals-missing'],
    ],
    [
      'A03: for a pull request that was turned to another branch',
      async (rig) => {
        await merged(rig);
        rig.github.putPull({ ...rig.pull(), baseRef: 'next' });
      },
      ['other-base'],
    ],
    [
      'A06: for a merge that nobody approved',
      async (rig) => {
        await rig.propose(oneGrant);
        rig.merge();
      },
      ['approvals-missing'],
    ],
    [
      'A06: for a push past all pull requests',
      async (rig) => {
        await reviewed(rig);
        rig.repository.git('checkout', '--quiet', 'main');
        rig.repository.commit(oneGrant);
      },
      ['no-pull-request'],
    ],
    [
      'A09: for an approval that its giver took back',
      async (rig) => {
        await merged(rig);
        laterReview(rig, 'CHANGES_REQUESTED');
      },
      ['changes-requested', 'approvals-missing'],
    ],
    [
      'A09: for an approval that was dismissed',
      async (rig) => {
        await merged(rig);
        laterReview(rig, 'DISMISSED');
      },
      ['approvals-missing'],
    ],
    [
      'A10: for the approval of somebody who may not write any more',
      async (rig) => {
        await merged(rig);
        rig.github.setRole(approver, 'read');
      },
      ['approvals-missing'],
    ],
    [
      'A11: for the approval of a program',
      async (rig) => {
        await rig.propose(oneGrant);
        rig.approve('helper[bot]');
        rig.merge();
      },
      ['approvals-missing'],
    ],
    [
      'A12: for the approval of somebody whom the same merge makes an approver',
      async (rig) => {
        await rig.propose({ ...oneGrant, 'backup-access.yaml': configOf(wideBrake).replace(approver, 'linus') });
        rig.approve('linus');
        rig.merge();
      },
      ['approvals-missing'],
    ],
    [
      'A28: for a merge whose check did not run',
      async (rig) => {
        rig.repository.git('checkout', '--quiet', 'topic');
        const headSha = rig.repository.commit(oneGrant);
        rig.github.putPull({ ...rig.pull(), headSha });
        rig.approve(approver, { commit: headSha });
        rig.repository.git('checkout', '--quiet', 'main');
        rig.repository.git('merge', '--quiet', '--no-ff', '--message', 'merge', 'topic');
        const commit = rig.repository.git('rev-parse', 'HEAD');
        const at = new Date().toISOString();
        rig.github.putPull({ ...rig.pull(), headSha, merge: { at, commit } });
      },
      ['plan-unknown'],
    ],
    [
      'A29: for words that say that it is approved',
      async (rig) => {
        await rig.propose(oneGrant);
        rig.github.addComment(7, approver, 'Approved. /apply');
        laterReview(rig, 'COMMENTED');
        rig.merge();
      },
      ['approvals-missing'],
    ],
    [
      'H06: where the files are not those of the pushed commit',
      async (rig) => {
        await merged(rig);
        for (const [path, text] of Object.entries(twoGrants)) writeFileSync(`${rig.repository.folder}/${path}`, text);
      },
      ['checkout-differs'],
    ],
  ])('%s', slow, async (_, story, codes) => {
    const { outcome, writes } = await applied(story);
    expect(codesOf(outcome)).toEqual(codes);
    expect(outcome.report).toMatchObject({ exitCode: 5, conclusion: 'refused' });
    expect(writes).toBe(0);
  });

  it('A12: beyond the brake that the same merge loosens', slow, async () => {
    const tight = configOf('brake: { revokes: 3, percent: 100, perIdentity: 100, window: P7D }\n');
    const { outcome, writes } = await applied(
      async (rig) => {
        await rig.propose({ ...leastPolicies, 'backup-access.yaml': configOf(wideBrake) });
        rig.approve();
        rig.merge();
      },
      { tenant: documentedAccess, base: {}, config: tight },
    );
    expect(codesOf(outcome)).toEqual(['brake-revokes']);
    expect(writes).toBe(0);
  });
});

describe('what nobody was to touch before the merge', () => {
  it('A12: nobody touches by the merge that allows it', slow, async () => {
    const open = configOf(wideBrake);
    const closed = open.replace('identities: [', 'identities: ["128dc888-0185-46b3-ac63-5c554efe0b5b", ');
    expect(closed).not.toBe(open);
    const { outcome, writes } = await applied(
      async (rig) => {
        await rig.propose({ ...oneGrant, 'backup-access.yaml': open });
        rig.approve();
        rig.merge();
      },
      { config: closed },
    );
    expect(outcome.report.plan).toMatchObject({ steps: [], withheld: [{ code: 'untouchable' }] });
    expect(writes).toBe(0);
  });
});

describe('what people write', () => {
  it('A14: is never asked for, nor are labels and reactions', slow, async () => {
    const { outcome, asked } = await applied(async (rig) => {
      await merged(rig);
      rig.github.addComment(7, approver, '<!-- backup-access-guard:check -->\nsha256:0000');
    });
    expect(outcome.report.apply?.results.map(({ state }) => state)).toEqual(['done']);
    const since = asked.slice(asked.findIndex(({ path }) => path.includes('/pulls?') || path.endsWith('/pulls')));
    expect(since.length).toBeGreaterThan(20);
    expect(since.filter(({ path }) => /comments|reactions|labels|issues/.test(path))).toEqual([]);
  });
});
