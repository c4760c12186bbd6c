import {
  listOf,
  objectOf,
  optionalStringOf,
  requiredBooleanOf,
  requiredListOf,
  stringOf,
  stringsOf,
  type WireObject,
} from './wire.ts';

/** What a setting of the tenant is, and whether that is so because nobody set it. */
export interface SettingValue {
  readonly value: string;
  readonly byDefault: boolean;
}

export const switched = (isEnabled: boolean, byDefault = false): SettingValue => ({
  value: isEnabled ? 'enabled' : 'disabled',
  byDefault,
});

/** A policy object with one switch, as those on admin consent, security defaults and credentials of apps. */
export const parseSwitch = (answer: unknown): SettingValue =>
  switched(requiredBooleanOf(objectOf(answer, 'the policy'), 'isEnabled'));

/** What every user may do. */
const defaultRole = (answer: unknown): WireObject =>
  objectOf(objectOf(answer, 'the authorization policy')['defaultUserRolePermissions'], '`defaultUserRolePermissions`');

/** One thing that every user may, or may not, do. */
export const parseAllowed =
  (field: string) =>
  (answer: unknown): SettingValue =>
    switched(requiredBooleanOf(defaultRole(answer), field));

const consentPolicies = (answer: unknown): readonly string[] => {
  const role = defaultRole(answer);
  requiredListOf(role, 'permissionGrantPoliciesAssigned');
  return stringsOf(role, 'permissionGrantPoliciesAssigned').map((name) => name.toLowerCase());
};

const forSelf = 'managepermissiongrantsforself.';
const forOwned = 'managepermissiongrantsforownedresource.';
const recommended = 'microsoft-user-default-recommended';
/** Policies of Microsoft's own that let users consent to some permissions only (source: built-in app consent policies). */
const lowRisk = new Set(['microsoft-user-default-low', recommended]);

/**
 * May users let apps read their data? By the consent policies given to all users: none, only such as Microsoft confines,
 * or any other one. What Microsoft recommends, it also changes.
 */
export const parseUserConsent = (answer: unknown): SettingValue => {
  const own = consentPolicies(answer)
    .filter((name) => name.startsWith(forSelf) || !name.includes('.'))
    .map((name) => name.replace(forSelf, ''));
  if (own.length === 0) return switched(false);
  if (!own.every((name) => lowRisk.has(name))) return switched(true);
  return { value: 'low-risk', byDefault: own.includes(recommended) };
};

/** Template of the settings on consent (source: group setting templates, Microsoft Graph). */
const consentTemplate = 'dffd5d46-495d-40a9-8e21-954ff55e198a';

const settingIn = (setting: WireObject, name: string): string | null => {
  const row = listOf(setting, 'values')
    .map((one) => objectOf(one, 'a value'))
    .find((one) => stringOf(one, 'name') === name);
  return row === undefined ? null : optionalStringOf(row, 'value');
};

/**
 * May owners of groups let apps read what is the group's? By a setting, and where that is off by consent policies. A tenant
 * that has neither leaves it to Microsoft, who allowed it.
 */
export const parseGroupOwnerConsent = (settings: readonly unknown[], authorization: unknown): SettingValue => {
  const rows = settings.map((row) => objectOf(row, 'a group setting'));
  const consent = rows.find((row) => optionalStringOf(row, 'templateId')?.toLowerCase() === consentTemplate);
  const set = consent === undefined ? null : settingIn(consent, 'EnableGroupSpecificConsent');
  const isByPolicy = consentPolicies(authorization).some((name) => name.startsWith(forOwned));
  if (set?.toLowerCase() === 'true' || isByPolicy) return switched(true);
  return set === null ? switched(true, true) : switched(false);
};
