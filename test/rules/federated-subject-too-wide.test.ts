import { federatedSubjectTooWide } from '../../src/rules/federated-subject-too-wide.ts';
import { appRole } from '../support/facts.ts';
import { federated } from '../support/safety-facts.ts';
import { testRule } from '../support/test-rule.ts';

const head = (severity: string) => `${severity} certain fic-1: federated credential \`github\` trusts`;
const matching = (expression: string, issuer?: string) =>
  federated({ expression, ...(issuer === undefined ? {} : { issuer }) });
const pull = federated({ claim: 'repo:contoso@123/backup@456:pull_request' });
const anyPull =
  'any pull request of `contoso/backup`: whoever may push a branch there runs as the identity before anybody has reviewed it';
const anyOf = 'any repository of `contoso` that fits its pattern, those that are made tomorrow too';

testRule(federatedSubjectTooWide, {
  pass: {
    'one environment': [federated()],
    'one branch': [federated({ claim: 'repo:contoso/backup:ref:refs/heads/main' })],
    'a star that stands for itself': [federated({ claim: 'repo:contoso/*' })],
    'an expression that asks for one subject': [matching("claims['sub'] eq 'repo:contoso/backup:environment:prod'")],
    'an environment that is called so': [federated({ claim: 'repo:contoso/pull_request:environment:prod' })],
    'a pod of a cluster': [
      federated({ issuer: 'https://oidc.prod-aks.azure.com/1/2', claim: 'system:serviceaccount:ns:backup' }),
    ],
    'a pattern over another issuer’s subjects': [
      matching("claims['sub'] matches 'project_path:contoso/backup:*'", 'https://gitlab.com'),
    ],
  },
  fail: {
    'pull requests, of an identity that writes': {
      facts: [pull, appRole('Sites.ReadWrite.All')],
      says: [`${head('high')} ${anyPull}`],
    },
    'pull requests, of an identity that only reads': {
      facts: [pull, appRole('Sites.Read.All')],
      says: [`${head('low')} ${anyPull}`],
    },
    'any repository of the owner': {
      facts: [matching("claims['sub'] matches 'repo:contoso/*'")],
      says: [`${head('high')} ${anyOf}`],
    },
    'any repository of the owner, for one workflow': {
      facts: [
        matching(
          "claims['sub'] matches 'repo:contoso/*' and claims['job_workflow_ref'] eq 'contoso/ci/.github/workflows/b.yml@refs/heads/main'",
        ),
      ],
      says: [`${head('medium')} ${anyOf}`],
    },
    'any branch': {
      facts: [matching("claims['sub'] matches 'repo:contoso/backup:ref:refs/heads/*'")],
      says: [`${head('medium')} any branch or environment of \`contoso/backup\` that fits its pattern`],
    },
    'anybody at all': {
      facts: [matching("claims['sub'] matches '*'", 'https://gitlab.com')],
      says: [`${head('high')} tokens of anybody for whom the issuer signs`],
    },
  },
});
