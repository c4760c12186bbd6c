import type { ThreatRow } from './threat-row.ts';

const workflows = 'test/examples/workflows.test.ts';
const source = 'test/source-safety.test.ts';
const hostile = 'test/report/hostile-text.test.ts';
const gitHubFails = 'test/adapters/github-failures.test.ts';
const edges = 'test/e2e/pull-request-edges.test.ts';
const merged = 'test/guard/merged-pull.test.ts';
const steps = 'test/app/run-steps.test.ts';

/** What may go wrong with workflows and tokens, and the tests that try it. */
export const workflowThreats: Readonly<Record<string, ThreatRow>> = {
  B01: {
    threat: "a fork's pull request has no OIDC token and no secret",
    by: [
      ['test/e2e/action.test.ts', 'a pull request from a fork is judged on what its policies ask for'],
      [edges, 'a fork that asks for too much fails the step, and its check run stays neutral'],
    ],
  },
  B02: {
    threat: 'somebody has it run on pull_request_target',
    by: [
      ['test/entry/action-inputs.test.ts', 'of pull_request_target are not even looked at'],
      [workflows, 'B02: the rights of the base'],
    ],
  },
  B03: {
    threat: 'a title or branch name becomes code of a workflow',
    by: [
      [workflows, 'B03: a shell'],
      [workflows, 'B03: a title, chosen by others'],
      [workflows, 'has nothing that makes it unsafe to copy'],
    ],
  },
  B04: {
    threat: 'text of a tenant becomes a workflow command',
    by: [
      [hostile, 'in any field of any output'],
      ['test/report/inert.test.ts', 'a command escapes what its parser reads'],
      ['test/report/tell-published.test.ts', 'whatever GitHub answers steers nobody'],
    ],
  },
  B05: {
    threat: 'a value of several lines sets variables of later steps',
    by: [
      [source, 'B05: nothing is written into the environment, the path or the state of later steps'],
      ['test/e2e/action.test.ts', 'writes nothing to the tenant, to variables of later steps, and no secret anywhere'],
    ],
  },
  B06: {
    threat: 'masks that are too short spoil logs',
    by: [['test/e2e/canary.test.ts', 'is in what the action prints and leaves behind']],
    not: 'no secret is printed, and nothing is masked but what `@actions/core` masks by itself: the assertion',
  },
  B07: {
    threat: 'tokens in logs, errors and reports',
    by: [
      ['test/e2e/canary.test.ts', 'is in any output of a check'],
      ['test/e2e/canary.test.ts', 'is in any output where services send back what they were sent'],
      ['test/e2e/canary.test.ts', 'is in what the action prints and leaves behind'],
      [gitHubFails, 'nor is it in what is told, though an answer quotes it'],
    ],
  },
  B08: {
    threat: 'a cache that another branch filled',
    by: [
      [source, 'B08: nothing is taken from a cache that other branches can fill, and nothing is put there'],
      [workflows, 'B08: a cache that other branches may have filled'],
    ],
  },
  B09: {
    threat: 'a plan from the artifact of a fork',
    by: [
      [workflows, 'B09: a run that follows one of a fork'],
      [workflows, 'B09: a file that another run left'],
    ],
    not: 'no plan is read back from an artifact: what was shown is in a check run, which test A15 is about',
  },
  B10: {
    threat: 'a tag that is moved to other code',
    by: [
      [workflows, 'B10: a tag that can be moved'],
      [workflows, 'B10: our own tag, without a word'],
      [
        'test/examples/own-workflow.test.ts',
        "pins what isn't ours by commit, and asks for no permission outside its jobs",
      ],
    ],
    not: 'releases come with the release',
  },
  B11: {
    threat: 'dist/ that differs from its sources',
    by: [[source, 'B11: nothing lands whose dist/ is not what its sources build']],
  },
  B12: {
    threat: 'a dependency that was taken over',
    by: [
      [source, 'B12: few packages at run time, each with its reason, none with an install script'],
      [source, 'B12: every version is exact, so that the lock file is the only word on what runs'],
    ],
  },
  B13: {
    threat: 'a job that may do more than it needs',
    by: [
      [workflows, 'runs on what it says, with exactly these permissions'],
      [workflows, 'B13: rights of all jobs'],
      ['test/adapters/github-permissions.test.ts', 'the permissions of a token'],
      ['test/emulator/github.test.ts', 'no token without the permission, which is named'],
    ],
  },
  B14: {
    threat: 'trust in the name of who started the run',
    by: [
      [source, 'B14: nothing is trusted for the name of who started the run'],
      [workflows, 'B14: trust in a name'],
    ],
  },
  B15: {
    threat: 'a dispatch from a branch with another workflow',
    by: [
      ['test/e2e/action.test.ts', 'an identity that does not trust the repository'],
      [merged, 'another branch'],
      [merged, 'a tag of the branch’s name'],
      ['test/guard/run-consent.test.ts', 'an environment of all branches'],
      [workflows, 'outside of the environment'],
    ],
    not: 'a workflow of a branch can leave this program out: that the identity which writes trusts the environment alone, and the environment the default branch alone, is set up by people (docs/identities.md)',
  },
  B16: { threat: 'a condition that is always true', by: [[workflows, 'B16: a condition that is always true']] },
  B17: {
    threat: 'an apply that is stopped half way',
    by: [
      [workflows, 'B17: a run on the default branch that can be stopped'],
      [workflows, 'B17: two runs at once'],
      [workflows, 'B17: stopped half way'],
      ['test/entry/stop-on-signals.test.ts', 'a run whose job is cancelled'],
      [steps, 'in the middle: what was sent is read back quickly, and the rest left'],
      [
        'test/app/run-steps-served.test.ts',
        'killed at any request or line of the journal, a rerun ends as the plan says',
      ],
    ],
  },
  B18: {
    threat: 'a waiting apply that a newer one displaces',
    by: [
      ['test/threats/changing-tenants.test.ts', 'shows as drift in the next check, whatever became of its run'],
      [merged, 'a newer merge'],
      ['test/app/pass-gate.test.ts', 'restores what an approved %s brought'],
    ],
  },
  B19: {
    threat: 'credentials that stay on the disk of a runner',
    by: [
      [workflows, 'B19: a token on the disk of the runner'],
      [source, 'B19: files are written only where a person or the workflow said, or for the embedded tenant'],
    ],
  },
  B20: {
    threat: 'Enterprise Server and data residency',
    by: [
      [source, 'B20: no host of GitHub is written down but as our home'],
      ['test/adapters/github.test.ts', 'of a server under a path, as GitHub Enterprise Server is'],
      [edges, 'GitHub Enterprise Server, whose API lies below a path of its own'],
    ],
  },
  B21: {
    threat: 'a token for a host that a next link names',
    by: [
      ['test/adapters/graph.test.ts', 'another host gets nothing'],
      [gitHubFails, 'never leaves for another host, by a redirect or a next page'],
    ],
  },
  B22: {
    threat: 'a token that follows a redirect',
    by: [
      ['test/adapters/graph.test.ts', 'by a redirect with %i'],
      [gitHubFails, 'never leaves for another host, by a redirect or a next page'],
    ],
  },
  B23: {
    threat: 'NODE_OPTIONS and the like from an earlier step',
    by: [
      ['test/entry/unsafe-environment.test.ts', 'an environment that an earlier step made unsafe'],
      [workflows, 'has nothing that makes it unsafe to copy'],
    ],
    not: 'code that was loaded before ours can hide that it was: what keeps it out is a job without steps of others, as the examples have it',
  },
};
