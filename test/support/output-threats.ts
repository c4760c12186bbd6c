import type { ThreatRow } from './threat-row.ts';

const workflows = 'test/examples/workflows.test.ts';
const hostile = 'test/report/hostile-text.test.ts';
const comment = 'test/report/comment-hostile.test.ts';
const edges = 'test/e2e/pull-request-edges.test.ts';

/** What may go wrong with what is shown, and the tests that try it. */
export const outputThreats: Readonly<Record<string, ThreatRow>> = {
  E01: {
    threat: 'a name that is markup, a mention or an image',
    by: [
      [hostile, 'in any field of any output'],
      [comment, 'in any field of any comment'],
      [
        'test/report/suggestions.test.ts',
        'whatever others wrote: one fence, our words around it, our marker at its end',
      ],
      ['test/report/check-run.test.ts', 'hostile reports stay in every limit and steer nobody'],
    ],
  },
  E02: {
    threat: 'a name that breaks a table',
    by: [
      [hostile, 'in any field of any output'],
      [comment, 'in any field of any comment'],
    ],
  },
  E03: {
    threat: 'a name that holds our marker',
    by: [
      [comment, '<!-- backup-access-guard:check -->'],
      ['test/app/publish.test.ts', "is another one than a person's or another program's that holds our marker"],
    ],
  },
  E04: {
    threat: 'a comment beyond the limit',
    by: [
      [edges, '5,000 findings: the comment fits and says what it leaves out, remarks take at most twenty requests'],
      [comment, 'a megabyte of %j'],
      ['test/report/render-markdown.test.ts', 'dropping whole entries from the mild end'],
      ['test/report/render-markdown.test.ts', 'and keeping revokes where grants go'],
    ],
  },
  E05: {
    threat: 'a summary beyond the limit',
    by: [['test/report/render-markdown.test.ts', 'with %i findings, differences and steps']],
  },
  E06: {
    threat: 'more annotations than GitHub shows',
    by: [
      ['test/app/publish.test.ts', 'a check run carries all its annotations, fifty a request'],
      [edges, '5,000 findings: the comment fits and says what it leaves out, remarks take at most twenty requests'],
      [
        'test/report/render-annotations.test.ts',
        '%i of a level are at most nine, and the last says how many are missing',
      ],
      [
        'test/report/check-run.test.ts',
        'of %i remarks %i are there, worst first, and the summary says how many are not',
      ],
    ],
  },
  E07: {
    threat: 'SARIF beyond its limits',
    by: [
      ['test/report/render-sarif.test.ts', 'at most 5,000 results, the mildest left out, and it says so'],
      ['test/report/sarif-tools.test.ts', 'passes the rules of SARIF and of GitHub, which do find a fault'],
    ],
  },
  E08: {
    threat: 'SARIF of a partial run that closes alerts',
    by: [
      ['test/report/render-sarif.test.ts', 'a partial run can be told from a whole one'],
      [edges, 'a tenant that was not wholly read: failure, nothing for code scanning, and no suggestion taken back'],
      [workflows, 'uploads SARIF only where there is some, and the report also of a run that failed'],
    ],
  },
  E09: { threat: 'a formula in a spreadsheet', by: [], not: 'no report is CSV' },
  E10: {
    threat: 'control sequences of a terminal',
    by: [
      [hostile, 'in any field of any output'],
      ['test/report/inert.test.ts', 'JSON keeps its value and loses what steers a terminal or a runner'],
    ],
  },
  E11: {
    threat: 'names of megabytes, halves of characters',
    by: [
      [hostile, 'a megabyte of %j'],
      ['test/report/inert.test.ts', 'and bounded, without half a character'],
    ],
  },
  E12: {
    threat: 'secrets in the data of a tenant',
    by: [
      ['test/report/render-json.test.ts', 'a fact leaves by an allow-list: nothing else of the tenant goes with it'],
    ],
  },
  E13: {
    threat: 'GitHub fails after the work is done',
    by: [
      ['test/app/publish-failures.test.ts', 'a part that fails stops no other'],
      ['test/app/publish-failures.test.ts', 'GitHub is down'],
      ['test/e2e/merge.test.ts', 'writes nothing when it runs again'],
      [
        edges,
        'a token without pull-requests: write: said in log and summary, the check run written, the exit code as judged',
      ],
    ],
  },
};
