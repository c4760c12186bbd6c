import { canonicalScope } from '../core/scope.ts';
import type { ArmStore } from './arm-store.ts';
import type { Json } from './json.ts';

/** What readers still see in place of a resource that was written a moment ago, by canonical id. */
export type ResourcesBehind = Map<string, { readonly before: Json | null; reads: number }>;

/** Replaces a resource. Readers see it after `lag` more reads. */
export const putBehind = ({ resources, behind }: ArmStore, id: string, row: Json, lag: number): void => {
  const key = canonicalScope(id);
  const before = behind.has(key) ? (behind.get(key)?.before ?? null) : (resources.get(key) ?? null);
  if (lag > 0) behind.set(key, { before, reads: lag });
  resources.set(key, row);
};

/** The resource as readers see it. */
export const seenResource = ({ resources, behind }: ArmStore, id: string): Json | undefined => {
  const key = canonicalScope(id);
  const late = behind.get(key);
  return late === undefined ? resources.get(key) : (late.before ?? undefined);
};

/** One read has passed: what was written comes nearer. */
export const tickResources = ({ behind }: ArmStore): void => {
  for (const [id, late] of behind) {
    if (late.reads === 0) behind.delete(id);
    else late.reads -= 1;
  }
};
