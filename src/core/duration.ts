/** An ISO 8601 duration, in the units it was written in: a month is not a number of days. */
export interface Duration {
  /** As written, for messages. */
  readonly text: string;
  /** Years are twelve of these. */
  readonly months: number;
  /** Weeks are seven of these. */
  readonly days: number;
  /** Hours, minutes and seconds in milliseconds. */
  readonly time: number;
}

const millisecondsPerDay = 86_400_000;
const form =
  /^P(?:(\d{1,4})W|(?=\d|T\d)(?:(\d{1,4})Y)?(?:(\d{1,5})M)?(?:(\d{1,6})D)?(?:T(?=\d)(?:(\d{1,6})H)?(?:(\d{1,8})M)?(?:(\d{1,9})S)?)?)$/;

/** `P180D`, `P1Y6M`, `P2W`, `PT8H`; `null` for what isn't a duration, for fractions and for negative ones. */
export const parseDuration = (text: string): Duration | null => {
  const found = form.exec(text);
  if (found === null) return null;
  const [weeks, years, months, days, hours, minutes, seconds] = found.slice(1).map((part) => Number(part ?? 0)) as [
    number,
    number,
    number,
    number,
    number,
    number,
    number,
  ];
  return {
    text,
    months: years * 12 + months,
    days: weeks * 7 + days,
    time: ((hours * 60 + minutes) * 60 + seconds) * 1000,
  };
};

/** The moment a duration after `date`, in UTC. The 31st plus a month is the last day of the next month. */
export const addDuration = (date: Date, duration: Duration): Date => {
  const moved = new Date(date.getTime());
  const day = moved.getUTCDate();
  moved.setUTCDate(1);
  moved.setUTCMonth(moved.getUTCMonth() + duration.months);
  const lastDay = new Date(Date.UTC(moved.getUTCFullYear(), moved.getUTCMonth() + 1, 0)).getUTCDate();
  moved.setUTCDate(Math.min(day, lastDay));
  return new Date(moved.getTime() + duration.days * millisecondsPerDay + duration.time);
};

/** Whole days from one moment to another, rounded down; negative where `to` is earlier. */
export const daysBetween = (from: Date, to: Date): number =>
  Math.floor((to.getTime() - from.getTime()) / millisecondsPerDay);

/** `1 day`, `14 days`: as messages say it. */
export const countDays = (days: number): string => `${days} ${days === 1 ? 'day' : 'days'}`;
