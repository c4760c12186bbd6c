import type { KeyVaultAccessFact } from '../core/access-fact.ts';
import { scopeContains } from '../core/scope.ts';

type Permissions = Readonly<Record<string, readonly string[]>>;

/**
 * What an access policy has to give to stand in for a role on a key vault (sources:
 * learn.microsoft.com/azure/backup/encryption-at-rest-with-cmk, …/backup-azure-database-postgresql).
 */
const inPlaceOf: Readonly<Record<string, Permissions>> = {
  'Key Vault Crypto Service Encryption User': { keys: ['get', 'wrapkey', 'unwrapkey'] },
  'Key Vault Secrets User': { secrets: ['get'] },
};

/** What is never too much for these: listing comes with the pages of Azure Backup. */
const besides: Permissions = { keys: ['list'], secrets: ['list'] };

const has = (held: readonly string[], one: string): boolean => held.includes(one) || held.includes('all');

/** Is a role on a key vault made up for by an access policy in effect? */
export const isMetByPolicy = (role: string, scope: string, policies: readonly KeyVaultAccessFact[]): boolean => {
  const wanted = Object.entries(inPlaceOf[role] ?? {});
  return (
    wanted.length > 0 &&
    policies.some(
      ({ inEffect, vault, permissions }) =>
        inEffect &&
        scopeContains(vault, scope) &&
        wanted.every(([type, list]) => list.every((one) => has(permissions[type] ?? [], one))),
    )
  );
};

/** Of what an access policy gives everything that none of these roles stands for, as `keys: delete`. */
export const excessOf = ({ permissions }: KeyVaultAccessFact, roles: readonly string[]): readonly string[] => {
  const needed = roles.flatMap((role) => Object.entries(inPlaceOf[role] ?? {}));
  return Object.entries(permissions).flatMap(([type, list]) => {
    const own = needed.filter(([of]) => of === type).flatMap(([, wanted]) => wanted);
    const spared = own.length === 0 ? [] : [...own, ...(besides[type] ?? [])];
    return list.filter((one) => !spared.includes(one)).map((one) => `${type}: ${one}`);
  });
};
