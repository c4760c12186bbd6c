/** Roles on a site as SharePoint spells them, least first (source: permission resource, Microsoft Graph). */
const ascending = ['read', 'write', 'manage', 'fullcontrol'];

/** Other names that an answer may use for the widest one. */
const alsoFullControl = new Set(['owner', 'full control', 'sp.full control']);

/** How much a role allows beside others; one that no list knows counts as the widest. */
const rankOf = (role: string): number => {
  const rank = ascending.indexOf(role);
  return rank === -1 ? ascending.length : rank;
};

/** A role as policies write it. */
const spellSiteRole = (role: string): string => {
  const name = role.trim().toLowerCase();
  return alsoFullControl.has(name) ? 'fullcontrol' : name;
};

/** The widest of several roles, which is what counts; `null` of none. */
export const widestSiteRole = (roles: readonly string[]): string | null =>
  roles.map(spellSiteRole).toSorted((a, b) => rankOf(b) - rankOf(a))[0] ?? null;

/** Does one role allow all that another one does? */
export const isSiteRoleWithin = (narrow: string, wide: string): boolean => rankOf(narrow) <= rankOf(wide);
