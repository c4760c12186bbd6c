import { err, ok, type Result } from './result.ts';

/** Who may write to a tenant, and for how long: the message of a commit in a lock's history. */
export interface Lease {
  readonly tenant: string;
  /** One more at each taking: whoever holds a smaller number has lost the lock. */
  readonly fence: number;
  /** Where the run can be looked up. */
  readonly holder: string;
  /** Known to nobody else: two runs never write the same commit. */
  readonly nonce: string;
  /** ISO 8601, UTC. */
  readonly until: string;
  /** Given back: anybody may take it. */
  readonly isReleased: boolean;
}

const version = 1;

export const leaseText = ({ tenant, fence, holder, nonce, until, isReleased }: Lease): string =>
  `${JSON.stringify({ version, tenant, fence, holder, nonce, until, isReleased }, null, 2)}\n`;

const parse = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
};

const isText = (value: unknown): value is string => typeof value === 'string' && value !== '' && value.length <= 500;

/** Reads a lease as it was written; whatever else stands there is told, and never taken for a lock that is free. */
export const parseLease = (text: string): Result<Lease, string> => {
  const value = parse(text);
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return err('it is no lease in JSON');
  const fields = value as Readonly<Record<string, unknown>>;
  const { tenant, fence, holder, nonce, until, isReleased } = fields;
  if (fields['version'] !== version) return err(`it is a lease of another version than ${version}`);
  if (typeof fence !== 'number' || !Number.isSafeInteger(fence) || fence < 1) return err('`fence` is no number');
  if (typeof isReleased !== 'boolean') return err('`isReleased` is neither true nor false');
  if (!isText(until) || Number.isNaN(Date.parse(until))) return err('`until` is no date');
  if (!isText(tenant) || !isText(holder) || !isText(nonce)) return err('`tenant`, `holder` or `nonce` is no text');
  return ok({ tenant, fence, holder, nonce, until, isReleased });
};
