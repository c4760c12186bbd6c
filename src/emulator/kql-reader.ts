import { KqlError, type KqlToken, lexKql } from './kql-lex.ts';

/** Walks over the tokens of a query. */
export class KqlReader {
  readonly #tokens: readonly KqlToken[];
  #at = 0;
  constructor(query: string) {
    this.#tokens = lexKql(query);
  }

  get next(): KqlToken {
    return this.#tokens[this.#at] ?? { kind: 'end', text: '', at: 0 };
  }

  take(): KqlToken {
    const token = this.next;
    this.#at += 1;
    return token;
  }

  is(text: string): boolean {
    return this.next.kind !== 'text' && this.next.text.toLowerCase() === text;
  }

  skip(text: string): boolean {
    if (!this.is(text)) return false;
    this.#at += 1;
    return true;
  }

  expect(text: string): void {
    if (!this.skip(text)) throw this.wrong(`\`${text}\``);
  }

  name(): string {
    if (this.next.kind !== 'name') throw this.wrong('a name');
    return this.take().text;
  }

  wrong(wanted: string): KqlError {
    const found = this.next.kind === 'end' ? 'the end of the query' : `\`${this.next.text}\``;
    return new KqlError(`expected ${wanted} at ${this.next.at}, found ${found}`);
  }
}
