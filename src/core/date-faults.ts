import { addDuration, type Duration } from './duration.ts';
import { type Fault, shown } from './fault.ts';
import { at, itemsOf, textOf, type YamlNode } from './yaml-tree.ts';

const form = /^([0-9]{4})-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$/;
/** Longest time for which a finding may be accepted. */
const longest: Duration = { text: 'P1Y', months: 12, days: 0, time: 0 };

/** Midnight in UTC of a day as `2027-03-31`; `null` where there is no such day. */
const dayOf = (text: string): Date | null => {
  if (!form.test(text)) return null;
  const date = new Date(`${text}T00:00:00Z`);
  return Number.isNaN(date.getTime()) || date.toISOString().slice(0, 10) !== text ? null : date;
};

/** A day of the right form that no calendar has. */
export const faultOfDay = (node: YamlNode): readonly Fault[] => {
  const text = textOf(node);
  // A text of another form has been refused by the schema.
  if (text === null || !form.test(text) || dayOf(text) !== null) return [];
  const message = `there is no day ${shown(text)}`;
  return [{ code: 'bad-date', message, help: 'look at the length of the month', span: node.span, subject: text }];
};

const isoDay = (date: Date): string => date.toISOString().slice(0, 10);

const faultOfExpiry = (node: YamlNode, asOf: Date | null): Fault[] => {
  const text = textOf(node);
  const day = text === null ? null : dayOf(text);
  if (day === null || text === null || asOf === null) return [];
  const last = isoDay(addDuration(asOf, longest));
  if (text <= last) return [];
  return [
    {
      code: 'expires-too-late',
      message: `the exception expires on ${shown(text)}; the limit is \`${last}\`, a year from \`${isoDay(asOf)}\``,
      help: 'write an earlier day, and renew the exception then if it still holds',
      span: node.span,
      subject: text,
    },
  ];
};

/** Days that no calendar has, and exceptions that last longer than a year from `asOf`. Expired ones are findings. */
export const faultsOfDates = (root: YamlNode, asOf: Date | null): readonly Fault[] => {
  const reviewBy = at(root, 'metadata', 'reviewBy');
  const expiries = itemsOf(at(root, 'spec', 'exceptions')).flatMap((exception) => at(exception, 'expires') ?? []);
  return [
    ...(reviewBy === null ? [] : faultOfDay(reviewBy)),
    ...expiries.flatMap((node) => [...faultOfDay(node), ...faultOfExpiry(node, asOf)]),
  ];
};
