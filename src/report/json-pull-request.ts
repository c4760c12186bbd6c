import type { AskedChange, LeftAlone, ThreeWay } from '../core/three-way.ts';
import { accessFields } from './json-access.ts';
import { findingFields } from './json-finding.ts';
import { apiOf, scopeOf } from './name-things.ts';
import { projectFact } from './project-fact.ts';

const askedFields = ({ action, policy, before, after, place, effect, step }: AskedChange) => {
  const fact = after ?? before;
  return {
    action,
    policy,
    kind: fact?.kind ?? null,
    identity: fact?.identity ?? null,
    subject: fact?.subject ?? null,
    api: fact === null ? null : apiOf(fact),
    scope: fact === null ? null : scopeOf(fact),
    file: place.file,
    line: place.line,
    effect,
    step,
    before: before === null ? null : projectFact(before),
    after: after === null ? null : projectFact(after),
  };
};

const aloneFields = ({ policy, fact }: LeftAlone) => ({
  policy,
  kind: fact.kind,
  identity: fact.identity,
  subject: fact.subject,
  api: apiOf(fact),
  scope: scopeOf(fact),
  fact: projectFact(fact),
});

/** What a pull request does, and what was so before it, for machines: lists in the order of the report. */
export const pullRequestFields = (threeWay: ThreeWay) => ({
  base: threeWay.base,
  head: threeWay.head,
  files: threeWay.files,
  asked: threeWay.asked.map(askedFields),
  stepsBefore: threeWay.stepsBefore,
  driftBefore: threeWay.driftBefore,
  findingsBefore: threeWay.findingsBefore,
  spared: threeWay.spared,
  cured: threeWay.cured.map(findingFields),
  leftAlone: threeWay.leftAlone.map(aloneFields),
  accessAfter: threeWay.accessAfter.map(accessFields),
});
