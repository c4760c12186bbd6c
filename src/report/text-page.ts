import type { Report } from '../core/report.ts';
import type { FindingGroups } from './group-findings.ts';
import type { Paint } from './paint.ts';

/** What every part of the text report is made from; its texts are inert already. */
export interface Page {
  readonly report: Report;
  readonly groups: FindingGroups;
  readonly width: number;
  readonly paint: Paint;
  /** Names an identity. */
  readonly who: (id: string) => string;
}

/** Says how many entries a screen leaves out, and where they are. */
export const leftOut = (left: number, what: string): readonly string[] =>
  left > 0 ? [`  … and ${left} more ${what}: all are in the JSON report (--format json)`] : [];
