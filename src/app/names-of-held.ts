import type { Fact } from '../core/fact.ts';
import type { Names } from '../core/names.ts';

/** Names that no list tells, by what the tenant holds of that name: lists are read for what the head's policies ask. */
export const withHeldNames = (names: Names, facts: readonly Fact[]): Names => ({
  ...names,
  permission: (api, plane, name) => {
    const found = names.permission(api, plane, name);
    if (found.state !== 'unsure' || plane !== 'application') return found;
    const held = facts.find((fact) => fact.kind === 'app-role-assignment' && fact.api === api && fact.subject === name);
    return held?.kind === 'app-role-assignment'
      ? { state: 'found', value: { id: held.role, value: held.subject } }
      : found;
  },
  directoryRole: (name) => {
    const found = names.directoryRole(name);
    if (found.state !== 'unsure') return found;
    const held = facts.find((fact) => fact.kind === 'directory-role-assignment' && fact.subject === name);
    return held?.kind === 'directory-role-assignment'
      ? { state: 'found', value: { id: held.role, name: held.subject } }
      : found;
  },
});
