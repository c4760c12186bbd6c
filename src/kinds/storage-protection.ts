import { armId, type IdentityId } from '../core/ids.ts';
import { defineKind, gapOf, mergeReadings, onlyJudged, type ReadInput, type Reading } from '../core/kind.ts';
import type { Policy } from '../core/policy.ts';
import type { ArmPort, ReadFailure } from '../core/ports.ts';
import { readAs } from '../core/read-rows.ts';
import { ok, type Result } from '../core/result.ts';
import type { StorageProtectionFact } from '../core/safety-fact.ts';
import { canonicalScope } from '../core/scope.ts';
import type { ToldSetting } from '../core/setting-details.ts';
import { parseAccountSettings, parseBlobSettings, storageAccountIn } from '../core/storage-settings.ts';
import { objectOf, optionalStringOf } from '../core/wire.ts';

const needs = 'Reader at the storage account (Microsoft.Storage/storageAccounts/read, …/blobServices/read)';
const apiVersion = '2023-05-01';

interface Named {
  readonly identity: IdentityId;
  readonly account: string;
}

/** Storage accounts that a policy protects, keeps things in or restores to, told under its first identity. */
const accountsOf = ({ identities, protects, state }: Policy): readonly Named[] => {
  const [first] = identities;
  if (first === undefined || state === 'retired') return [];
  const scopes = protects.flatMap((one) => one.scopes.flatMap(({ scope }) => storageAccountIn(scope) ?? []));
  const accounts = new Map(scopes.map((account) => [canonicalScope(account), account]));
  return [...accounts.values()].map((account) => ({ identity: first.id, account }));
};

const factOf = ({ identity, account }: Named, { setting, value, details }: ToldSetting): StorageProtectionFact => ({
  kind: 'storage-protection',
  key: `storage-protection/${identity.toLowerCase()}${canonicalScope(account)}/${setting}`,
  identity,
  subject: setting,
  resource: armId(account),
  setting,
  value,
  details,
});

/** What isn't there has no setting; whether something ought to be there, roles on it tell. */
const orNothing = (answer: Result<readonly ToldSetting[], ReadFailure>): Result<readonly ToldSetting[], ReadFailure> =>
  !answer.ok && answer.error.reason === 'not-found' ? ok([]) : answer;

const readAccount = async (arm: ArmPort, account: string): Promise<Result<readonly ToldSetting[], ReadFailure>> => {
  const found = readAs(await arm.get(account, apiVersion), `GET ${account}`, (wire) => ({
    settings: parseAccountSettings(wire),
    // Accounts for files alone have no blobs.
    hasBlobs: optionalStringOf(objectOf(wire, 'the storage account'), 'kind') !== 'FileStorage',
  }));
  if (!found.ok) return orNothing(found);
  const { settings, hasBlobs } = found.value;
  if (!hasBlobs) return ok(settings);
  const path = `${account}/blobServices/default`;
  const blobs = orNothing(readAs(await arm.get(path, apiVersion), `GET ${path}`, parseBlobSettings));
  return blobs.ok ? ok([...settings, ...blobs.value]) : blobs;
};

const read = async ({ policies, ports }: ReadInput): Promise<Reading> => {
  const asked = new Map<string, ReturnType<typeof readAccount>>();
  const readOne = async (named: Named): Promise<Reading> => {
    const key = canonicalScope(named.account);
    const reading = asked.get(key) ?? readAccount(ports.arm, named.account);
    asked.set(key, reading);
    const told = await reading;
    return told.ok
      ? { facts: told.value.map((setting) => factOf(named, setting)), gaps: [] }
      : { facts: [], gaps: [gapOf('storage-protection', { id: named.identity }, needs, told.error)] };
  };
  return mergeReadings(await Promise.all(policies.flatMap(accountsOf).map(readOne)));
};

/** How storage accounts guard what is protected in them or restored to them; judged, never planned. */
export const storageProtection = defineKind<'storage-protection'>({
  id: 'storage-protection',
  title: 'Storage protection',
  needs,
  standsAlone: true,
  asks: (policy) => accountsOf(policy).map(({ account }) => ({ api: 'azure', scope: account })),
  subjects: (policy) => accountsOf(policy).map(({ account }) => canonicalScope(account)),
  ...onlyJudged,
  read,
});
