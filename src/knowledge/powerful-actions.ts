import type { Severity } from '../core/rule.ts';
import data from './generated/escalation.json' with { type: 'json' };
import type { Plane } from './plane.ts';

/** An action that no backup needs at large, and what it does in its holder's hands. */
export interface PowerfulAction {
  /** An action, or a pattern of several that do the same. */
  readonly pattern: string;
  readonly plane: Plane;
  /** Verb first: `reads the account keys`. */
  readonly why: string;
  readonly severity: Severity;
}

/** Actions by which Azure roles are judged, gravest first within each matter. */
export const powerfulActions = data.powerfulActions as unknown as readonly PowerfulAction[];
