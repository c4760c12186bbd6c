import type { NotTold, Published } from '../core/published.ts';
import { inertLine } from './inert.ts';
import { join, md, prose } from './markdown-text.ts';
import { sentence } from './sentence.ts';
import { count } from './words.ts';

/** What a run says of its telling GitHub. */
export interface ToldAbout {
  /** Sentences, inert; `warning`: somebody should do something. */
  readonly lines: readonly { readonly level: 'warning' | 'notice' | 'info'; readonly text: string }[];
  /** The same for the job summary. */
  readonly markdown: string;
}

const why: Readonly<Record<NotTold['reason'], (one: NotTold) => string>> = {
  forbidden: ({ needs }) => `the token of this job lacks \`${needs}\`, which its \`permissions\` must grant`,
  'not-found': ({ needs, detail }) =>
    `GitHub says that it is not there, as it does where the token lacks \`${needs}\` (${detail})`,
  invalid: ({ detail }) => `GitHub refused it (${detail})`,
  throttled: ({ detail }) => `GitHub asked to wait for longer than this run may (${detail})`,
  unreachable: ({ detail }) => `no answer came from GitHub (${detail})`,
  'server-error': ({ detail }) => `GitHub failed (${detail})`,
  broken: ({ detail }) => `this program broke (${detail})`,
};

/** Says what was told, what wasn't, and why. Where a run only reads by GitHub's design, one line says so. */
export const tellPublished = (published: Published, onlyReads: boolean): ToldAbout => {
  const { remarks, notTold } = published;
  const byDesign = onlyReads && notTold.length > 0 && notTold.every(({ reason }) => reason === 'forbidden');
  const done = tellDone(published);
  const lines: ToldAbout['lines'] = [
    ...(done === '' ? [] : [{ level: 'info' as const, text: `on GitHub: ${done}` }]),
    ...remarks.map((text) => ({ level: 'notice' as const, text })),
    ...(byDesign ? [{ level: 'notice' as const, text: readOnlyWords(notTold) }] : tellNotTold(notTold)),
  ];
  const inert = lines.map(({ level, text }) => ({ level, text: inertLine(text) }));
  const bullets = inert.map(({ level, text }) => {
    const line = prose(sentence(text));
    return level === 'warning' ? md`- **Not told:** ${line}` : md`- ${line}`;
  });
  return { lines: inert, markdown: bullets.length === 0 ? '' : md`${join(bullets, '\n')}\n`.markdown };
};

const named: Readonly<Record<NotTold['what'], string>> = {
  comment: 'the comment',
  'check run': 'the check run',
  suggestions: 'the suggestions',
};

const listed = (words: readonly string[]): string =>
  words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`;

const readOnlyWords = (notTold: readonly NotTold[]): string =>
  `${listed([...new Set(notTold.map(({ what }) => named[what]))])} can't be written by this run for a fork or for Dependabot, whose token only reads: all is in the job summary`;

/** What failed for one reason is said once. */
const tellNotTold = (notTold: readonly NotTold[]): { readonly level: 'warning'; readonly text: string }[] =>
  [...Map.groupBy(notTold, (one) => why[one.reason](one)).entries()].map(([reason, all]) => {
    const what = [...new Set(all.map((one) => named[one.what]))];
    return { level: 'warning', text: `${listed(what)} could not be written in full: ${reason}` };
  });

const tellDone = ({ comment, checkRun, suggestions }: Published): string => {
  const { posted, kept, takenBack } = suggestions ?? { posted: 0, kept: 0, takenBack: 0 };
  return [
    ...(comment === null ? [] : [`comment ${comment.how}`]),
    ...(checkRun === null ? [] : [`check run with ${count(checkRun.annotations, 'remark')} on lines`]),
    ...(posted === 0 ? [] : [`${count(posted, 'suggestion')} posted`]),
    ...(kept === 0 ? [] : [`${count(kept, 'suggestion')} left as posted`]),
    ...(takenBack === 0 ? [] : [`${count(takenBack, 'suggestion')} taken back`]),
  ].join(', ');
};
