import { describe, expect, it } from 'vitest';
import { isGitHubIssuer, trustOf } from '../../src/knowledge/federated-trust.ts';
import { federated } from '../support/safety-facts.ts';

const tell = (more: Parameters<typeof federated>[0]) => {
  const { repository, isByName, open, pullRequest, isOneWorkflow } = trustOf(federated(more));
  return [repository, isByName, open, pullRequest, isOneWorkflow];
};
const matching = (pattern: string) => tell({ expression: `claims['sub'] matches '${pattern}'` });

describe('whom a federated credential trusts', () => {
  it.each([
    ['repo:contoso@1/backup@2:environment:prod', ['contoso/backup', false, null, false, false]],
    ['repo:contoso/backup:environment:prod', ['contoso/backup', true, null, false, false]],
    ['repo:contoso/backup@2:ref:refs/heads/main', ['contoso/backup', true, null, false, false]],
    ['repo:contoso@1/backup@2:pull_request', ['contoso/backup', false, null, true, false]],
    ['repo:contoso/*', ['contoso', true, null, false, false]],
    ['repository_owner_id:1:repository_id:2', [null, false, null, false, false]],
  ])('by subject %s', (claim, expected) => {
    expect(tell({ claim })).toEqual(expected);
  });

  it.each([
    ['*', [null, false, 'anything', false, false]],
    ['repo:*', [null, true, 'anything', false, false]],
    ['repo:contoso@1/*', ['contoso', false, 'repository', false, false]],
    ['repo:contoso/back*:ref:refs/heads/main', ['contoso', true, 'repository', false, false]],
    ['repo:contoso@1/backup@2:*', ['contoso/backup', false, 'ref', false, false]],
    ['repo:contoso@1/backup@2:environment:prod', ['contoso/backup', false, null, false, false]],
  ])('by pattern %s', (pattern, expected) => {
    expect(matching(pattern)).toEqual(expected);
  });

  it('by one workflow beside, and by subjects of other issuers as they are', () => {
    const beside =
      "claims['sub'] matches 'repo:contoso@1/*' and claims['job_workflow_ref'] eq 'contoso/ci/.github/workflows/b.yml@refs/heads/main'";
    expect(tell({ expression: beside })).toEqual(['contoso', false, 'repository', false, true]);
    expect(tell({ claim: 'repo:contoso/backup:pull_request', issuer: 'https://gitlab.com' })).toEqual([
      null,
      false,
      null,
      false,
      false,
    ]);
  });

  it.each([
    ['https://token.actions.githubusercontent.com', true],
    ['https://token.actions.githubusercontent.com/contoso', true],
    ['https://token.actions.contoso.ghe.com', true],
    ['https://token.actions.githubusercontent.com.evil.example', false],
    ['https://gitlab.com', false],
    ['not an address', false],
  ])('by issuer %s: GitHub %s', (issuer, isGitHub) => {
    expect(isGitHubIssuer(issuer)).toBe(isGitHub);
  });
});
