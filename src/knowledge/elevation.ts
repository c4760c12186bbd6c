import { addDuration, parseDuration } from '../core/duration.ts';
import type { IsoDate } from '../core/fact.ts';
import type { Policy } from '../core/policy.ts';
import type { Operation } from './workloads.ts';

/** Is a grant so young that it may be one of the elevations that the policy knows? */
export const isElevation = ({ protects }: Policy, operation: Operation, created: IsoDate | null, now: Date): boolean =>
  created !== null &&
  protects
    .flatMap(({ elevations }) => elevations)
    .some((elevation) => {
      const duration = parseDuration(elevation.maxDuration);
      return elevation.operation === operation && duration !== null && addDuration(new Date(created), duration) >= now;
    });
