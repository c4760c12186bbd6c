/** What is known of one thing that goes by a name: a title and lines of text. */
export interface Explanation {
  readonly title: string;
  readonly lines: readonly string[];
}
