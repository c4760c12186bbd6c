import { daysBetween } from './duration.ts';
import type { PolicyException } from './policy.ts';

/** Days since an exception's last day ended, in UTC: 0 or less while it still holds. */
export const daysExpired = (exception: PolicyException, now: Date): number =>
  daysBetween(new Date(`${exception.expires.slice(0, 10)}T00:00:00Z`), now);

/** Is its last day over? On that day itself it still holds. */
export const isExpiredException = (exception: PolicyException, now: Date): boolean => daysExpired(exception, now) > 0;
