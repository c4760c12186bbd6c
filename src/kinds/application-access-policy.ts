import type { ApplicationAccessPolicyFact } from '../core/access-fact.ts';
import { evidenceRows, firstTextOf } from '../core/evidence-rows.ts';
import { evidenceNeed } from '../core/find-evidence.ts';
import { type AppId, appId, type IdentityId } from '../core/ids.ts';
import { defineKind, gapOf, onlyJudged, type ReadInput, type Reading } from '../core/kind.ts';
import { MalformedAnswer, stringOf, type WireObject } from '../core/wire.ts';

const command = 'Get-ApplicationAccessPolicy';
const needs = evidenceNeed(command);

type Row = Pick<ApplicationAccessPolicyFact, 'right' | 'scope'> & { readonly apps: readonly AppId[] };

const rightOf = (text: string): Row['right'] => {
  const right = (['RestrictAccess', 'DenyAccess'] as const).find((one) => one.toLowerCase() === text.toLowerCase());
  if (right === undefined)
    throw new MalformedAnswer(`\`AccessRight\` is \`${text}\` where RestrictAccess or DenyAccess belongs`);
  return right;
};

/** One policy may be of several apps. */
const appsOf = (row: WireObject): readonly AppId[] => {
  const list: unknown = row['AppId'];
  if (!Array.isArray(list)) return [appId(stringOf(row, 'AppId'))];
  return list.map((id: unknown) => {
    if (typeof id !== 'string' || id === '') throw new MalformedAnswer('`AppId` holds no app id');
    return appId(id);
  });
};

const parseRow = (row: WireObject): Row => ({
  apps: appsOf(row),
  right: rightOf(stringOf(row, 'AccessRight')),
  scope: firstTextOf(row, 'ScopeName', 'PolicyScopeGroupId', 'ScopeIdentity') ?? stringOf(row, 'ScopeName'),
});

const factOf = (identity: IdentityId, app: AppId, { right, scope }: Row): ApplicationAccessPolicyFact => ({
  kind: 'application-access-policy',
  key: `application-access-policy/${identity.toLowerCase()}/${right.toLowerCase()}/${scope.toLowerCase()}`,
  identity,
  subject: scope,
  appId: app,
  right,
  scope,
});

const read = async (input: ReadInput): Promise<Reading> => {
  const rows = evidenceRows(command, input, parseRow);
  if (!rows.ok) {
    const gaps = input.identities.map((identity) => gapOf('application-access-policy', identity, needs, rows.error));
    return { facts: [], gaps };
  }
  const facts = input.identities.flatMap(({ id, appId: own }) => {
    const app = own ?? appId(id);
    return rows.value.filter(({ apps }) => apps.includes(app)).map((row) => factOf(id, app, row));
  });
  return { facts, gaps: [] };
};

/** Application access policies of Exchange, the older way to keep an app to some mailboxes: by evidence alone. */
export const applicationAccessPolicy = defineKind<'application-access-policy'>({
  id: 'application-access-policy',
  title: 'Application access policy',
  needs,
  standsAlone: true,
  asks: () => [],
  optional: command,
  ...onlyJudged,
  read,
});
