import {
  parseAllowed,
  parseGroupOwnerConsent,
  parseSwitch,
  parseUserConsent,
  type SettingValue,
  switched,
} from '../core/entra-settings.ts';
import type { TenantSettingFact } from '../core/fact.ts';
import { evidenceNeed, evidenceRequest, findEvidence } from '../core/find-evidence.ts';
import type { IdentityId } from '../core/ids.ts';
import {
  defineKind,
  gapOf,
  graphNeed,
  mergeReadings,
  type Need,
  type ReadInput,
  type Reading,
  type ReadNeed,
} from '../core/kind.ts';
import type { Answer, GraphPort, ReadFailure } from '../core/ports.ts';
import { readAs } from '../core/read-rows.ts';
import { ok } from '../core/result.ts';
import { objectOf, optionalStringOf, requiredBooleanOf, type WireObject } from '../core/wire.ts';
import { settingsOf } from '../knowledge/settings-of.ts';

const needs = 'SharePointTenantSettings.Read.All';
const policyNeeds = 'Policy.Read.All';
const groupNeeds = 'Directory.Read.All';
const sharePointSettings = '/admin/sharepoint/settings';
const authorizationPolicy = '/policies/authorizationPolicy';
const groupSettings = '/groupSettings';

/** Microsoft Graph, where what was asked once is known: several settings stand in one object. */
type Asked = Pick<GraphPort, 'get' | 'list'>;

/** Where a setting is told, and what has to be had to read it. */
interface Source {
  /** Everything that reading it takes. */
  readonly asks: readonly ReadNeed[];
  /** What would cure a failure. */
  readonly needs: (failure: ReadFailure) => string;
  readonly read: (input: ReadInput, graph: Asked) => Promise<Answer<SettingValue>>;
}

/** Microsoft's example of the answer has the settings within `value`; the service gives them bare. */
const parseLegacyAuth = (answer: unknown): SettingValue => {
  const outer = objectOf(answer, 'the settings of SharePoint');
  const wire = outer['value'] === undefined ? outer : objectOf(outer['value'], '`value`');
  return switched(requiredBooleanOf(wire, 'isLegacyAuthProtocolsEnabled'));
};

const parseCustomApps = (answer: WireObject): SettingValue =>
  switched(!requiredBooleanOf(answer, 'DisableCustomAppAuthentication'));

const isList = (value: unknown): boolean =>
  Array.isArray(value) ? value.length > 0 : typeof value === 'string' && value.trim() !== '';

/** `EwsEnabled` is empty in a tenant where nobody chose. A list of apps, or of user agents, narrows it. */
const parseEws = (answer: WireObject): SettingValue => {
  const isUnset = 'EwsEnabled' in answer && answer['EwsEnabled'] === null;
  const isEnabled = isUnset || requiredBooleanOf(answer, 'EwsEnabled');
  if (!isEnabled) return switched(false);
  const isNarrowed =
    isList(answer['EWSAllowedAppIDs']) || optionalStringOf(answer, 'EwsApplicationAccessPolicy') === 'EnforceAllowList';
  return isNarrowed ? { value: 'allow-list', byDefault: false } : switched(true, isUnset);
};

const fromEvidence = (command: string, parse: (answer: WireObject) => SettingValue): Source => ({
  asks: [{ api: 'evidence', command }],
  needs: () => evidenceNeed(command),
  read: async (input) => {
    const found = findEvidence(command, input);
    return found.ok
      ? readAs(ok(found.value.result), evidenceRequest(command), (result) =>
          parse(objectOf(result, `the result of ${command}`)),
        )
      : found;
  },
});

const fromGraph = (
  path: string,
  need: Need & { readonly api: 'graph' },
  parse: (answer: unknown) => SettingValue,
): Source => ({
  asks: [need],
  needs: () => need.permission,
  read: async (_, graph) => readAs(await graph.get(path), `GET ${path}`, parse),
});

const policyNeed = { api: 'graph', permission: policyNeeds, or: [] } as const;

const ownerConsent: Source = {
  asks: [policyNeed, graphNeed(groupNeeds)],
  needs: ({ request }) => (request.includes(groupSettings) ? groupNeeds : policyNeeds),
  read: async (_, graph) => {
    const [settings, policy] = await Promise.all([graph.list(groupSettings), graph.get(authorizationPolicy)]);
    if (!settings.ok) return settings;
    if (!policy.ok) return policy;
    return readAs(ok(policy.value), `GET ${authorizationPolicy}`, (answer) =>
      parseGroupOwnerConsent(settings.value, answer),
    );
  },
};

/** The settings that every user has by the authorization policy, by the field that tells. */
const allowed = (field: string): Source => fromGraph(authorizationPolicy, policyNeed, parseAllowed(field));

/** By name, as the schema of policies lists them: a policy can state no other. */
const sources: ReadonlyMap<string, Source> = new Map<string, Source>([
  [
    'sharepoint.legacyAuthProtocols',
    fromGraph(sharePointSettings, { api: 'graph', permission: needs, or: [] }, parseLegacyAuth),
  ],
  ['sharepoint.customAppAuthentication', fromEvidence('Get-SPOTenant', parseCustomApps)],
  ['exchange.ews', fromEvidence('Get-OrganizationConfig', parseEws)],
  ['entra.userConsent', fromGraph(authorizationPolicy, policyNeed, parseUserConsent)],
  ['entra.groupOwnerConsent', ownerConsent],
  [
    'entra.adminConsentRequests',
    fromGraph('/policies/adminConsentRequestPolicy', { ...policyNeed, or: [groupNeeds] }, parseSwitch),
  ],
  ['entra.usersCanRegisterApps', allowed('allowedToCreateApps')],
  ['entra.usersCanCreateGroups', allowed('allowedToCreateSecurityGroups')],
  ['entra.usersCanCreateTenants', allowed('allowedToCreateTenants')],
  ['entra.securityDefaults', fromGraph('/policies/identitySecurityDefaultsEnforcementPolicy', policyNeed, parseSwitch)],
  ['entra.appManagementPolicy', fromGraph('/policies/defaultAppManagementPolicy', policyNeed, parseSwitch)],
]);

const factOf = (identity: IdentityId, name: string, { value, byDefault }: SettingValue): TenantSettingFact => ({
  kind: 'tenant-setting',
  key: `tenant-setting/${identity.toLowerCase()}/${name}`,
  identity,
  subject: name,
  value,
  byDefault,
});

/** Asks each path once. */
const remembering = ({ get, list }: GraphPort): Asked => {
  const once = <T>(ask: (path: string) => Promise<T>) => {
    const known = new Map<string, Promise<T>>();
    return (path: string): Promise<T> => {
      const answer = known.get(path) ?? ask(path);
      known.set(path, answer);
      return answer;
    };
  };
  return { get: once(get), list: once(list) };
};

/** One setting, read once for all the policies that speak of it. */
const readOne = async (name: string, source: Source, input: ReadInput, graph: Asked): Promise<Reading> => {
  const told = await source.read(input, graph);
  const speakers = input.policies
    .filter((policy) => settingsOf(policy).includes(name))
    .flatMap(({ identities }) => identities.slice(0, 1));
  if (told.ok) return { facts: speakers.map(({ id }) => factOf(id, name, told.value)), gaps: [] };
  const { error } = told;
  return { facts: [], gaps: speakers.map((identity) => gapOf('tenant-setting', identity, source.needs(error), error)) };
};

/** Settings of the whole tenant that policies state, or that their products' pages ask to change; set by hand. See docs/kinds/tenant-setting.md */
export const tenantSetting = defineKind<'tenant-setting'>({
  id: 'tenant-setting',
  title: 'Tenant setting',
  needs,
  standsAlone: true,
  subjects: settingsOf,
  asks: (policy) => settingsOf(policy).flatMap((name) => sources.get(name)?.asks ?? []),
  planned: false,
  governs: () => false,
  desired: (policy) => {
    const [first] = policy.identities;
    const stated = first === undefined || policy.state === 'retired' ? [] : policy.tenantSettings;
    return {
      facts: stated.flatMap(({ name, value, place }) =>
        first === undefined ? [] : [{ fact: factOf(first.id, name, { value, byDefault: false }), place }],
      ),
      problems: [],
    };
  },
  read: async (input) => {
    const graph = remembering(input.ports.graph);
    const names = new Set(input.policies.flatMap(settingsOf));
    const asked = [...sources].filter(([name]) => names.has(name));
    return mergeReadings(await Promise.all(asked.map(([name, source]) => readOne(name, source, input, graph))));
  },
  same: (wanted, held) => wanted.value === held.value,
});
