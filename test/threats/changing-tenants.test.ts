import { describe, expect, it } from 'vitest';
import { runCheck } from '../../src/run-check.ts';
import {
  applyClient,
  configOf,
  leastPolicies,
  type MergeOptions,
  type MergeRig,
  tidyAccess,
  wideBrake,
} from '../support/merge-rig.ts';
import { optionsOn } from '../support/rig.ts';
import { byHand, codesOf, oneGrant, tidyMerge, writesOf } from '../support/threat-rig.ts';

const slow = { timeout: 120_000 };
const on = async <T>(options: MergeOptions, story: (rig: MergeRig) => Promise<T>): Promise<T> => {
  const rig = await tidyMerge(options);
  try {
    return await story(rig);
  } finally {
    await rig.close();
  }
};

/** Proposed, checked and approved. */
const reviewed = (rig: MergeRig): Promise<void> => rig.propose(oneGrant).then(() => rig.approve());

describe('a tenant that changes after its plan was approved', () => {
  it('A18: is not tidied beyond what was approved', slow, () =>
    on({}, async (rig) => {
      await reviewed(rig);
      rig.merge();
      expect(await (await byHand(rig)).grant()).toMatchObject({ came: true, status: 201 });
      const outcome = await rig.applyHere();
      expect(codesOf(outcome)).toEqual(['needs-approval']);
      expect(outcome.report.apply?.refusals[0]?.why).toContain('one step was not in it (revoke `Team.ReadBasic.All`');
      expect(writesOf(rig)).toHaveLength(1);
    }),
  );

  it('A17: loses what was approved, and only once', slow, () =>
    on({}, async (rig) => {
      const hand = await byHand(rig);
      await hand.grant();
      await reviewed(rig);
      rig.merge();
      const outcome = await rig.applyHere();
      expect(outcome.report.apply?.results.map(({ state }) => state)).toEqual(['done', 'done']);
      expect(writesOf(rig).map(({ method }) => method)).toEqual(['POST', 'POST', 'DELETE']);
      await rig.applyHere();
      expect(writesOf(rig)).toHaveLength(3);
    }),
  );

  it('A17: that somebody else has cleaned up is left as it is', slow, () =>
    on({}, async (rig) => {
      const hand = await byHand(rig);
      await hand.grant();
      await reviewed(rig);
      rig.merge();
      await hand.revoke();
      const outcome = await rig.applyHere();
      expect(outcome.report.apply?.results.map(({ state }) => state)).toEqual(['done']);
      expect(writesOf(rig).map(({ method }) => method)).toEqual(['POST', 'DELETE', 'POST']);
    }),
  );
});

describe('a tenant that can not be read', () => {
  it('A23: makes no success of nothing to do', slow, () => {
    const refused = { status: 403, body: { error: { code: 'Authorization_RequestDenied', message: 'no' } } };
    const match = { path: '/appRoleAssignments', inner: true, times: 'always' as const };
    return on({ faults: [{ match, answer: refused }] }, async (rig) => {
      await reviewed(rig);
      rig.merge();
      const { report } = await rig.applyHere();
      expect(report.plan.steps).toEqual([]);
      expect(report).toMatchObject({ exitCode: 3, conclusion: 'incomplete' });
      expect(writesOf(rig)).toEqual([]);
    });
  });
});

describe('a merge whose run never came', () => {
  it('B18: shows as drift in the next check, whatever became of its run', slow, () =>
    on({}, async (rig) => {
      await reviewed(rig);
      rig.merge();
      const [reader] = tidyAccess.callers ?? [];
      const options = {
        ...optionsOn(rig.emulator, `${rig.repository.folder}/policies`, { failOn: 'never', failOnDrift: true }),
        config: `${rig.repository.folder}/backup-access.yaml`,
        evidence: `${rig.repository.folder}/evidence`,
      };
      const by = { type: 'secret' as const, secret: reader?.secret ?? '' };
      const signIn = () => ({ tenantId: tidyAccess.tenantId, clientId: reader?.appId ?? '', by });
      const report = await runCheck(options, { signIn, progress: () => undefined });
      expect(report.drift.map(({ change }) => [change.cause, change.after?.subject])).toEqual([
        ['missing', 'Calendars.Read'],
      ]);
      expect(report).toMatchObject({ exitCode: 1, conclusion: 'drift' });
    }),
  );
});

describe('two runs at once', () => {
  it('F29: write once', slow, () =>
    on({}, async (rig) => {
      await reviewed(rig);
      rig.merge();
      const both = await Promise.all([rig.applyHere(), rig.applyHere()]);
      expect(writesOf(rig)).toHaveLength(1);
      const ends = both.map((one) => codesOf(one)[0] ?? one.report.apply?.results[0]?.state ?? 'nothing to do');
      expect(ends.filter((end) => end === 'done')).toHaveLength(1);
      expect(ends.filter((end) => !['done', 'lock-held', 'already', 'nothing to do'].includes(end))).toEqual([]);
    }),
  );
});

describe('the program itself', () => {
  const own = `apiVersion: backup-access/v1
kind: BackupAccessPolicy
metadata: { name: own, owner: backup-team@contoso.example }
spec:
  enforcement: additive
  identities: [{ appId: "${applyClient}" }]
  access: { applicationPermissions: { Microsoft Graph: [Mail.Read] } }
`;

  const proposed = async (rig: MergeRig) => {
    await rig.propose({ 'policies/own.yaml': own });
    rig.approve();
    rig.merge();
    return rig.applyHere();
  };

  it('F13: is left out of every plan', slow, () =>
    on({}, async (rig) => {
      const { report } = await proposed(rig);
      expect(report.plan.steps).toEqual([]);
      expect(report.plan.withheld.map(({ code }) => code)).toEqual(['untouchable']);
      expect(writesOf(rig)).toEqual([]);
    }),
  );

  it('F13: is not written about by a run of its own, though no configuration names it', slow, () => {
    const unnamed = configOf(wideBrake).replace(/ {4}apply:\n.*\n.*\n/, '');
    expect(unnamed).not.toContain(applyClient);
    return on({ config: unnamed, base: leastPolicies }, async (rig) => {
      const outcome = await proposed(rig);
      expect(codesOf(outcome)).toEqual(['own-identity']);
      expect(writesOf(rig)).toEqual([]);
    });
  });
});

describe('a remediation', () => {
  it('H01: of what nobody approved writes nothing, though an approver lets it in', slow, () =>
    on({}, async (rig) => {
      await rig.propose(oneGrant);
      rig.merge();
      const step = await rig.remediate({ 'plan-digest': `sha256:${'0'.repeat(64)}` });
      expect(step.code).toBe(5);
      expect(step.stdout).toContain('approvals-missing');
      expect(writesOf(rig)).toEqual([]);
    }),
  );
});
