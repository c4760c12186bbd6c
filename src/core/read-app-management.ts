import type { AppManagementPolicyFact } from './fact.ts';
import type { Answer, GraphPort } from './ports.ts';
import { readAs, readRows } from './read-rows.ts';
import { ok } from './result.ts';
import { booleanOf, listOf, objectOf, optionalDateOf, optionalStringOf, stringOf, type WireObject } from './wire.ts';

/** One restriction of a policy on credentials, as it stands. */
export type Restriction = Pick<AppManagementPolicyFact, 'restriction' | 'state' | 'maxLifetime' | 'from'>;

/** A policy of a tenant's own that takes the default one's place for some objects. */
export interface CustomPolicy {
  readonly id: string;
  readonly name: string;
  readonly restrictions: readonly Restriction[];
  /** Object ids of applications and service principals, lower case. */
  readonly appliesTo: ReadonlySet<string>;
}

/** What the default policy says of applications and of service principals; nothing while it is off. */
export interface DefaultPolicy {
  readonly application: readonly Restriction[];
  readonly servicePrincipal: readonly Restriction[];
}

/** The field `state` came later than the others: what has none is in force. */
const parseRestriction = (row: unknown): Restriction => {
  const wire = objectOf(row, 'a restriction');
  return {
    restriction: stringOf(wire, 'restrictionType'),
    state: optionalStringOf(wire, 'state') === 'disabled' ? 'disabled' : 'enabled',
    maxLifetime: optionalStringOf(wire, 'maxLifetime'),
    from: optionalDateOf(wire, 'restrictForAppsCreatedAfterDateTime'),
  };
};

const restrictionsIn = (wire: WireObject, field: string): readonly Restriction[] => {
  const given = wire[field];
  if (given === undefined || given === null) return [];
  const lists = objectOf(given, `\`${field}\``);
  return ['passwordCredentials', 'keyCredentials'].flatMap((list) => listOf(lists, list)).map(parseRestriction);
};

const parseDefault = (answer: unknown): DefaultPolicy => {
  const wire = objectOf(answer, 'the default policy');
  const isOn = booleanOf(wire, 'isEnabled', false);
  return {
    application: isOn ? restrictionsIn(wire, 'applicationRestrictions') : [],
    servicePrincipal: isOn ? restrictionsIn(wire, 'servicePrincipalRestrictions') : [],
  };
};

const parseCustom = (row: unknown) => {
  const wire = objectOf(row, 'a policy');
  const id = stringOf(wire, 'id').toLowerCase();
  return {
    id,
    name: optionalStringOf(wire, 'displayName') ?? id,
    isOn: booleanOf(wire, 'isEnabled', true),
    restrictions: restrictionsIn(wire, 'restrictions'),
  };
};

const parseId = (row: unknown): string => stringOf(objectOf(row, 'who a policy applies to'), 'id').toLowerCase();

/** The tenant's default policy on credentials of apps: one request. */
export const readDefaultPolicy = async (graph: GraphPort): Promise<Answer<DefaultPolicy>> => {
  const path = '/policies/defaultAppManagementPolicy';
  return readAs(await graph.get(path), `GET ${path}`, parseDefault);
};

/** The policies beside it that are on, with whom each is for: one request, and one for each of them. */
export const readCustomPolicies = async (graph: GraphPort): Promise<Answer<readonly CustomPolicy[]>> => {
  const path = '/policies/appManagementPolicies';
  const rows = readRows(await graph.list(path), `GET ${path}`, parseCustom);
  if (!rows.ok) return rows;
  const read = async ({ id, name, restrictions }: ReturnType<typeof parseCustom>): Promise<Answer<CustomPolicy>> => {
    const whom = `${path}/${id}/appliesTo?$select=id`;
    const ids = readRows(await graph.list(whom), `GET ${whom}`, parseId);
    return ids.ok ? ok({ id, name, restrictions, appliesTo: new Set(ids.value) }) : ids;
  };
  const policies = await Promise.all(rows.value.filter(({ isOn }) => isOn).map(read));
  return policies.find((one) => !one.ok) ?? ok(policies.flatMap((one) => (one.ok ? [one.value] : [])));
};
