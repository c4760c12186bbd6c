import type { Coverage, Report } from '../../src/core/report.ts';
import { accessAfter, accessNow, roleAt } from './comment-access.ts';
import { added, keysOf, removed, stepsOf, way } from './comment-parts.ts';
import {
  aged,
  contributor,
  narrowed,
  narrowing,
  protecting,
  reader,
  restorer,
  snapshots,
  tidy,
  tooMuch,
  unchanged,
  vaultOwner,
  works,
} from './comment-scenes.ts';
import { reach } from './report-access.ts';
import { at, azureRole, disks, finding, judged, missing, read, undeclared } from './report-parts.ts';
import { clean, crowded, incomplete, invalid, offline, violations } from './reports.ts';

const owner = azureRole('Owner', 'rg-premium-prod');
const widening = [missing(owner), undeclared(azureRole('Contributor', 'rg-legacy'))];

/** Findings whose sentences speak of what they are about. */
const told = (findings: Report['findings']): Report['findings'] =>
  findings.map((one) => {
    if (one.fingerprint === 'aa01')
      return { ...one, message: '`Contributor` on `rg-legacy` can run code on every virtual machine there' };
    if (one.rule !== 'delegated-grant-on-daemon') return one;
    return { ...one, message: '`user_impersonation` acts as users, and nobody signs in to a backup service' };
  });

/** Owner is asked for, which is found fault with; much stood before. */
const worse: Report = {
  ...violations,
  policies: [protecting, disks],
  drift: [...widening, ...violations.drift.filter(({ policy }) => policy === 'disks-prod')],
  plan: { digest: clean.plan.digest, steps: stepsOf(widening), withheld: [] },
  verdicts: [...violations.verdicts, works('hubstor-prod'), works('disks-prod', 'unknown')],
  findings: told(violations.findings).map((one) =>
    one.rule === 'self-escalation'
      ? {
          ...one,
          side: 'policy',
          fix: {
            title: 'replace `Owner` by `{ role: Disk Snapshot Contributor, scope: rg-premium-prod }`',
            safety: 'review',
            edits: [],
          },
        }
      : one,
  ),
  effectiveAccess: [accessNow],
  threeWay: {
    ...way,
    asked: [added(owner, 24)],
    stepsBefore: stepsOf(widening.slice(1)).map(({ id }) => id),
    driftBefore: keysOf([...widening.slice(1), ...violations.drift.filter(({ policy }) => policy === 'disks-prod')]),
    findingsBefore: violations.findings
      .filter(({ rule }) => rule !== 'self-escalation')
      .map(({ fingerprint }) => fingerprint),
    accessAfter: [
      {
        ...accessNow,
        reaches: [
          ...accessNow.reaches,
          reach('assigns-azure-roles', 'assigns any Azure role', {
            where: 'in resource group `rg-premium-prod`',
            by: [roleAt('Owner', 'rg-premium-prod')],
          }),
        ],
        out: [
          {
            path: 'azure-role',
            answer: 'yes',
            what: 'it can assign itself any role in resource group `rg-premium-prod`',
            by: ['Owner'],
            count: 1,
          },
        ],
      },
    ],
  },
};

/** Azure roles could not be read, so that nobody knows what a merge would do there. */
const gap: Report = {
  ...narrowed,
  exitCode: 3,
  conclusion: 'incomplete',
  coverage: read('hubstor-prod').map(
    (row): Coverage =>
      row.kind === 'azure-role-assignment'
        ? {
            ...row,
            state: 'gap',
            reason: 'forbidden',
            needs: 'Microsoft.Authorization/roleAssignments/read',
            detail: '403 AuthorizationFailed',
          }
        : row,
  ),
  verdicts: [...judged('hubstor-prod', ['unknown', 'unknown', 'fail']), works('hubstor-prod', 'unknown')],
  findings: [aged],
  drift: [],
  plan: { digest: clean.plan.digest, steps: [], withheld: [] },
  threeWay: {
    ...way,
    asked: [
      added(reader, 21, { effect: 'unknown', step: null }),
      removed(contributor, 21, { effect: 'unknown', step: null }),
    ],
    findingsBefore: [aged.fingerprint],
    accessAfter: [accessNow],
  },
};

/** A fork's pull request: policies alone. */
const fork: Report = {
  ...offline,
  policies: offline.policies.map((policy) => ({ ...policy, protects: protecting.protects ?? [] })),
  verdicts: [...offline.verdicts, works('hubstor-prod')],
  threeWay: {
    ...way,
    asked: [
      added(reader, 21, { effect: 'unknown', step: null }),
      added(snapshots, 22, { effect: 'unknown', step: null }),
      removed(contributor, 21, { effect: 'unknown', step: null }),
    ],
    findingsBefore: ['ff'],
    accessAfter: [],
  },
};

/** Drift of before that the merge cures, drift that it leaves, and access that nobody manages. */
const drifted: Report = {
  ...tidy,
  conclusion: 'changes',
  policies: [protecting, disks],
  drift: [missing(snapshots), undeclared(contributor), vaultOwner],
  plan: { digest: clean.plan.digest, steps: stepsOf([missing(snapshots), undeclared(contributor)]), withheld: [] },
  findings: [tooMuch],
  threeWay: {
    ...way,
    asked: [added(snapshots, 22)],
    stepsBefore: stepsOf([undeclared(contributor)]).map(({ id }) => id),
    driftBefore: keysOf([undeclared(contributor), vaultOwner]),
    findingsBefore: [tooMuch.fingerprint],
    cured: [
      finding({
        fingerprint: 'cc01',
        rule: 'delegated-grant-on-daemon',
        severity: 'medium',
        subject: 'user_impersonation',
        scope: null,
      }),
    ],
    leftAlone: [{ policy: 'hubstor-prod', fact: azureRole('Reader', 'rg-monitoring') }],
    accessAfter: [accessAfter],
  },
};

const lacking = finding({
  fingerprint: 'dd01',
  rule: 'missing-for-workload',
  subject: 'Disk Backup Reader',
  place: at('policies/hubstor.yaml', 14),
  message: 'the next backup of azure-vm-disk would fail: no `Disk Backup Reader` on `rg-erp-prod`',
  help: 'ask for `Disk Backup Reader` on the disks, since it exports what is backed up; or take the workload out of `protects`',
  evidence: { operation: 'backup', workloads: ['azure-vm-disk'] },
  side: 'policy',
});

/** A role that the backup lives by is taken out. */
const breaking: Report = {
  ...narrowed,
  verdicts: [...judged('hubstor-prod', ['pass', 'pass', 'pass']), works('hubstor-prod', 'fail')],
  findings: [lacking],
  drift: [undeclared(reader)],
  plan: { digest: clean.plan.digest, steps: stepsOf([undeclared(reader)]), withheld: [] },
  effectiveAccess: [accessAfter],
  threeWay: {
    ...way,
    asked: [removed(reader, 21)],
    accessAfter: [{ ...accessAfter, reaches: accessAfter.reaches.filter(({ id }) => id !== 'exports-disks') }],
  },
};

/** Only a person may make these changes: enforcement is `report`. */
const byHand: Report = {
  ...clean,
  policies: [{ ...protecting, enforcement: 'report' }],
  coverage: read('hubstor-prod'),
  verdicts: [works('hubstor-prod')],
  drift: narrowing,
  threeWay: {
    ...way,
    asked: [
      added(snapshots, 22, { effect: 'not-written', step: null }),
      removed(contributor, 21, { effect: 'not-written', step: null }),
    ],
  },
};

/** Two identities change. */
const several: Report = {
  ...narrowed,
  policies: [protecting, { ...disks, enforcement: 'authoritative' }],
  drift: [...narrowing, missing(restorer, 'disks-prod')],
  plan: { digest: clean.plan.digest, steps: stepsOf([...narrowing, missing(restorer, 'disks-prod')]), withheld: [] },
};

/** By the name of their golden files. */
export const commentReports: Readonly<Record<string, Report>> = {
  narrowed,
  tidy,
  unchanged,
  worse,
  gap,
  fork,
  drifted,
  breaking,
  'by-hand': byHand,
  several,
  invalid: { ...invalid, threeWay: way },
  untouched: { ...clean, threeWay: { ...way, files: [] } },
  'without-base': { ...violations, findings: told(violations.findings) },
  'incomplete-scan': { ...incomplete, mode: 'scan' },
  crowd: { ...crowded(5000), threeWay: way },
};

/** Everything that a comment can tell, in one report. */
export const everything: Report = {
  ...worse,
  coverage: incomplete.coverage,
  diagnostics: invalid.diagnostics,
  findings: [...worse.findings, lacking, tooMuch],
  effectiveAccess: [accessNow],
  threeWay: {
    ...(worse.threeWay ?? way),
    asked: [drifted, byHand, unchanged].flatMap(({ threeWay }) => threeWay?.asked ?? []),
    cured: drifted.threeWay?.cured ?? [],
    leftAlone: drifted.threeWay?.leftAlone ?? [],
    accessAfter: [accessAfter],
  },
};
