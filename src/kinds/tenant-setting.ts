import type { TenantSettingFact } from '../core/fact.ts';
import { evidenceNeed, evidenceRequest, findEvidence } from '../core/find-evidence.ts';
import type { IdentityId } from '../core/ids.ts';
import {
  defineKind,
  gapOf,
  graphNeed,
  mergeReadings,
  type ReadInput,
  type Reading,
  type ReadNeed,
} from '../core/kind.ts';
import type { Answer } from '../core/ports.ts';
import { readAs } from '../core/read-rows.ts';
import { err, ok } from '../core/result.ts';
import { objectOf, optionalStringOf, requiredBooleanOf, type WireObject } from '../core/wire.ts';
import { settingsOf } from '../knowledge/settings-of.ts';

const needs = 'SharePointTenantSettings.Read.All';
const sharePointSettings = '/admin/sharepoint/settings';

type Value = Pick<TenantSettingFact, 'value' | 'byDefault'>;

/** Where a setting is told, and what has to be had to read it. */
interface Source {
  readonly needs: string;
  readonly need: ReadNeed;
  readonly read: (input: ReadInput) => Promise<Answer<Value>>;
}

const switched = (isEnabled: boolean, byDefault = false): Value => ({
  value: isEnabled ? 'enabled' : 'disabled',
  byDefault,
});

/** Microsoft's example of the answer has the settings within `value`; the service gives them bare. */
const parseLegacyAuth = (answer: unknown): Value => {
  const outer = objectOf(answer, 'the settings of SharePoint');
  const wire = outer['value'] === undefined ? outer : objectOf(outer['value'], '`value`');
  return switched(requiredBooleanOf(wire, 'isLegacyAuthProtocolsEnabled'));
};

const parseCustomApps = (answer: WireObject): Value =>
  switched(!requiredBooleanOf(answer, 'DisableCustomAppAuthentication'));

const isList = (value: unknown): boolean =>
  Array.isArray(value) ? value.length > 0 : typeof value === 'string' && value.trim() !== '';

/** `EwsEnabled` is empty in a tenant where nobody chose. A list of apps, or of user agents, narrows it. */
const parseEws = (answer: WireObject): Value => {
  const isUnset = 'EwsEnabled' in answer && answer['EwsEnabled'] === null;
  const isEnabled = isUnset || requiredBooleanOf(answer, 'EwsEnabled');
  if (!isEnabled) return switched(false);
  const isNarrowed =
    isList(answer['EWSAllowedAppIDs']) || optionalStringOf(answer, 'EwsApplicationAccessPolicy') === 'EnforceAllowList';
  return isNarrowed ? { value: 'allow-list', byDefault: false } : switched(true, isUnset);
};

const fromEvidence = (command: string, parse: (answer: WireObject) => Value): Source => ({
  needs: evidenceNeed(command),
  need: { api: 'evidence', command },
  read: async (input) => {
    const found = findEvidence(command, input);
    return found.ok
      ? readAs(ok(found.value.result), evidenceRequest(command), (result) =>
          parse(objectOf(result, `the result of ${command}`)),
        )
      : found;
  },
});

const sources: ReadonlyMap<string, Source> = new Map([
  [
    'sharepoint.legacyAuthProtocols',
    {
      needs,
      need: graphNeed(needs),
      read: async ({ ports }) =>
        readAs(await ports.graph.get(sharePointSettings), `GET ${sharePointSettings}`, parseLegacyAuth),
    },
  ],
  ['sharepoint.customAppAuthentication', fromEvidence('Get-SPOTenant', parseCustomApps)],
  ['exchange.ews', fromEvidence('Get-OrganizationConfig', parseEws)],
]);

/** Of a setting that a policy can state and nothing tells yet. */
const untold = (name: string): Source => ({
  needs: 'a later version',
  need: { api: 'evidence', command: name },
  read: async () =>
    err({
      reason: 'not-supported',
      status: null,
      request: `setting ${name}`,
      detail: 'this version does not read it yet',
    }),
});

const factOf = (identity: IdentityId, name: string, { value, byDefault }: Value): TenantSettingFact => ({
  kind: 'tenant-setting',
  key: `tenant-setting/${identity.toLowerCase()}/${name}`,
  identity,
  subject: name,
  value,
  byDefault,
});

/** One setting, read once for all the policies that speak of it. */
const readOne = async (name: string, input: ReadInput): Promise<Reading> => {
  const source = sources.get(name) ?? untold(name);
  const told = await source.read(input);
  const speakers = input.policies
    .filter((policy) => settingsOf(policy).includes(name))
    .flatMap(({ identities }) => identities.slice(0, 1));
  return told.ok
    ? { facts: speakers.map(({ id }) => factOf(id, name, told.value)), gaps: [] }
    : { facts: [], gaps: speakers.map((identity) => gapOf('tenant-setting', identity, source.needs, told.error)) };
};

/** Settings of the whole tenant that policies state, or that their products' pages ask to change; set by hand. */
export const tenantSetting = defineKind<'tenant-setting'>({
  id: 'tenant-setting',
  title: 'Tenant setting',
  needs,
  standsAlone: true,
  subjects: settingsOf,
  asks: (policy) => settingsOf(policy).map((name) => (sources.get(name) ?? untold(name)).need),
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
    const names = new Set(input.policies.flatMap(settingsOf));
    return mergeReadings(await Promise.all([...names].map((name) => readOne(name, input))));
  },
  same: (wanted, held) => wanted.value === held.value,
});
