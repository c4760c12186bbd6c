import type { Step, Withheld } from '../core/plan.ts';
import type { WriteRequest } from '../core/write.ts';
import { inertLine } from './inert.ts';
import {
  asciiJson,
  encodePath,
  grantMadeBefore,
  quote,
  type ScriptCloud,
  scopesBefore,
  sightOf,
} from './script-parts.ts';
import { stepLine } from './step-line.ts';

/** What a script is made of. */
export interface ScriptInput {
  /** With the requests that were foreseen. */
  readonly steps: readonly Step[];
  readonly withheld: readonly Withheld[];
  readonly digest: string;
  readonly tenant: string;
  readonly cloud: ScriptCloud;
  /** ISO 8601, UTC: when the tenant was read. */
  readonly asOf: string;
  readonly version: string;
}

const functions = `
halt() { printf '%s\\n' "$1" >&2; exit 1; }
lower() { printf '%s' "$1" | tr '[:upper:]' '[:lower:]'; }
words() { lower "$1" | tr -s '[:space:]' '\\n' | sort -u; }
has_word() { case " $(lower "$1") " in *" $(lower "$2") "*) ;; *) return 1 ;; esac; }
same_words() { [ "$(words "$1")" = "$(words "$2")" ]; }

# Waits until a read answers as expected five times in a row, for some minutes at most: there are several copies of a directory.
# Usage: settled has_word|same_words RESOURCE ADDRESS QUERY EXPECTED
settled() {
  local agreeing=0 tries=0 answer
  while [ "$agreeing" -lt 5 ]; do
    [ "$tries" -lt 60 ] || halt "stopped: $3 is not as expected ($5). Run the check again, and make a new script."
    tries=$((tries + 1))
    answer="$(az rest --method GET --resource "$2" --url "$3" --query "$4" --output tsv || true)"
    if "$1" "$answer" "$5"; then agreeing=$((agreeing + 1)); else agreeing=0; fi
    [ "$agreeing" -eq 5 ] || sleep 2
  done
}
`;

const originOf = ({ api }: Pick<WriteRequest, 'api'>, { graph, resourceManager }: ScriptCloud): string =>
  api === 'graph' ? graph : resourceManager;

const settled = (how: 'has_word' | 'same_words', origin: string, sight: ReturnType<typeof sightOf>): string =>
  `settled ${how} ${[origin, `${origin}${encodePath(sight.path)}`, sight.query, sight.expected].map(quote).join(' ')}`;

const call = (request: WriteRequest, origin: string, address: string): string => {
  const body =
    request.body === null ? '' : ` --headers 'Content-Type=application/json' --body ${quote(asciiJson(request.body))}`;
  return `az rest --method ${request.method} --resource ${quote(origin)} --url ${address}${body} --output none`;
};

const callOf = ({ target, change, request }: Step, { cloud }: ScriptInput): readonly string[] => {
  if (request === null) return ['# Nothing is to be done for it any more.'];
  const origin = originOf(request, cloud);
  const address = quote(`${origin}${encodePath(request.path)}`);
  if (target.kind !== 'delegated-grant' || request.method === 'POST') return [call(request, origin, address)];
  const expected = scopesBefore(target, change.action, request);
  if (target.grantId !== null)
    return [
      settled('same_words', origin, {
        path: `/v1.0/oauth2PermissionGrants/${encodeURIComponent(target.grantId)}`,
        query: 'scope',
        expected,
      }),
      call(request, origin, address),
    ];
  // Either an earlier step makes the grant, or it was there when the plan was made: its id is asked for in both cases.
  const { path, query } = grantMadeBefore(target);
  const list = quote(`${origin}${encodePath(path)}`);
  return [
    settled('same_words', origin, { ...sightOf(target), expected }),
    `grant="$(az rest --method GET --resource ${quote(origin)} --url ${list} --query ${quote(query)} --output tsv)"`,
    `case "$grant" in '' | *[!A-Za-z0-9_-]*) halt 'stopped: the grant was not found. Run the check again.' ;; esac`,
    call(request, origin, `${quote(`${origin}/v1.0/oauth2PermissionGrants/`)}"$grant"`),
  ];
};

const stepLines = (step: Step, index: number, input: ScriptInput): readonly string[] => {
  const title = `${index + 1} of ${input.steps.length}: ${stepLine(step)}`;
  const isAwaited = step.request !== null && input.steps.some(({ after }) => after.includes(step.id));
  const origin = step.request === null ? '' : originOf(step.request, input.cloud);
  return [
    '',
    `# ${title}`,
    `printf '%s\\n' ${quote(title)}`,
    ...callOf(step, input),
    ...(isAwaited && step.change.action !== 'delete' ? [settled('has_word', origin, sightOf(step.target))] : []),
  ];
};

const head = ({ steps, withheld, digest, tenant, asOf, version }: ScriptInput): readonly string[] => [
  '#!/usr/bin/env bash',
  `# ${steps.length === 1 ? 'One step' : `${steps.length} steps`} for tenant ${inertLine(tenant)}, planned as of ${inertLine(asOf)}.`,
  `# Plan ${inertLine(digest)}, by backup-access-guard ${inertLine(version)}.`,
  '#',
  '# Read it before you run it. It was made of what the tenant held at that time: if that is more than an hour ago, make a',
  '# new one. It grants first, waits until each grant is seen, and only then revokes; it stops at the first failure, and',
  '# what was done until then stays. It needs the Azure CLI, signed in as somebody who may do all of this.',
  ...(withheld.length === 0
    ? []
    : ['#', '# Left out:', ...withheld.map((one) => `#   ${stepLine(one)}: ${inertLine(one.why)}`)]),
  'set -euo pipefail',
];

/** The steps of a plan as a script for people who write by themselves: quoted so that no name in it can be a command. */
export const renderScript = (input: ScriptInput): string => {
  const tenant = quote(encodePath(input.tenant));
  return `${[
    ...head(input),
    functions.trimEnd(),
    '',
    `[ "$(az account show --query tenantId --output tsv)" = ${tenant} ] || halt ${quote(`stopped: az is signed in to another tenant than ${encodePath(input.tenant)}. Nothing was written.`)}`,
    ...input.steps.flatMap((step, index) => stepLines(step, index, input)),
    '',
    `printf '%s\\n' 'Done. Run the check again: it tells whether the tenant is as the policies ask.'`,
  ].join('\n')}\n`;
};
