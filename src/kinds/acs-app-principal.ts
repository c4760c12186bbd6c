import type { AcsAppPrincipalFact } from '../core/fact.ts';
import { evidenceNeed, evidenceRequest, findEvidence } from '../core/find-evidence.ts';
import { type AppId, appId, type IdentityId } from '../core/ids.ts';
import { defineKind, gapOf, onlyJudged, type ReadInput, type Reading } from '../core/kind.ts';
import type { Policy } from '../core/policy.ts';
import { readAs } from '../core/read-rows.ts';
import { ok } from '../core/result.ts';
import {
  listOf,
  MalformedAnswer,
  objectOf,
  optionalStringOf,
  requiredBooleanOf,
  stringOf,
  type WireObject,
} from '../core/wire.ts';
import { settingsOf } from '../knowledge/settings-of.ts';

const command = 'Get-PnPAzureACSPrincipal';
const needs = evidenceNeed(command);

type Row = Omit<AcsAppPrincipalFact, 'kind' | 'key' | 'identity' | 'subject'> & { readonly appId: AppId };

/** `i:0i.t|ms.sp.ext|<app id>@<tenant id>`, where the row has no `ClientId`. */
const appIdOf = (wire: WireObject): AppId => {
  const named = optionalStringOf(wire, 'ClientId') ?? optionalStringOf(wire, 'AppId');
  return appId(named ?? /\|([0-9a-f-]{36})@/i.exec(stringOf(wire, 'AppIdentifier'))?.[1] ?? '');
};

const rightsOf = (wire: WireObject, field: string): readonly string[] =>
  listOf(wire, field).map((entry) => {
    const right = objectOf(entry, `an entry of \`${field}\``);
    const place = optionalStringOf(right, 'Scope') ?? optionalStringOf(right, 'SiteId') ?? 'a site';
    return `${stringOf(right, 'Right')} on ${place}`;
  });

const parseRow = (row: unknown): Row => {
  const wire = objectOf(row, 'an app principal');
  const id = appIdOf(wire);
  if (id === '') throw new MalformedAnswer('`AppIdentifier` names no app id');
  return {
    appId: id,
    title: optionalStringOf(wire, 'Title'),
    appOnly: requiredBooleanOf(wire, 'AllowAppOnly'),
    tenantPermissions: rightsOf(wire, 'TenantScopedPermissions'),
    sitePermissions: rightsOf(wire, 'SiteCollectionScopedPermissions'),
  };
};

/** PowerShell writes a list of one as the one itself. */
const parseResult = (result: unknown): readonly Row[] =>
  (Array.isArray(result) ? result : [objectOf(result, `the result of ${command}`)]).map(parseRow);

/** One app may be told of by several rows, one for each site that trusts it. */
const together = (rows: readonly Row[]): Row | null => {
  const [first] = rows;
  if (first === undefined) return null;
  return {
    ...first,
    appOnly: rows.some(({ appOnly }) => appOnly),
    tenantPermissions: [...new Set(rows.flatMap(({ tenantPermissions }) => tenantPermissions))],
    sitePermissions: [...new Set(rows.flatMap(({ sitePermissions }) => sitePermissions))],
  };
};

const factOf = (identity: IdentityId, { appId: id, ...rest }: Row): AcsAppPrincipalFact => ({
  kind: 'acs-app-principal',
  key: `acs-app-principal/${identity.toLowerCase()}`,
  identity,
  subject: id,
  ...rest,
});

/** For whom is it a gap that nobody told? For policies whose add-ins may still sign in. */
const isConcerned = (policy: Policy): boolean => settingsOf(policy).includes('sharepoint.customAppAuthentication');

const concerned = ({ policies }: ReadInput): ReadonlySet<string> =>
  new Set(policies.filter(isConcerned).flatMap(({ identities }) => identities.map(({ id }) => id.toLowerCase())));

const read = async (input: ReadInput): Promise<Reading> => {
  const found = findEvidence(command, input);
  const rows = found.ok ? readAs(ok(found.value.result), evidenceRequest(command), parseResult) : found;
  if (!rows.ok) {
    const some = concerned(input);
    // Evidence that is there and makes no sense leaves everybody in the dark.
    const lacking = input.identities.filter(({ id }) => found.ok || some.has(id.toLowerCase()));
    return { facts: [], gaps: lacking.map((identity) => gapOf('acs-app-principal', identity, needs, rows.error)) };
  }
  const facts = input.identities.flatMap(({ id, appId: own }) => {
    // An app that Entra no longer has may live on in SharePoint: its identity is its app id.
    const row = together(rows.value.filter((one) => one.appId === own || one.appId === id.toLowerCase()));
    return row === null ? [] : [factOf(id, row)];
  });
  return { facts, gaps: [] };
};

/** App principals that SharePoint keeps itself, by evidence alone: no API that an app can call tells of them. */
export const acsAppPrincipal = defineKind<'acs-app-principal'>({
  id: 'acs-app-principal',
  title: 'SharePoint app principal',
  needs,
  standsAlone: true,
  asks: (policy) => (isConcerned(policy) ? [{ api: 'evidence', command }] : []),
  optional: command,
  ...onlyJudged,
  read,
});
