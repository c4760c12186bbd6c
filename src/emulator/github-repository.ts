import { json, type Reply } from './api-request.ts';
import { type GitHubCall, partOf } from './github-call.ts';
import type { CollaboratorRole } from './github-gate-state.ts';
import { pageReply } from './github-page.ts';
import { GitHubRefusal, notFoundOnGitHub } from './github-refusal.ts';
import { repoUrl, userRow } from './github-rows.ts';

/** `GET /repos/{owner}/{repo}`: only what tells which it is. */
export const readRepository = ({ context }: GitHubCall): Reply => {
  const { repository } = context.options;
  const [owner = '', name = ''] = repository.split('/');
  return json({
    id: 1_296_269,
    name,
    full_name: repository,
    owner: userRow(context, owner),
    private: true,
    html_url: `https://github.com/${repository}`,
    url: repoUrl(context),
    fork: false,
    default_branch: context.store.gate.defaultBranch,
  });
};

/** `GET …/activity?ref=`, newest first. */
export const listActivity = (call: GitHubCall): Reply => {
  const { context, request } = call;
  const wanted = request.query.get('ref');
  const ref = wanted === null || wanted.startsWith('refs/') ? wanted : `refs/heads/${wanted}`;
  const all = context.store.gate.pushes.filter((push) => ref === null || push.ref === ref);
  return pageReply(call, [...all].reverse(), ({ id, before, after, ref: of, at, by, type }) => ({
    id,
    node_id: Buffer.from(`PSH${id}`).toString('base64url'),
    before,
    after,
    ref: of,
    timestamp: at,
    activity_type: type,
    actor: by === null ? null : userRow(context, by),
  }));
};

/** What GitHub calls a role where it knows three only. */
const oldNames: Readonly<Record<CollaboratorRole, string>> = {
  admin: 'admin',
  maintain: 'write',
  write: 'write',
  triage: 'read',
  read: 'read',
};

/** `GET …/collaborators/{login}/permission`. */
export const readPermission = (call: GitHubCall): Reply => {
  const found = call.context.store.gate.roles.get(partOf(call, 0).toLowerCase());
  if (found === undefined) throw new GitHubRefusal(404, `${partOf(call, 0)} is not a user`);
  const { login, role } = found;
  const writes = oldNames[role] !== 'read';
  const permissions = {
    admin: role === 'admin',
    maintain: role === 'admin' || role === 'maintain',
    push: writes,
    triage: role !== 'read',
    pull: true,
  };
  const user = { ...userRow(call.context, login), permissions, role_name: role };
  return json({ permission: oldNames[role], role_name: role, user });
};

/** `GET /orgs/{org}/teams/{team}/memberships/{login}`. */
export const readMembership = (call: GitHubCall): Reply => {
  const [org, team, login] = [partOf(call, 0), partOf(call, 1), partOf(call, 2)];
  const members = call.context.store.gate.teams.get(`${org}/${team}`.toLowerCase());
  if (members?.includes(login.toLowerCase()) !== true) throw notFoundOnGitHub();
  const url = `${new URL(call.context.url).origin}/teams/1/memberships/${encodeURIComponent(login)}`;
  return json({ url, role: 'member', state: 'active' });
};
