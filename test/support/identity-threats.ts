import type { ThreatRow } from './threat-row.ts';

const who = 'test/threats/who-signs-in.test.ts';
const workflows = 'test/examples/workflows.test.ts';
const tokens = 'test/adapters/tokens.test.ts';
const signIn = 'test/adapters/sign-in.test.ts';
const inputs = 'test/entry/action-inputs.test.ts';
const tenants = 'test/threats/changing-tenants.test.ts';
const consent = 'test/guard/run-consent.test.ts';
const breaks = 'test/guard/breaks-backup.test.ts';

/** What may go wrong with who signs in, and with drift and remediation, and the tests that try it. */
export const identityThreats: Readonly<Record<string, ThreatRow>> = {
  C01: {
    threat: 'a repository made anew under the old name',
    by: [
      ['test/rules/federated-subject-by-name.test.ts', 'an environment by name'],
      ['test/rules/federated-subject-by-name.test.ts', 'the owner’s id alone'],
    ],
    not: 'it is found on identities that a policy names: name the program’s own ones too, under `enforcement: report`',
  },
  C02: {
    threat: 'a federated credential that is too wide',
    by: [
      ['test/rules/federated-subject-too-wide.test.ts', 'any repository of the owner'],
      ['test/rules/federated-subject-too-wide.test.ts', 'any branch'],
      ['test/rules/federated-subject-too-wide.test.ts', 'anybody at all'],
    ],
  },
  C03: {
    threat: 'the identity that writes trusts pull requests too',
    by: [
      [workflows, 'as the identity that every branch can have'],
      [workflows, 'outside of the environment'],
      ['test/rules/federated-subject-too-wide.test.ts', 'pull requests, of an identity that writes'],
    ],
    not: 'a run doesn’t look at its own federated credentials: a policy under `enforcement: report` that names the identity has every check do it',
  },
  C04: {
    threat: 'another tenant, or another cloud',
    by: [
      [who, 'that led to another tenant than the configuration names reads nothing'],
      [inputs, 'is not to another tenant than the configuration’s'],
      [inputs, 'is for the audience of the tenant’s own cloud, and asks for nothing before it is needed'],
      ['test/guard/own-identity.test.ts', 'nor where it names no tenant'],
    ],
  },
  C05: {
    threat: 'a token that ends while steps run',
    by: [
      [tokens, 'is renewed before it ends, once for all who wait'],
      ['test/adapters/sender.test.ts', 'is not sent where sign-in fails'],
      ['test/app/run-step.test.ts', 'nothing is sent for what can not be read'],
    ],
  },
  C06: {
    threat: 'GitHub gives no assertion, and something else is at hand',
    by: [
      [signIn, 'what stands in the way later is a failed sign-in'],
      [tokens, 'that failed is asked for again'],
      [who, 'is no way to sign in for the Action: only the commands of a terminal look there'],
    ],
  },
  C07: {
    threat: 'a clock that is wrong',
    by: [
      [tokens, 'why sign-in failed, in one line'],
      ['test/app/write-time.test.ts', 'a clock that stands still or goes back buys none (pace %i)'],
      ['test/app/lock.test.ts', 'whose lease ran out more than a minute ago'],
      ['test/guard/brake.test.ts', 'one more after a run of nobody knows when'],
    ],
    not: 'a token that Entra calls not yet valid is told with Entra’s words and not asked for again: the clock of a runner is its owner’s to set',
  },
  C08: {
    threat: 'a person’s own rights',
    by: [[who, 'is refused without a word that it is meant, before anybody is asked']],
  },
  C09: {
    threat: 'an identity that writes and may do more than it needs',
    by: [
      ['test/app/preflight.test.ts', 'something else'],
      [tenants, 'is not written about by a run of its own, though no configuration names it'],
      ['test/docs/apply-page.test.ts', 'never lets a role be given that the program never grants'],
    ],
    not: 'what it holds beyond need is told and refuses nothing; whether it owns itself or may add credentials to itself is told where a policy names it',
  },
  H01: {
    threat: 'a remediation that nobody approved',
    by: [
      [tenants, 'of what nobody approved writes nothing, though an approver lets it in'],
      ['test/app/pass-gate.test.ts', 'restores nothing that was pushed past review, even what was approved before'],
      [consent, 'no consent'],
      [consent, 'consent of whoever started it'],
      [workflows, 'by way of the job that reads'],
    ],
  },
  H02: {
    threat: 'two that undo each other',
    by: [
      ['test/guard/brake.test.ts', 'a step done three times'],
      ['test/guard/brake-model.test.ts', 'say the same'],
    ],
  },
  H03: {
    threat: 'drift that is made so that the program takes a backup its access',
    by: [
      [breaks, 'no operation that works before fails after'],
      [breaks, 'not even where its replacement is asked for, and never granted'],
      ['test/guard/last-access.test.ts', 'whatever is taken, whoever had access keeps some'],
      ['test/guard/unread-access.test.ts', 'nothing is taken where %s is a gap'],
      [tenants, 'is not tidied beyond what was approved'],
    ],
  },
  H04: {
    threat: 'an issue for every drift',
    by: [],
    not: 'no issue is ever opened: drift is told by checks and reports',
  },
  H05: {
    threat: 'what people type when they start a run',
    by: [
      [inputs, 'plan-digest takes a digest as `sha256:` and 64 digits of 0-9 and a-f'],
      [inputs, 'mode `remediate` writes only a plan that somebody looked at'],
      [workflows, 'has nothing that makes it unsafe to copy'],
    ],
    not: 'a run is started with a mode, limits and a digest: no input names a principal or a scope',
  },
  H06: {
    threat: 'a run on files that are not, or no longer, the default branch’s',
    by: [
      ['test/threats/approved-merges.test.ts', 'where the files are not those of the pushed commit'],
      [consent, 'an older commit'],
      ['test/guard/merged-pull.test.ts', 'a newer merge'],
    ],
  },
};
