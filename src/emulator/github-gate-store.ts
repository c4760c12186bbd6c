import type {
  CollaboratorRole,
  GitHubEnvironment,
  GitHubPeople,
  GitHubRun,
  GitHubSettings,
  StoredPush,
  StoredReview,
} from './github-gate-state.ts';

/** What the embedded GitHub remembers of people, pushes and runs. Names are told apart without case. */
export interface GateStore extends GitHubPeople {
  readonly defaultBranch: string;
  readonly reviews: Map<number, StoredReview>;
  readonly pushes: StoredPush[];
  readonly roles: Map<string, { readonly login: string; readonly role: CollaboratorRole }>;
  readonly teams: Map<string, readonly string[]>;
  readonly addresses: ReadonlyMap<string, string>;
  readonly environments: Map<string, GitHubEnvironment>;
  readonly runs: Map<number, GitHubRun>;
  readonly branches: Map<string, string>;
}

/** A memory with what the settings say. */
export const makeGateStore = (settings: GitHubSettings, nextId: () => number): GateStore => {
  const lower = (text: string): string => text.toLowerCase();
  const entries = <T>(of: Readonly<Record<string, T>> | undefined): readonly (readonly [string, T])[] =>
    Object.entries(of ?? {});
  const store: GateStore = {
    defaultBranch: settings.defaultBranch ?? 'main',
    reviews: new Map(),
    pushes: [],
    roles: new Map(entries(settings.collaborators).map(([login, role]) => [lower(login), { login, role }])),
    teams: new Map(entries(settings.teams).map(([team, members]) => [lower(team), members.map(lower)])),
    addresses: new Map(entries(settings.addresses).map(([email, login]) => [lower(email), login])),
    environments: new Map((settings.environments ?? []).map((one) => [lower(one.name), one])),
    runs: new Map((settings.runs ?? []).map((run) => [run.id, run])),
    branches: new Map(entries(settings.branches)),
    putReview: (review) => {
      const put = { ...review, id: review.id ?? nextId(), body: '' };
      store.reviews.set(put.id, put);
      return put;
    },
    addPush: (push) => {
      const added = { ...push, id: nextId() };
      store.pushes.push(added);
      return added;
    },
    setRole: (login, role) => {
      if (role === null) store.roles.delete(lower(login));
      else store.roles.set(lower(login), { login, role });
    },
    setTeam: (team, members) => void store.teams.set(lower(team), members.map(lower)),
    putEnvironment: (one) => void store.environments.set(lower(one.name), one),
    putRun: (run) => void store.runs.set(run.id, run),
    setBranch: (branch, commit) => void store.branches.set(branch, commit),
  };
  return store;
};
