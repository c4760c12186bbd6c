import type { Fact } from '../../src/core/fact.ts';
import { certificate, tenantSetting } from '../support/facts.ts';
import { federated, github } from '../support/safety-facts.ts';
import type { Cases, CorpusCase } from './corpus-case.ts';
import { protect, type Wish } from './policy-text.ts';

const reads: Wish = {
  protects: [protect('sharepoint')],
  graph: 'Sites.Read.All',
  credentials: '{ allow: [federated] }',
};
const allowing = (types: string): Wish => ({ ...reads, credentials: `{ allow: [${types}] }` });
const shows = (policy: Wish, also: readonly Fact[], ...expect: readonly string[]): CorpusCase => ({
  policy,
  also,
  expect,
});
const spares = (also: readonly Fact[], ...tempts: readonly string[]): CorpusCase => ({
  policy: reads,
  also,
  tempts,
  expect: [],
});
const by = (claim: string): Fact => federated({ claim });
const matching = (pattern: string, issuer = github): Fact =>
  federated({ expression: `claims['sub'] matches '${pattern}'`, issuer });
const proof = certificate('2026-10-01T00:00:00Z', '2027-02-01T00:00:00Z');

const name = 'federated-subject-by-name';
const wide = 'federated-subject-too-wide';
const elsewhere = 'federated-from-elsewhere';
const type = 'credential-type-not-allowed';

/** Whose tokens are as good as a secret of the identity. */
export const federatedCases: Cases = {
  'trust: an environment of a repository with its ids': spares([federated()], name, wide, elsewhere, type),
  'trust: a branch of a repository with its ids': spares(
    [by('repo:contoso@1/backup@2:ref:refs/heads/main')],
    name,
    wide,
  ),
  'trust: a subject made of ids': spares([by('repository_owner_id:1:repository_id:2')], name, wide),
  'trust: a pod of a cluster': spares(
    [federated({ issuer: 'https://oidc.prod-aks.azure.com/1/2', claim: 'system:serviceaccount:ns:backup' })],
    name,
    wide,
    elsewhere,
  ),
  'trust: an identity of this tenant': spares(
    [federated({ issuer: 'https://login.microsoftonline.com/22222222-2222-4222-8222-222222222222/v2.0', claim: 'x' })],
    elsewhere,
  ),
  'trust: no other credential': spares([tenantSetting('exchange.ews', 'allow-list')], type),
  'trust: a certificate beside, both allowed': {
    policy: allowing('federated, certificate'),
    also: [federated(), proof],
    tempts: [type],
    expect: [],
  },
  'trust: an expression for one environment': spares(
    [federated({ expression: "claims['sub'] eq 'repo:contoso@1/backup@2:environment:prod'" })],
    name,
    wide,
  ),
  'trust: a star in a plain subject, which fits nothing': spares([by('repo:contoso@1/backup@2:ref:refs/tags/*')], wide),
  'trust: a pattern at another issuer that leaves little open': spares(
    [matching('project_path:contoso/backup:ref_type:branch:ref:*', 'https://gitlab.com')],
    wide,
    name,
  ),
  'trust: a company’s own GitHub, with ids': spares(
    [federated({ issuer: 'https://token.actions.contoso.ghe.com' })],
    name,
    elsewhere,
  ),
  'trust: the audience of the cloud for governments': spares(
    [federated({ audiences: ['api://AzureADTokenExchangeUSGov'] })],
    elsewhere,
  ),
  'trust: types of which the policy says nothing': {
    policy: { ...reads, credentials: '{ maxLifetime: P180D }' },
    also: [federated()],
    tempts: [type],
    expect: [],
  },
  'trust: on a managed identity': spares([federated({ on: 'managed-identity' })], type, wide),
  'trust: an environment by name': shows(reads, [by('repo:contoso/backup:environment:prod')], `${name} · fic-1`),
  'trust: a branch by name': shows(reads, [by('repo:contoso/backup:ref:refs/heads/main')], `${name} · fic-1`),
  'trust: a tag by name': shows(reads, [by('repo:contoso/backup:ref:refs/tags/v1')], `${name} · fic-1`),
  'trust: pull requests of an identity that only reads': shows(
    reads,
    [by('repo:contoso@1/backup@2:pull_request')],
    `${wide} · fic-1`,
  ),
  'trust: every repository of the owner': shows(reads, [matching('repo:contoso@1/*')], `${wide} · fic-1`),
  'trust: every branch': shows(reads, [matching('repo:contoso@1/backup@2:ref:refs/heads/*')], `${wide} · fic-1`),
  'trust: everybody at GitLab': shows(reads, [matching('*', 'https://gitlab.com')], `${wide} · fic-1`),
  'trust: an issuer without encryption': shows(
    reads,
    [federated({ issuer: 'http://ci.contoso.example', claim: 'backup' })],
    `${elsewhere} · fic-1`,
  ),
  'trust: an identity of another tenant': shows(
    reads,
    [federated({ issuer: 'https://sts.windows.net/99999999-0000-4000-8000-000000000009/', claim: 'x' })],
    `${elsewhere} · fic-1`,
  ),
  'trust: tokens made for somebody else': shows(
    reads,
    [federated({ audiences: ['https://github.com/contoso'] })],
    `${elsewhere} · fic-1`,
  ),
  'trust: though only certificates are allowed': shows(
    allowing('certificate'),
    [federated(), proof],
    `${type} · fic-1`,
  ),
  'trust: though nothing is allowed': shows(allowing(''), [federated()], `${type} · fic-1`),
  'a certificate, though only federation is allowed': shows(reads, [proof], `${type} · certificate-1`),
};
