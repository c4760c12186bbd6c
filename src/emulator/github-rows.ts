import type { GitHubContext } from './github-call.ts';
import type { StoredCheckRun, StoredComment, StoredReviewComment } from './github-state.ts';
import type { Json } from './json.ts';

const nodeId = (kind: string, id: number): string => Buffer.from(`${kind}${id}`).toString('base64url');

/** A number for an account, the same at every mention. */
const accountId = (login: string): number =>
  [...login].reduce((sum, character) => (sum * 31 + (character.codePointAt(0) ?? 0)) % 100_000_007, 7);

/** An account as GitHub shows it. */
export const userRow = (context: GitHubContext, login: string): Json => {
  const url = `${context.url}/users/${encodeURIComponent(login)}`;
  const under = (path: string): string => `${url}/${path}`;
  const isBot = login.endsWith('[bot]');
  return {
    login,
    id: accountId(login),
    node_id: nodeId('U', accountId(login)),
    avatar_url: `https://avatars.githubusercontent.com/u/${accountId(login)}?v=4`,
    gravatar_id: '',
    url,
    html_url: `https://github.com/${isBot ? `apps/${login.slice(0, -5)}` : encodeURIComponent(login)}`,
    followers_url: under('followers'),
    following_url: under('following{/other_user}'),
    gists_url: under('gists{/gist_id}'),
    starred_url: under('starred{/owner}{/repo}'),
    subscriptions_url: under('subscriptions'),
    organizations_url: under('orgs'),
    repos_url: under('repos'),
    events_url: under('events{/privacy}'),
    received_events_url: under('received_events'),
    type: isBot ? 'Bot' : 'User',
    site_admin: false,
  };
};

/** Address of the repository in the API. */
export const repoUrl = (context: GitHubContext): string => `${context.url}/repos/${context.options.repository}`;

/** Address of a pull request for people. */
export const pullPage = (context: GitHubContext, pull: number): string =>
  `https://github.com/${context.options.repository}/pull/${pull}`;

export const association = (login: string): string => (login.endsWith('[bot]') ? 'CONTRIBUTOR' : 'MEMBER');

/** A comment of a conversation. */
export const commentRow = (context: GitHubContext, comment: StoredComment): Json => ({
  url: `${repoUrl(context)}/issues/comments/${comment.id}`,
  html_url: `${pullPage(context, comment.pull)}#issuecomment-${comment.id}`,
  issue_url: `${repoUrl(context)}/issues/${comment.pull}`,
  id: comment.id,
  node_id: nodeId('IC', comment.id),
  user: userRow(context, comment.author),
  created_at: comment.createdAt,
  updated_at: comment.updatedAt,
  author_association: association(comment.author),
  body: comment.body,
  performed_via_github_app: null,
});

/** A comment on lines of a diff. */
export const reviewCommentRow = (context: GitHubContext, comment: StoredReviewComment): Json => {
  const url = `${repoUrl(context)}/pulls/comments/${comment.id}`;
  const html = `${pullPage(context, comment.pull)}#discussion_r${comment.id}`;
  const pull = `${repoUrl(context)}/pulls/${comment.pull}`;
  const startSide = comment.startLine === null ? null : 'RIGHT';
  return {
    url,
    pull_request_review_id: comment.review,
    id: comment.id,
    node_id: nodeId('PRRC', comment.id),
    diff_hunk: '@@ -1 +1 @@',
    path: comment.path,
    commit_id: comment.commit,
    original_commit_id: comment.commit,
    user: userRow(context, comment.author),
    body: comment.body,
    created_at: comment.createdAt,
    updated_at: comment.createdAt,
    html_url: html,
    pull_request_url: pull,
    author_association: association(comment.author),
    _links: { self: { href: url }, html: { href: html }, pull_request: { href: pull } },
    start_line: comment.startLine,
    original_start_line: comment.startLine,
    start_side: startSide,
    line: comment.line,
    original_line: comment.line,
    side: 'RIGHT',
  };
};

/** The app behind workflows, or another, as GitHub shows it. */
const appRow = (context: GitHubContext, slug: string): Json => ({
  id: slug === 'github-actions' ? 15_368 : accountId(slug),
  slug,
  client_id: `Iv1.${accountId(slug)}`,
  node_id: nodeId('A', accountId(slug)),
  owner: userRow(context, slug === 'github-actions' ? 'github' : slug),
  name: slug === 'github-actions' ? 'GitHub Actions' : slug,
  description: '',
  external_url: 'https://help.github.com/en/actions',
  html_url: `https://github.com/apps/${encodeURIComponent(slug)}`,
  created_at: '2018-07-30T09:30:17Z',
  updated_at: '2019-12-10T19:04:12Z',
  permissions: { checks: 'write', metadata: 'read' },
  events: [],
});

/** A check run; whoever made it is the app behind workflows. */
export const checkRunRow = (context: GitHubContext, run: StoredCheckRun): Json => {
  const url = `${repoUrl(context)}/check-runs/${run.id}`;
  const page = `https://github.com/${context.options.repository}/runs/${run.id}`;
  return {
    id: run.id,
    name: run.name,
    node_id: nodeId('CR', run.id),
    head_sha: run.headSha,
    external_id: run.externalId,
    url,
    html_url: page,
    details_url: page,
    status: run.status,
    conclusion: run.conclusion,
    started_at: run.startedAt,
    completed_at: run.completedAt,
    output: {
      title: run.title,
      summary: run.summary,
      text: run.text,
      annotations_count: run.annotations.length,
      annotations_url: `${url}/annotations`,
    },
    check_suite: { id: run.id - 1 },
    app: run.app === null ? null : appRow(context, run.app),
    pull_requests: [],
  };
};
