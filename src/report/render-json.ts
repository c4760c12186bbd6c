import { changedFact } from '../core/change.ts';
import type { Report } from '../core/report.ts';
import { compareText, sortFindings } from './group-findings.ts';
import { clip, inertJson } from './inert.ts';
import { accessFields } from './json-access.ts';
import { applyFields } from './json-apply.ts';
import { changeFields, requestFields, withheldFields } from './json-change.ts';
import { findingFields, placeFields } from './json-finding.ts';
import { pullRequestFields } from './json-pull-request.ts';
import { sortDiagnostics } from './sort-diagnostics.ts';

/** Longest text in the JSON, in UTF-16 units: longer than any id, shorter than an attack. */
const textLimit = 16_384;

/** The whole report for machines, as `schemas/report.v1.schema.json` has it; order of keys and rows never varies. */
export const renderJson = (report: Report): string => {
  const bounded = (_key: string, value: unknown): unknown =>
    typeof value === 'string' ? clip(value, textLimit) : value;
  return `${inertJson(JSON.stringify(contentOf(report), bounded, 2))}\n`;
};

const contentOf = (report: Report) => ({
  version: 1,
  mode: report.mode,
  tenant:
    report.tenant === null ? null : { id: report.tenant.id, cloud: report.tenant.cloud, name: report.tenant.name },
  source: report.source,
  asOf: report.asOf,
  failOn: report.failOn,
  exitCode: report.exitCode,
  conclusion: report.conclusion,
  policies: sorted(report.policies, ({ name, file }) => [name, file]).map(
    ({ name, file, product, enforcement, identities }) => ({
      name,
      file,
      product,
      enforcement,
      identities: identities.map(({ id, displayName }) => ({ id, displayName })),
    }),
  ),
  coverage: sorted(report.coverage, ({ subject, kind }) => [subject, kind]).map(
    ({ kind, subject, state, reason, needs, detail }) => ({
      kind,
      subject,
      state,
      reason,
      needs,
      detail,
    }),
  ),
  diagnostics: sortDiagnostics(report.diagnostics).map(({ code, message, help, subject, policy, place }) => ({
    code,
    message,
    help,
    subject,
    policy,
    ...placeFields(place),
  })),
  findings: sortFindings(report.findings).map(findingFields),
  drift: sorted(report.drift, ({ change, policy }) => [
    policy,
    changedFact(change).kind,
    changedFact(change).key,
    change.action,
  ]).map(({ change, policy }) => changeFields(change, policy)),
  plan: {
    digest: report.plan.digest,
    steps: report.plan.steps.map(({ id, after, request, change, policy }) => ({
      id,
      needs: after,
      request: request === null ? null : requestFields(request),
      ...changeFields(change, policy),
    })),
    withheld: report.plan.withheld.map(withheldFields),
  },
  verdicts: sorted(report.verdicts, ({ policy, rule }) => [policy, rule]).map(({ policy, rule, verdict }) => ({
    policy,
    rule,
    verdict,
  })),
  effectiveAccess: report.effectiveAccess.map(accessFields),
  ...(report.threeWay === undefined ? {} : { pullRequest: pullRequestFields(report.threeWay) }),
  ...(report.notCompared === undefined ? {} : { notCompared: report.notCompared }),
  ...(report.apply === undefined ? {} : { apply: applyFields(report.apply) }),
  reader:
    report.reader === null
      ? null
      : { lacks: [...report.reader.lacks].sort(), excess: [...report.reader.excess].sort() },
  requests: {
    graph: report.requests.graph,
    resourceManager: report.requests.resourceManager,
    token: report.requests.token,
  },
});

const sorted = <T>(rows: readonly T[], key: (row: T) => readonly string[]): readonly T[] =>
  rows
    .map((row) => ({ row, text: key(row).join('\u0000') }))
    .sort((a, b) => compareText(a.text, b.text))
    .map(({ row }) => row);
