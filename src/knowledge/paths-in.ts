import type { EscalationPath } from '../core/effective.ts';
import type { CredentialFact, Fact, FactOf, KindId, Owner } from '../core/fact.ts';
import { scopeName } from '../core/scope.ts';
import { tellList } from './tell-list.ts';

const only = <K extends KindId>(facts: readonly Fact[], kind: K): readonly FactOf<K>[] =>
  facts.filter((fact): fact is FactOf<K> => fact.kind === kind);

const path = (name: string, what: string, by: readonly string[]): readonly EscalationPath[] =>
  by.length === 0 ? [] : [{ path: name, answer: 'yes', what, by, count: by.length }];

const plural = (number: number, one: string, many = `${one}s`): string => `${number} ${number === 1 ? one : many}`;

/** `2 owners (1 of them an application), who can add credentials`. */
const tellOwners = (owners: readonly Owner[], count: number): string => {
  const apps = new Set(owners.filter(({ type }) => type.toLowerCase() === 'serviceprincipal').map(({ id }) => id)).size;
  const which =
    apps === 0
      ? ''
      : count === 1
        ? ' (an application)'
        : ` (${apps} of them ${apps === 1 ? 'an application' : 'applications'})`;
  return `${plural(count, 'owner')}${which}, who can add credentials`;
};

const isValid =
  (now: Date) =>
  (one: CredentialFact): boolean =>
    (one.end === null || Date.parse(one.end) > now.getTime()) &&
    (one.start === null || Date.parse(one.start) <= now.getTime());

const byCredential = (facts: readonly Fact[], now: Date): readonly EscalationPath[] =>
  (['secret', 'certificate'] as const).flatMap((type) => {
    const all = only(facts, 'credential').filter((one) => one.type === type);
    const valid = all.filter(isValid(now));
    const hidden = valid.filter(({ on }) => on === 'service-principal').length;
    const old = all.length - valid.length;
    const also = [
      ...(hidden === 0 ? [] : [`${hidden} hidden on the service principal`]),
      ...(old === 0 ? [] : [`${old} more not valid now`]),
    ];
    const what = `whoever has ${valid.length === 1 ? `the ${type}` : `one of ${valid.length} ${type}s`}`;
    return path(
      type,
      `${what}${also.length === 0 ? '' : ` (${also.join(', ')})`}`,
      valid.map(({ subject }) => subject),
    );
  });

const byFederation = (facts: readonly Fact[]): readonly EscalationPath[] => {
  const all = only(facts, 'federated-credential');
  const claims = all.map(({ claim, expression, issuer }) => claim ?? expression ?? issuer);
  return path(
    'federated-credential',
    `${plural(all.length, 'outside sign-in')}: ${tellList(claims)}`,
    all.map(({ name }) => name),
  );
};

const byVault = (facts: readonly Fact[]): readonly EscalationPath[] => {
  const vaults = [...new Map(only(facts, 'vault-identity').map(({ vault }) => [vault.toLowerCase(), vault])).values()];
  const what = `whoever runs ${vaults.length === 1 ? 'the vault' : 'one of the vaults'} ${tellList(vaults.map(scopeName))}`;
  return path('vault', what, vaults);
};

const byAdministrator = (facts: readonly Fact[]): readonly EscalationPath[] => {
  const people = only(facts, 'administrator').filter(({ by }) => by !== 'identity');
  return path(
    'administrator',
    `${plural(people.length, 'person', 'people')} close to it, holding roles over the whole tenant at any time`,
    people.map(({ userPrincipalName, objectId }) => userPrincipalName ?? objectId),
  );
};

/** Ways by which somebody becomes the identity, as far as its facts tell, the widest first. */
export const pathsIn = (facts: readonly Fact[], now: Date): readonly EscalationPath[] => {
  const owners = only(facts, 'service-principal').flatMap((principal) => principal.owners);
  const ids = [...new Set(owners.map(({ id }) => id as string))];
  const perhaps: readonly EscalationPath[] = only(facts, 'service-principal').some(
    ({ ownersUnread }) => ownersUnread === true,
  )
    ? [{ path: 'owner', answer: 'unknown', what: 'more owners, who were not read', by: [], count: 0 }]
    : [];
  return [
    ...path('owner', tellOwners(owners, ids.length), ids),
    ...perhaps,
    ...byCredential(facts, now),
    ...byFederation(facts),
    ...byVault(facts),
    ...byAdministrator(facts),
  ];
};
