import type { ReachArea, ReachGrant, ReachWeight } from '../core/effective.ts';
import type { KindId } from '../core/fact.ts';

/** What facts say of one reach, before it is asked how much was read. */
export interface FoundReach {
  readonly id: string;
  readonly area: ReachArea;
  readonly what: string;
  readonly where: string;
  readonly weight: ReachWeight;
  readonly by: readonly ReachGrant[];
  /** Why facts leave it open, though nothing in them gives it: roles whose content is unknown. */
  readonly open: readonly string[];
  readonly remarks: readonly string[];
  /** Kinds that must be wholly read before its absence can be told. */
  readonly rests: readonly KindId[];
  /** Could an application access policy confine all of it, were there one? */
  readonly confinable: boolean;
  /** Left out unless reached or open: the reach of the whole says the rest. */
  readonly onlyIfFound: boolean;
}
