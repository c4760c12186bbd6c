import { accountCommands, exchangeAccountsIn } from '../core/exchange-accounts.ts';
import { evidenceNeed } from '../core/find-evidence.ts';
import type { IdentityId } from '../core/ids.ts';
import { defineKind, type FoundIdentity, gapOf, onlyJudged, type ReadInput, type Reading } from '../core/kind.ts';
import type { Policy } from '../core/policy.ts';
import { readAs } from '../core/read-rows.ts';
import { sameText } from '../core/same-text.ts';
import type { Gap } from '../core/snapshot.ts';
import { objectOf, stringOf } from '../core/wire.ts';

const [command] = accountCommands;
const kind = 'exchange-account';

/** An account of a policy, and the identity under which it is told. */
interface Account {
  readonly identity: IdentityId;
  readonly userPrincipalName: string;
}

const namedIn = ({ mustExist, mustNotExist }: Policy): readonly string[] =>
  [...mustExist, ...mustNotExist].flatMap(({ userPrincipalName }) => userPrincipalName ?? []);

/** Accounts that policies name by their name at sign-in, each under the policy's first identity. */
const namedAccounts = (policies: readonly Policy[]): readonly Account[] =>
  policies.flatMap((policy) => {
    const [first] = policy.identities;
    return first === undefined
      ? []
      : namedIn(policy).map((userPrincipalName) => ({ identity: first.id, userPrincipalName }));
  });

const isUser = ({ id }: FoundIdentity, policies: readonly Policy[]): boolean =>
  policies.some(({ identities }) => identities.some((one) => one.type === 'user' && sameText(one.id, id)));

/** Identities that are people: evidence calls them by their name at sign-in, policies by their object id. */
const usersOf = async ({ identities, policies, ports }: ReadInput) => {
  const accounts: Account[] = [];
  const gaps: Gap[] = [];
  const users = identities.filter((identity) => identity.objectId !== null && isUser(identity, policies));
  await Promise.all(
    users.map(async (identity) => {
      const path = `/users/${identity.objectId}?$select=userPrincipalName`;
      const name = readAs(await ports.graph.get(path), `GET ${path}`, (user) =>
        stringOf(objectOf(user, 'the user'), 'userPrincipalName'),
      );
      if (name.ok) accounts.push({ identity: identity.id, userPrincipalName: name.value });
      else gaps.push(gapOf(kind, identity, 'User.Read.All', name.error));
    }),
  );
  return { accounts, gaps };
};

const read = async (input: ReadInput): Promise<Reading> => {
  const users = await usersOf(input);
  const accounts = [...users.accounts, ...namedAccounts(input.policies)];
  const tell = exchangeAccountsIn(input);
  if (!tell.ok) {
    const concerned = input.identities.filter(({ id }) => accounts.some(({ identity }) => sameText(identity, id)));
    const cure = evidenceNeed(tell.error.request.replace(/^evidence /, ''));
    return { facts: [], gaps: [...users.gaps, ...concerned.map((one) => gapOf(kind, one, cure, tell.error))] };
  }
  const facts = accounts.flatMap(({ identity, userPrincipalName }) => {
    const told = tell.value(userPrincipalName);
    if (told === null) return [];
    const key = `${kind}/${identity.toLowerCase()}/${userPrincipalName.toLowerCase()}`;
    return [{ kind, key, identity, subject: userPrincipalName, userPrincipalName, ...told } as const];
  });
  return { facts, gaps: users.gaps };
};

/** What Exchange says of people's accounts that a policy names: by evidence, and of no other account. */
export const exchangeAccount = defineKind<'exchange-account'>({
  id: kind,
  title: 'Exchange account',
  needs: evidenceNeed(command),
  standsAlone: true,
  asks: () => [],
  optional: command,
  subjects: namedIn,
  ...onlyJudged,
  read,
});
