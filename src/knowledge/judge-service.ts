import type { OperationNeed } from './needs.ts';
import { isStanding, isTemporary, type Service, type Use } from './service.ts';

/** How something held meets what could be needed. */
export interface Matches<C extends Use> {
  /** Is it the very thing? */
  readonly isOwn: (candidate: C) => boolean;
  /** Is it more than that? */
  readonly isWithin: (candidate: C) => boolean;
  /** Is it less than that? */
  readonly isAbove: (candidate: C) => boolean;
  /** Names of what would do instead, none wider than another. */
  readonly leastOf: (candidates: readonly C[]) => readonly string[];
}

/** Is it needed in some cases only? */
const isConditional = ({ need }: Use): boolean => need.grant.when !== null;

const isAsked = ({ operation }: { readonly operation: OperationNeed }): boolean => operation.asked !== 'unasked';

/** What something held does for the protected workloads, given everything that these can need of its sort. */
export const judgeService = <C extends Use>(all: readonly C[], matches: Matches<C>): Service => {
  const { isOwn, isWithin, isAbove, leastOf } = matches;
  const standing = all.filter(({ operation }) => isStanding(operation) && !isTemporary(operation));
  const temporary = all.filter(({ operation }) => isTemporary(operation));
  const own = standing.filter(isOwn);
  if (own.length > 0) return { state: 'needed', uses: own };
  const within = standing.filter(isWithin);
  const restores = temporary.filter((one) => isOwn(one) || isWithin(one));
  const asked = restores.filter(isAsked);
  const told = asked.length > 0 ? asked : restores;
  if (told.length > 0 && (within.length === 0 || asked.length > 0)) {
    const exact = told.filter(isOwn);
    return {
      state: 'temporary',
      uses: exact.length > 0 ? exact : told,
      least: leastOf(within),
      enough: exact.length > 0 ? [] : leastOf(told),
    };
  }
  const above = standing.filter(isAbove);
  // What only some cases need is not what it is held for, where it falls short of what every case needs.
  const fallsShort = within.every(isConditional) && !above.every(isConditional);
  if (within.length > 0 && !fallsShort) return { state: 'wider', uses: within, least: leastOf(within), witness: null };
  return above.length > 0 ? { state: 'short', uses: above } : { state: 'unneeded' };
};
