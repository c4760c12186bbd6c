import { azureRoles } from './azure-roles.ts';
import type { Plane } from './plane.ts';
import { powerfulActions } from './powerful-actions.ts';

const collect = (plane: Plane): readonly string[] => {
  const fromRoles = azureRoles
    .flatMap((role) => role.permissions)
    .flatMap((block) => (plane === 'control' ? block.actions : block.dataActions));
  const powerful = powerfulActions.filter((one) => one.plane === plane).map((one) => one.pattern);
  const byLowerCase = new Map<string, string>();
  for (const action of [...powerful, ...fromRoles]) {
    const key = action.toLowerCase();
    if (!action.includes('*') && !byLowerCase.has(key)) byLowerCase.set(key, action);
  }
  return [...byLowerCase.values()];
};

const collected = new Map<Plane, readonly string[]>();

/** Actions that exist, powerful ones first: from these a comparison takes its example, so that people recognise it. */
export const knownActions = (plane: Plane): readonly string[] => {
  const known = collected.get(plane) ?? collect(plane);
  collected.set(plane, known);
  return known;
};
