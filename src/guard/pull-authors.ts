import type { PullEvidence } from '../core/gate-evidence.ts';
import type { CommitPerson } from '../core/gate-port.ts';

/** Who had a hand in a pull request. */
export interface PullAuthors {
  /** Login names in lower case. */
  readonly logins: ReadonlySet<string>;
  /** Addresses and names of which nobody can tell whose they are. */
  readonly unknown: readonly string[];
}

/** GitHub signs merges that it makes on its pages. */
const gitHubItself = 'noreply@github.com';
const ownAddress = /^(?:\d+\+)?([a-z\d](?:[a-z\d-]*[a-z\d])?(?:_[a-z\d]+)?(?:\[bot\])?)@users\.noreply\.[a-z\d.-]+$/;

/** The account behind an address that GitHub gave out; `null` for others. */
const loginIn = (email: string): string | null => ownAddress.exec(email)?.[1] ?? null;

/** Every address on lines that name co-authors, and what such a line says where it holds none. */
const coAuthorsIn = (message: string): readonly string[] =>
  // Stryker disable next-line StringLiteral: what a pattern has in brackets is always there, which types do not say
  [...message.matchAll(/^[^\S\n]*co-authored-by[^\S\n]*:(.*)/gim)].flatMap(([, who = '']) => {
    // Stryker disable next-line StringLiteral: as above
    const addresses = [...who.matchAll(/<([^<>]*)>/g)].map(([, email = '']) => email);
    return (addresses.length === 0 ? [who] : addresses).map((text) => text.trim().toLowerCase());
  });

/** Everybody whose work a pull request holds: its author, authors, committers and co-authors of its commits, last pusher. */
export const authorsOf = ({ pull, commits, push }: PullEvidence): PullAuthors => {
  const people = commits.flatMap(({ author, committer }): readonly CommitPerson[] => [author, committer]);
  // Stryker disable next-line ArrayDeclaration: a text that is no address is nobody's
  const known = new Set(people.flatMap(({ login, email }) => (login === null ? [] : email.toLowerCase())));
  const logins = new Set<string>();
  const unknown = new Set<string>();
  // An address can be one person's while GitHub's guess is another.
  const addAddress = (email: string): void => {
    const own = loginIn(email);
    if (own !== null) logins.add(own);
    else if (!known.has(email) && email !== gitHubItself) unknown.add(email);
  };
  for (const login of [pull.author?.login, push?.by, ...people.map(({ login: guessed }) => guessed)])
    if (login != null) logins.add(login.toLowerCase());
  for (const { email } of people) addAddress(email.toLowerCase());
  for (const { message } of commits) for (const email of coAuthorsIn(message)) addAddress(email);
  return { logins, unknown: [...unknown].sort() };
};
