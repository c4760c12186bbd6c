import { federatedSubjectByName } from '../../src/rules/federated-subject-by-name.ts';
import { federated } from '../support/safety-facts.ts';
import { testRule } from '../support/test-rule.ts';

const says = (repository: string) =>
  `low likely fic-1: federated credential \`github\` trusts GitHub repository \`${repository}\` by its name: whoever gets the name after it was given up signs in as the backup`;
const by = (claim: string) => federated({ claim });
const matching = (expression: string) => federated({ expression });

testRule(federatedSubjectByName, {
  pass: {
    'a subject with both ids': [federated()],
    'a subject with ids and a branch': [by('repo:contoso@123/backup@456:ref:refs/heads/main')],
    'ids asked for in a subject of one’s own': [by('repository_owner_id:123:repository_id:456')],
    'an expression that asks for the repository’s id': [
      matching("claims['sub'] matches 'repo:contoso/backup:*' and claims['repository_id'] eq '456'"),
    ],
    'any repository of an owner, which is told otherwise': [matching("claims['sub'] matches 'repo:*'")],
    'a pod of a cluster': [
      federated({ issuer: 'https://oidc.prod-aks.azure.com/1/2', claim: 'system:serviceaccount:ns:backup' }),
    ],
    'a name like GitHub’s, of another issuer': [
      federated({ issuer: 'https://gitlab.com', claim: 'repo:contoso/backup:x' }),
    ],
  },
  fail: {
    'an environment by name': { facts: [by('repo:contoso/backup:environment:prod')], says: [says('contoso/backup')] },
    'the owner’s id alone': { facts: [by('repo:contoso@123/backup:environment:prod')], says: [says('contoso/backup')] },
    'the company’s own GitHub': {
      facts: [
        federated({ issuer: 'https://token.actions.contoso.ghe.com', claim: 'repo:contoso/backup:pull_request' }),
      ],
      says: [says('contoso/backup')],
    },
    'a pattern over branches': {
      facts: [matching("claims['sub'] matches 'repo:contoso/backup:ref:refs/heads/*'")],
      says: [says('contoso/backup')],
    },
  },
});
