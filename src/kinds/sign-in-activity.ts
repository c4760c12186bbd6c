import type { IsoDate, SignInActivityFact } from '../core/fact.ts';
import { defineKind, type FoundIdentity, gapOf, onlyJudged, type ReadInput, type Reading } from '../core/kind.ts';
import { listByClauses } from '../core/list-by-clauses.ts';
import type { ReadFailure } from '../core/ports.ts';
import { readRows } from '../core/read-rows.ts';
import { objectOf, optionalDateOf, stringOf, type WireObject } from '../core/wire.ts';

const needs = 'AuditLog.Read.All';

const ofPrincipals = '/reports/servicePrincipalSignInActivities';
const ofCredentials = '/reports/appCredentialSignInActivities';

/** Microsoft writes "never" as a day of the year 1, too. */
const lastOf = (wire: WireObject, field: string): IsoDate | null => {
  const last = optionalDateOf(objectOf(wire[field] ?? {}, `\`${field}\``), 'lastSignInDateTime');
  return last === null || new Date(last).getUTCFullYear() < 2000 ? null : last;
};

const latest = (dates: readonly (IsoDate | null)[]): IsoDate | null =>
  dates.reduce((a, b) => (a === null || (b !== null && Date.parse(b) > Date.parse(a)) ? b : a), null);

/** What the app does as a client, for users and by itself; that others ask for tokens to it says nothing of its use. */
const parseActivity = (row: unknown) => {
  const wire = objectOf(row, 'a sign-in activity');
  const asClient = ['applicationAuthenticationClientSignInActivity', 'delegatedClientSignInActivity'];
  return {
    appId: stringOf(wire, 'appId').toLowerCase(),
    last: latest(asClient.map((field) => lastOf(wire, field))),
  };
};

/** A row for each API that the credential was used for. */
const parseCredential = (row: unknown) => {
  const wire = objectOf(row, 'a sign-in activity of a credential');
  return {
    appId: stringOf(wire, 'appId').toLowerCase(),
    keyId: stringOf(wire, 'keyId').toLowerCase(),
    last: lastOf(wire, 'signInActivity'),
  };
};

/** A tenant without the licence, or a cloud without the report, has nothing to tell: nothing to grant would cure that. */
const isNotOffered = ({ detail, reason }: ReadFailure): boolean =>
  reason === 'not-found' || /NonPremiumTenant|premium licen[sc]e|not found for the segment/i.test(detail);

type Activity = ReturnType<typeof parseActivity>;
type Used = ReturnType<typeof parseCredential>;

const factOf = (
  { id, appId }: FoundIdentity,
  activities: readonly Activity[],
  used: readonly Used[],
): SignInActivityFact[] => {
  const own = activities.filter((one) => one.appId === appId);
  const byKey = Map.groupBy(
    used.filter((one) => one.appId === appId),
    ({ keyId }) => keyId,
  );
  // No entry says nothing: Microsoft keeps none of before it began to count.
  if (appId === null || own.length + byKey.size === 0) return [];
  const credentials = [...byKey].map(([keyId, rows]) => ({ keyId, last: latest(rows.map(({ last }) => last)) }));
  return [
    {
      kind: 'sign-in-activity',
      key: `sign-in-activity/${id.toLowerCase()}`,
      identity: id,
      subject: appId,
      last: latest([...own, ...credentials].map(({ last }) => last)),
      credentials: credentials.toSorted((a, b) => (a.keyId < b.keyId ? -1 : 1)),
    },
  ];
};

const read = async ({ identities, ports: { graph } }: ReadInput): Promise<Reading> => {
  const apps = identities.filter(({ servicePrincipal, appId }) => servicePrincipal !== null && appId !== null);
  const clauses = [...new Set(apps.map(({ appId }) => `appId eq '${appId}'`))];
  if (clauses.length === 0) return { facts: [], gaps: [] };
  const [principals, credentials] = await Promise.all([
    listByClauses(graph.beta, ofPrincipals, clauses),
    listByClauses(graph.beta, ofCredentials, clauses),
  ]);
  const activities = readRows(principals, `GET /beta${ofPrincipals}`, parseActivity);
  const used = readRows(credentials, `GET /beta${ofCredentials}`, parseCredential);
  const failures = [activities, used].flatMap((rows) => (rows.ok || isNotOffered(rows.error) ? [] : [rows.error]));
  const isLacking = [activities, used].some((rows) => !rows.ok && isNotOffered(rows.error));
  return {
    ...(isLacking ? { notOffered: true as const } : {}),
    facts: apps.flatMap((app) => factOf(app, activities.ok ? activities.value : [], used.ok ? used.value : [])),
    gaps: failures.flatMap((failure) => apps.map((app) => gapOf('sign-in-activity', app, needs, failure))),
  };
};

/** When the identity last signed in, and with which credential: what is not used can go. */
export const signInActivity = defineKind<'sign-in-activity'>({
  id: 'sign-in-activity',
  title: 'Sign-in activity',
  needs,
  asks: () => [],
  optional: needs,
  ...onlyJudged,
  read,
});
