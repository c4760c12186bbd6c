import type { Retirement } from '../knowledge/calendar.ts';

/** The days on which something goes, and what takes its place. */
export const phasesOf = ({ phases, replacement }: Retirement): readonly string[] => [
  ...phases.map(({ date, effect }) => `${date}: ${effect}`),
  `instead: ${replacement}`,
];
