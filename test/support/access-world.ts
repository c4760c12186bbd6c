import type { AzureRoleAssignmentFact, RolePermissions } from '../../src/core/fact.ts';
import { identityId } from '../../src/core/ids.ts';
import { azureRole } from './facts.ts';
import type { Chance } from './seeded.ts';

/** A scope of the small tenant that decisions are tried on; what contains it follows from `parent` alone. */
export interface Place {
  readonly path: string;
  readonly parent: Place | null;
}

const place = (path: string, parent: Place | null): Place => ({ path, parent });
const below = (parent: Place, more: string): Place => place(parent.path + more, parent);

const root = place('/', null);
const managementGroup = (name: string, parent: Place): Place =>
  place(`/providers/Microsoft.Management/managementGroups/${name}`, parent);
const all = managementGroup('all', root);
const prod = managementGroup('prod', all);
const test = managementGroup('test', all);

const subscription = (digit: string, parent: Place): Place =>
  place(`/subscriptions/${'00000000-0000-4000-8000-00000000000'.replaceAll('0', digit)}${digit}`, parent);
const subscriptions = [subscription('1', prod), subscription('2', test), subscription('3', all)];
const groups = subscriptions.flatMap((one) =>
  ['rg-erp', 'rg-erp-dr', 'rg'].map((name) => below(one, `/resourceGroups/${name}`)),
);
const resources = groups.flatMap((group) => [
  below(group, '/providers/Microsoft.Compute/disks/data'),
  below(group, '/providers/Microsoft.Compute/disks/data1'),
  below(group, '/providers/Microsoft.Storage/storageAccounts/acc'),
]);
const children = resources.map((resource) => below(resource, '/blobServices/default'));

/** Scopes at or below subscriptions, and the root. */
export const places: readonly Place[] = [root, ...subscriptions, ...groups, ...resources, ...children];
export const managementGroups: readonly Place[] = [all, prod, test];

const idOf = (one: Place): string => one.path.split('/')[2] ?? '';

/** What the program is told of management groups: those above the first two subscriptions, the third's are not known. */
export const ancestors: ReadonlyMap<string, readonly string[]> = new Map([
  [idOf(subscriptions[0] ?? root), ['prod', 'ALL']],
  [idOf(subscriptions[1] ?? root), ['test', 'all']],
]);

/** Is the chain of management groups above this place unknown to the program? */
export const isUntold = (one: Place): boolean =>
  managementGroups.includes(one) || one.path.startsWith(subscriptions[2]?.path ?? '');

export const isWithin = (inner: Place, outer: Place): boolean =>
  inner === outer || (inner.parent !== null && isWithin(inner.parent, outer));

/** The same path as another source might spell it. */
export const respell = (chance: Chance, path: string): string => {
  const spelled = chance.pick([path, path, path.toLowerCase(), path.toUpperCase()]);
  return chance.once(6) && spelled !== '/' ? `${spelled}/` : spelled;
};

const providers = ['Ms.Compute', 'Ms.Computer', 'Ms.Storage'];
const types = ['disks', 'disks/snapshots', 'accounts'];
const verbs = ['read', 'write', 'delete', 'listKeys/action'];
/** Every action that the small tenant knows. */
export const actions: readonly string[] = providers.flatMap((provider) =>
  types.flatMap((type) => verbs.map((verb) => `${provider}/${type}/${verb}`)),
);

/** An action, or a pattern made of one by putting `*` for a part: a segment, the rest, or a few letters. */
const somePattern = (chance: Chance): string => {
  const action = chance.pick(actions);
  const [from, to] = [chance.below(action.length), chance.below(action.length)].sort((a, b) => a - b) as [
    number,
    number,
  ];
  const pattern = chance.pick([
    action,
    action,
    '*',
    `*/${chance.pick(verbs)}`,
    `${chance.pick(providers)}/*`,
    `${chance.pick(providers)}/${chance.pick(types)}/*`,
    `${action.slice(0, from)}*${action.slice(to)}`,
    `*${action.slice(from, to)}*`,
  ]);
  return chance.pick([pattern, pattern, pattern.toUpperCase(), pattern.toLowerCase()]);
};

export const somePermissions = (chance: Chance): readonly RolePermissions[] =>
  chance.several(
    2,
    () => ({
      actions: chance.several(3, () => somePattern(chance)),
      notActions: chance.several(2, () => somePattern(chance)),
      dataActions: chance.several(2, () => somePattern(chance)),
      notDataActions: chance.several(1, () => somePattern(chance)),
    }),
    1,
  );

export const identities = ['app-a', 'app-b'].map(identityId);

/** An assignment and the place that its scope names. */
export interface Placed {
  readonly fact: AzureRoleAssignmentFact;
  readonly at: Place;
}

/** Role assignments of two identities. `readable`: every role could be read. */
export const someAssignments = (chance: Chance, { readable = false } = {}): readonly Placed[] => {
  const roles = chance.several(4, () => (!readable && chance.once(8) ? null : somePermissions(chance)), 1);
  return chance
    .several(20, () => chance.pick(roles), 4)
    .map((permissions, index) => {
      const at = chance.pick(chance.once(3) ? managementGroups : places);
      const condition = chance.once(4) ? '@Resource[x] StringEquals y' : null;
      const more = { key: `key ${index}`, identity: chance.pick(identities), permissions, condition };
      return { fact: azureRole(`Role ${index}`, respell(chance, at.path), { ...more, orphaned: chance.once(9) }), at };
    });
};
