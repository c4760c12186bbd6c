import { addDuration, parseDuration } from './duration.ts';
import type { Evidence } from './evidence.ts';
import type { ReadInput } from './kind.ts';
import type { Answer, ReadFailure } from './ports.ts';
import { err, ok } from './result.ts';

/** Clocks of two machines, and the day on which a run judges, may differ by as much. */
const oneDay = 86_400_000;

/** The step that cures a gap of evidence. */
export const evidenceNeed = (command: string): string => `evidence of ${command} (docs/evidence.md)`;

/** What stands in the place of a request. */
export const evidenceRequest = (command: string): string => `evidence ${command}`;

/**
 * The latest evidence of a command, of the tenant that is read and young enough; else why there is none. Evidence from
 * after the run's day is none either: it would never grow old.
 */
export const findEvidence = (
  command: string,
  { tenantId, evidence, evidenceMaxAge, now }: Pick<ReadInput, 'tenantId' | 'evidence' | 'evidenceMaxAge' | 'now'>,
): Answer<Evidence> => {
  const fail = (reason: ReadFailure['reason'], detail: string): Answer<Evidence> =>
    err({ reason, status: null, request: evidenceRequest(command), detail });
  const timeOf = ({ collectedAt }: Evidence): number => Date.parse(collectedAt);
  const own = evidence
    .filter((one) => one.command.toLowerCase() === command.toLowerCase() && one.tenantId === tenantId.toLowerCase())
    .sort((a, b) => timeOf(b) - timeOf(a));
  const latest = own.find((one) => timeOf(one) <= now.getTime() + oneDay);
  if (latest === undefined) {
    const [later] = own;
    return later === undefined
      ? fail('no-evidence', `no file says what ${command} answers in tenant ${tenantId}`)
      : fail('stale-evidence', `${later.file} is of ${later.collectedAt}, after the day of this run`);
  }
  const maxAge = parseDuration(evidenceMaxAge);
  if (maxAge === null || addDuration(new Date(timeOf(latest)), maxAge).getTime() < now.getTime())
    return fail('stale-evidence', `${latest.file} is of ${latest.collectedAt}, older than ${evidenceMaxAge}`);
  return ok(latest);
};
