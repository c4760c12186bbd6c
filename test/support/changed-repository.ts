import { type GitRepository, gitRepository } from './git-repository.ts';

/** Text of numbered lines. */
export const lines = (count: number): string => Array.from({ length: count }, (_, at) => `line ${at + 1}\n`).join('');

/** A repository whose pull request changes line 20 of 40 and adds a file. */
export const withPull = (): GitRepository & { readonly base: string; readonly head: string } => {
  const repository = gitRepository();
  const base = repository.commit({ 'policies/mail.yaml': lines(40), 'README.md': 'read me\n' });
  repository.git('checkout', '--quiet', '-b', 'topic');
  const head = repository.commit({
    'policies/mail.yaml': lines(40).replace('line 20\n', 'line twenty\n'),
    'policies/größe.yaml': 'new\n',
  });
  return { ...repository, base, head };
};
