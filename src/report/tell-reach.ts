import type { Report } from '../core/report.ts';
import type { ReachGroup } from './group-reaches.ts';

/** The title of the section: where no tenant was seen, only what is asked for can be told. */
export const accessTitle = ({ source }: Pick<Report, 'source'>): string =>
  source === 'offline'
    ? 'Who would reach what, by what the policies ask for'
    : 'Who reaches what, as the tenant is now';

/** The grave things that are not reached, a sentence for those with the same remarks. */
export const tellNot = (not: readonly ReachGroup[]): readonly string[] =>
  not.map(({ what, remarks }) => [what.map(asObject).join('; '), ...remarks].join(' · '));

/** `reads every chat` after a label that says no more than `not`. */
const asObject = (phrase: string): string => phrase.replace(/^can take over the tenant$/, 'takes over the tenant');
