import type { AppId } from '../core/ids.ts';
import type { PermissionType } from './apis.ts';
import data from './generated/lattice.json' with { type: 'json' };

/** Endpoints of the narrower permission that list the broader one: [listed, all]; `null` where nothing is published. */
export type Coverage = readonly [listed: number, all: number] | null;

/** Whoever holds `broader` can do all that `narrower` allows, on the same API and of the same type. */
export interface Edge {
  readonly api: AppId;
  readonly narrower: string;
  readonly broader: string;
  readonly coverage: Coverage;
}

/** A pair that looks like an implication and is none. */
export interface NonEdge extends Edge {
  readonly why: string;
}

/** What a held permission makes superfluous. */
export interface Implication {
  readonly broader: string;
  /** From the narrower to the broader one, both included. */
  readonly path: readonly string[];
  /** Every endpoint of each step lists the next one too. Else it is what the permissions mean, not what tables show. */
  readonly proved: boolean;
}

export const edges = data.edges as unknown as readonly Edge[];
export const nonEdges = data.nonEdges as unknown as readonly NonEdge[];

const keyOf = (api: AppId, value: string): string => `${api}/${value.toLowerCase()}`;

const broaderOf = new Map<string, Edge[]>();
for (const edge of edges) {
  const key = keyOf(edge.api, edge.narrower);
  broaderOf.set(key, [...(broaderOf.get(key) ?? []), edge]);
}

const isFull = (coverage: Coverage): boolean => coverage !== null && coverage[0] === coverage[1];

/**
 * The permission among `held` that already gives what `narrower` allows: the one with the shortest path, then the first
 * by name; `null` where none does. Names compare without case. Coverage is published for application permissions, so
 * a delegated implication is never proved.
 */
export const impliedBy = (
  api: AppId,
  type: PermissionType,
  narrower: string,
  held: ReadonlySet<string>,
): Implication | null => {
  const heldByName = new Map([...held].map((value) => [value.toLowerCase(), value]));
  const seen = new Set([narrower.toLowerCase()]);
  let level: Implication[] = [{ broader: narrower, path: [narrower], proved: type === 'application' }];
  while (level.length > 0) {
    const next = level
      .flatMap((step) =>
        (broaderOf.get(keyOf(api, step.broader)) ?? []).map((edge) => ({
          broader: heldByName.get(edge.broader.toLowerCase()) ?? edge.broader,
          path: [...step.path, edge.broader],
          proved: step.proved && isFull(edge.coverage),
        })),
      )
      .filter((step) => !seen.has(step.broader.toLowerCase()))
      .sort((a, b) => (a.broader < b.broader ? -1 : a.broader > b.broader ? 1 : Number(b.proved) - Number(a.proved)));
    for (const step of next) seen.add(step.broader.toLowerCase());
    const found = next.find((step) => heldByName.has(step.broader.toLowerCase()));
    if (found !== undefined) return found;
    level = next;
  }
  return null;
};

/** Does `broader` give all that `narrower` allows? A permission doesn't imply itself. */
export const implies = (api: AppId, broader: string, narrower: string): boolean =>
  impliedBy(api, 'application', narrower, new Set([broader])) !== null;
