import type { IsoDate } from '../core/fact.ts';
import type { AppId } from '../core/ids.ts';
import type { PermissionType } from './apis.ts';
import data from './generated/calendar.json' with { type: 'json' };

/** What happens on a day (ISO date, UTC). After a `final` one nothing of it is left. */
export interface Phase {
  readonly date: IsoDate;
  readonly effect: string;
  readonly final: boolean;
}

/** Something that Microsoft takes away, with its days in order. */
export interface Retirement {
  readonly id: string;
  readonly what: string;
  readonly api: AppId | null;
  /** A permission's name, a prefix that ends in `*`, or `null` for the whole API. */
  readonly permission: string | null;
  /** `null`: both types. */
  readonly type: PermissionType | null;
  readonly workload: string | null;
  readonly phases: readonly Phase[];
  readonly replacement: string;
  readonly confidence: 'high' | 'medium' | 'low';
  readonly source: string;
  readonly date: IsoDate;
}

/** Retirements that touch backup. */
export const retirements = data.retirements as unknown as readonly Retirement[];

const isNamed = (pattern: string | null, value: string): boolean => {
  if (pattern === null) return true;
  const name = value.toLowerCase();
  const wanted = pattern.toLowerCase();
  return wanted.endsWith('*') ? name.startsWith(wanted.slice(0, -1)) : name === wanted;
};

/** The retirement that takes away this permission, or its whole API; `null` where none does. */
export const retirementOf = (permission: {
  readonly api: AppId;
  readonly type: PermissionType;
  readonly value: string;
}): Retirement | null =>
  retirements.find(
    (one) =>
      one.api === permission.api &&
      (one.type === null || one.type === permission.type) &&
      isNamed(one.permission, permission.value),
  ) ?? null;

/** The retirement that takes away a whole workload, by its id. */
export const workloadRetirement = (workload: string): Retirement | null =>
  retirements.find((one) => one.workload === workload) ?? null;

/** By id, for what is neither a permission nor a workload: `sharepoint-acs`. */
export const findRetirement = (id: string): Retirement | null => retirements.find((one) => one.id === id) ?? null;

/** The phase that holds at a day: the latest one that has begun, `null` before the first. */
export const phaseAt = (retirement: Retirement, at: Date): Phase | null =>
  retirement.phases.findLast((phase) => new Date(phase.date).getTime() <= at.getTime()) ?? null;
