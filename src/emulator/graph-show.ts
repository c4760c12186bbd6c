import type { EntityType } from './graph-entity-type.ts';
import { type Json, objectsOf } from './json.ts';

/** State-only fields that no API shows. */
const INTERNAL = new Set(['owners', 'members', 'federatedIdentityCredentials', 'permissions']);

const withoutSecret = (row: Json): Json => ({ ...row, secretText: null });
const withoutKey = (row: Json): Json => ({ ...row, key: null });

/** An object as Graph shows it. Secrets are never shown, certificates only when selected. */
export const show = (type: EntityType, row: Json, select: readonly string[] | null): Json => {
  const full: Json = { ...type.defaults, ...row };
  const keys = select ?? Object.keys(full).filter((key) => type.onlySelected?.includes(key) !== true);
  const shown: Json = {};
  for (const key of keys) {
    if (INTERNAL.has(key)) continue;
    if (key === 'passwordCredentials') shown[key] = objectsOf(full, key).map(withoutSecret);
    else if (key === 'keyCredentials' && select === null) shown[key] = objectsOf(full, key).map(withoutKey);
    else shown[key] = full[key] ?? null;
  }
  return shown;
};
