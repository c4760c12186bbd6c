/** A test by its file and a part of its title, as it is written there. */
export type Named = readonly [file: string, title: string];

export interface ThreatRow {
  readonly threat: string;
  readonly by: readonly Named[];
  /** What of it has no place in this version. */
  readonly not?: string;
}
