import type { EffectiveAccess, EscalationPath, Reach } from '../core/effective.ts';
import { type AccessDifference, accessDifferences, changesAccess, infinitive } from './access-difference.ts';
import type { CommentPage } from './comment-page.ts';
import { groupReaches } from './group-reaches.ts';
import { clip } from './inert.ts';
import { keepEntries } from './markdown-section.ts';
import { join, type Markdown, md, prose } from './markdown-text.ts';

/** How many sentences, phrases of one, and ways up are told of an identity. */
const sentences = 4;
const phrases = 6;
const ways = 2;

/** The merge's differences in what is reached; nothing where no tenant was seen. */
export const mergeDifferences = ({ report, way }: CommentPage): readonly AccessDifference[] =>
  way === null || way.accessAfter.length === 0 || report.plan.steps.length === 0
    ? []
    : accessDifferences(report.effectiveAccess, way.accessAfter);

/** **After the merge**, identity by identity, what it can newly, no longer and still do. */
export const accessPart = (page: CommentPage, room: number): string => {
  const all = mergeDifferences(page);
  if (all.length === 0) return '';
  const changed = all.filter(changesAccess);
  if (changed.length === 0) return md`**After the merge** nobody reaches more or less than before.\n\n`.markdown;
  const [only, second] = changed;
  if (only !== undefined && second === undefined) {
    const list = md`**After the merge** ${page.named(only.identity)}\n\n- ${join(tellParts(only), '\n- ')}\n\n`
      .markdown;
    if (list.length < room) return list;
  }
  const entries = changed.map((one) => md`**${page.named(one.identity)}** ${join(tellParts(one), '; ')}`);
  const { kept, left } = keepEntries(
    entries.map((entry) => md`- ${entry}`),
    [],
    (at) => -(changed[at]?.gained.length ?? 0),
    room,
  );
  const more = left === 0 ? '' : md`_… and ${left} more identities: all are in ${page.whole}_\n\n`;
  return md`**After the merge**\n\n${join(kept, '\n')}\n\n${more}`.markdown;
};

/** What an identity can newly, no longer and still do, a phrase each. */
export const tellParts = ({
  gained,
  lost,
  moved,
  kept,
  doubted,
  waysGained,
  waysLost,
}: AccessDifference): readonly Markdown[] =>
  [
    told('can newly', gained),
    told('can now', moved.map(relocated)),
    waysGained.length === 0 ? md`` : md`**has a new way up**: ${tellWays(waysGained)}`,
    told('can no longer', lost),
    waysLost.length === 0 ? md`` : md`has a way up less: ${tellWays(waysLost)}`,
    told('can perhaps still', doubted),
    told('can still', kept),
  ].filter(({ markdown }) => markdown !== '');

const relocated = ({ before, after }: { readonly before: Reach; readonly after: Reach }): Reach => ({
  ...after,
  where: `${after.where === '' ? 'in the whole tenant' : after.where} (before: ${before.where === '' ? 'in the whole tenant' : before.where})`,
});

/** `*can no longer* run code on virtual machines, read keys in resource group rg-app`; gravest first. */
const told = (label: string, reaches: readonly Reach[]): Markdown => {
  const groups = groupReaches(asAccess(reaches), 'brief').reached;
  if (groups.length === 0) return md``;
  const said = groups.slice(0, sentences).map(({ what, where }) => {
    const more = what.length > phrases ? ` and ${what.length - phrases} things more` : '';
    return md`${prose(`${what.slice(0, phrases).join(', ')}${more}`)}${where === '' ? '' : md` ${prose(clip(where, 160))}`}`;
  });
  const rest = groups.length > sentences ? md`, and more` : '';
  return md`**${label}** ${join(said, ', ')}${rest}`;
};

/** Reaches as phrases that follow after "can". */
export const asAccess = (reaches: readonly Reach[]): EffectiveAccess => ({
  policy: '',
  identity: '',
  displayName: null,
  reaches: reaches.map((reach) => ({ ...reach, answer: 'yes', what: infinitive(reach.what) })),
  in: [],
  out: [],
  counts: noCounts,
  remarks: [],
});

const noCounts = {
  ...{ tenantRoots: 0, managementGroups: 0, subscriptions: 0, resourceGroups: 0, disks: 0, storageAccounts: 0 },
  ...{ vaults: 0, keyVaults: 0, otherResources: 0, sites: 0 },
};

const tellWays = (all: readonly EscalationPath[]): Markdown => {
  const shown = all
    .slice(0, ways)
    .map(({ what, answer }) => md`${answer === 'unknown' ? 'perhaps ' : ''}${prose(clip(what, 200))}`);
  return md`${join(shown, '; ')}${all.length > ways ? `; ${all.length - ways} more` : ''}`;
};
