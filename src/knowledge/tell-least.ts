import type { Use } from './service.ts';
import { tellList } from './tell-list.ts';

/** The Exchange roles, with their scopes, that give within a scope what these permissions give tenant-wide. */
const scopedForms = (least: readonly string[], uses: readonly Use[]): readonly string[] => [
  ...new Set(
    uses.flatMap(({ need: { grant, scopes } }) =>
      grant.plane === 'application' && grant.exchangeRole !== null && least.includes(grant.permission)
        ? scopes.map((scope) => `\`${grant.exchangeRole}\` on \`${scope}\``)
        : [],
    ),
  ),
];

/** What would do instead, by name, and the form of it that can be confined to some mailboxes. */
export const tellLeast = (least: readonly string[], uses: readonly Use[]): string => {
  const scoped = scopedForms(least, uses);
  return scoped.length === 0 ? tellList(least) : `${tellList(least)}, best as Exchange role ${scoped.join(', ')}`;
};
