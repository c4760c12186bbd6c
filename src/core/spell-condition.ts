/** A condition on a role, as it compares: it is folded in YAML as its writer likes, and white space says nothing in it. */
export const spellCondition = (condition: string | null): string | null =>
  condition?.replace(/\s+/g, ' ').trim() ?? null;
