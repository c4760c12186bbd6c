import type { FederatedCredentialFact } from '../core/fact.ts';

/** Whom a federated credential trusts, as far as its subject or expression says. */
export interface Trust {
  /** `org/repository` of a GitHub workflow, or `org` where any repository of it will do; `null`: not GitHub's. */
  readonly repository: string | null;
  /** Does the name alone say which repository is meant, without the ids that GitHub never gives anew? */
  readonly isByName: boolean;
  /** What can be chosen freely: the owner too, the repository, the branch or environment; `null`: nothing. */
  readonly open: 'anything' | 'repository' | 'ref' | null;
  /** Do workflows of pull requests fit? */
  readonly pullRequest: boolean;
  /** Is one reusable workflow asked for beside? */
  readonly isOneWorkflow: boolean;
}

const githubHost = 'token.actions.githubusercontent.com';

/** Is it GitHub that signs the tokens, on its own host or on that of a company (`ghe.com`)? */
export const isGitHubIssuer = (issuer: string): boolean => {
  const host = /^https?:\/\/([^/]+)/i.exec(issuer)?.[1]?.toLowerCase() ?? '';
  return host === githubHost || /^token\.actions\.[a-z0-9-]+\.ghe\.com$/.test(host);
};

/** `claims['sub'] matches 'repo:org/*'`: claim, operator and value, each of them. */
const termsOf = (expression: string) =>
  [...expression.matchAll(/claims\['([^']+)'\]\s+(eq|matches)\s+'([^']*)'/gi)].map(
    ([, claim = '', by = '', value = '']) => ({
      claim: claim.toLowerCase(),
      // A wildcard counts in a pattern alone.
      isPattern: by.toLowerCase() === 'matches' && /[*?]/.test(value),
      value,
    }),
  );

const openOf = (pattern: string): NonNullable<Trust['open']> => {
  const fixed = pattern.slice(0, pattern.search(/[*?]/));
  if (!/^repo:[^/]+\//.test(fixed)) return 'anything';
  return /^repo:[^/]+\/[^:]+:/.test(fixed) ? 'ref' : 'repository';
};

/** GitHub appends the ids of owner and repository to their names (source: OpenID Connect, GitHub Docs). */
const isByName = (subject: string): boolean => {
  const names = /^repo:([^:]+)/.exec(subject)?.[1];
  if (names === undefined || /repository(_owner)?_id:\d+/.test(subject)) return false;
  const [owner = '', repository = ''] = names.split('/');
  return !/@\d+$/.test(owner) || !(/@\d+$/.test(repository) || /[*?]/.test(repository) || repository === '');
};

const repositoryOf = (subject: string): string | null => {
  const names = /^repo:([^:]+)/.exec(subject)?.[1]?.replace(/@\d+/g, '');
  if (names === undefined) return null;
  return /[*?]/.test(names) ? (names.split('/').filter((part) => !/[*?]/.test(part))[0] ?? null) : names;
};

/** Whom the credential trusts. */
export const trustOf = ({ issuer, claim, expression }: FederatedCredentialFact): Trust => {
  const terms = expression === null ? [{ claim: 'sub', isPattern: false, value: claim ?? '' }] : termsOf(expression);
  const subject = terms.find((term) => term.claim === 'sub');
  const isGitHub = isGitHubIssuer(issuer);
  const value = subject?.value ?? '';
  const isAnybody = subject?.isPattern === true && /^[*?]+$/.test(value);
  const open = subject?.isPattern === true && isGitHub ? openOf(value) : null;
  return {
    repository: isGitHub ? repositoryOf(value) : null,
    isByName: isGitHub && isByName(value),
    open: isAnybody ? 'anything' : open,
    pullRequest: isGitHub && !(subject?.isPattern ?? false) && /:pull_request(:|$)/.test(value),
    isOneWorkflow: terms.some((term) => term.claim === 'job_workflow_ref' && !term.isPattern),
  };
};

/** Ids that tell one repository from another of the same name are asked for by other claims, too. */
export const asksForIds = (expression: string | null): boolean =>
  expression !== null && /claims\['repository(_owner)?_id'\]\s+eq\s+'\d+'/i.test(expression);
