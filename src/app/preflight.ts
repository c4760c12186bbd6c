import type { Kind } from '../core/kind.ts';
import type { Policy } from '../core/policy.ts';
import type { Report } from '../core/report.ts';
import type { Snapshot } from '../core/snapshot.ts';
import { permissionsFor } from './permissions-for.ts';

/** Commands of evidence stand in the same list: PowerShell's verb and noun. */
const isPermission = (held: string): boolean => !/^[A-Z][a-z]+-/.test(held);

/**
 * What the reader's Graph permissions lack for these policies, and what they hold beyond; `null` where its token doesn't
 * say, as a person's. Azure roles aren't compared: a lack of them is a gap.
 */
export const preflight = (
  policies: readonly Policy[],
  kinds: readonly Kind[],
  { held }: Pick<Snapshot, 'held'>,
): Report['reader'] => {
  const permissions = held.filter(isPermission);
  if (permissions.length === 0) return null;
  const { required, useful } = permissionsFor(policies, [], kinds, 'check');
  const needed = required.filter(({ api }) => api === 'graph');
  const lacking = needed.filter(({ name, or }) => ![name, ...or].some((one) => permissions.includes(one)));
  const inUse = new Set([
    ...useful.map(({ name }) => name),
    ...needed.flatMap(({ name, or }) => (permissions.includes(name) ? [name] : or)),
  ]);
  return {
    lacks: lacking.map(({ name }) => name),
    excess: permissions.filter((one) => !inUse.has(one)),
  };
};
