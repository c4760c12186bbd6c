import type { Place } from './diagnostic.ts';

/** The place of what stands in no file: reports show none. */
export const nowhere: Place = { file: '', line: 0, column: 0, endLine: 0, endColumn: 0 };

/** Does it stand in no file? */
export const isNowhere = ({ file }: Place): boolean => file === '';
