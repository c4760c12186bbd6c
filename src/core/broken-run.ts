/** The program made a mistake while a tenant was being written to: what was sent stands, and in the journal. */
export class BrokenRun extends Error {
  override readonly name = 'BrokenRun';

  constructor(cause: unknown) {
    super('the program made a mistake while it wrote', { cause });
  }
}
