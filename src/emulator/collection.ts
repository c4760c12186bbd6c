import { type Json, textOf } from './json.ts';

/** Objects of one sort by id, with indexes, and with the replication lag of a real directory. */
export class Collection {
  readonly #rows = new Map<string, Json>();
  readonly #indexes = new Map<string, Map<string, Map<string, Json>>>();
  /** What readers still see in place of a row that was written a moment ago. */
  readonly #behind = new Map<string, { readonly before: Json | null; reads: number }>();
  #list: readonly Json[] | null = null;

  /** `keys`: the properties that `find` can look up without a scan. */
  constructor(keys: readonly string[], rows: readonly Json[] = []) {
    for (const key of keys) this.#indexes.set(key, new Map());
    for (const row of rows) this.put(row);
  }

  isIndexed(key: string): boolean {
    return key === 'id' || this.#indexes.has(key);
  }

  /** Adds or replaces a row. Readers see it after `lag` more reads. */
  put(row: Json, lag = 0): void {
    const id = textOf(row, 'id').toLowerCase();
    this.#fallBehind(id, lag);
    this.#unindex(id);
    this.#rows.set(id, row);
    for (const [key, index] of this.#indexes) {
      const value = textOf(row, key).toLowerCase();
      const bucket = index.get(value) ?? new Map<string, Json>();
      index.set(value, bucket.set(id, row));
    }
    this.#list = null;
  }

  /** Removes a row, `false` where there was none. Readers still see it for `lag` reads. */
  remove(id: string, lag = 0): boolean {
    const key = id.toLowerCase();
    if (!this.#rows.has(key)) return false;
    this.#fallBehind(key, lag);
    this.#unindex(key);
    this.#rows.delete(key);
    this.#list = null;
    return true;
  }

  /** The row as it is, whatever readers see. */
  current(id: string): Json | undefined {
    return this.#rows.get(id.toLowerCase());
  }

  /** The row as readers see it. */
  get(id: string): Json | undefined {
    const behind = this.#behind.get(id.toLowerCase());
    return behind === undefined ? this.current(id) : (behind.before ?? undefined);
  }

  /** All rows as readers see them, in order of creation. */
  all(): readonly Json[] {
    this.#list ??= [...this.#rows.values()];
    return this.#behind.size === 0 ? this.#list : this.#seen(this.#list, () => true);
  }

  /** Rows whose property has the value, without case: from an index where there is one. */
  find(key: string, value: string): readonly Json[] {
    const wanted = value.toLowerCase();
    if (key === 'id') {
      const row = this.get(value);
      return row === undefined ? [] : [row];
    }
    const index = this.#indexes.get(key);
    const matches = (row: Json): boolean => textOf(row, key).toLowerCase() === wanted;
    if (index === undefined) return this.all().filter(matches);
    const rows = [...(index.get(wanted)?.values() ?? [])];
    return this.#behind.size === 0 ? rows : this.#seen(rows, matches);
  }

  /** One read has passed: what was written comes nearer. */
  tick(): void {
    for (const [id, behind] of this.#behind) {
      if (behind.reads === 0) this.#behind.delete(id);
      else behind.reads -= 1;
    }
  }

  #seen(rows: readonly Json[], matches: (row: Json) => boolean): Json[] {
    const fresh = rows.filter((row) => !this.#behind.has(textOf(row, 'id').toLowerCase()));
    const old = [...this.#behind.values()].flatMap(({ before }) =>
      before !== null && matches(before) ? [before] : [],
    );
    return [...fresh, ...old];
  }

  #fallBehind(id: string, lag: number): void {
    if (lag > 0)
      this.#behind.set(id, { before: this.#behind.get(id)?.before ?? this.#rows.get(id) ?? null, reads: lag });
  }

  #unindex(id: string): void {
    const old = this.#rows.get(id);
    if (old === undefined) return;
    for (const [key, index] of this.#indexes) index.get(textOf(old, key).toLowerCase())?.delete(id);
  }
}
