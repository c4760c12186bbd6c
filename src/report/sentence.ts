/** A message of ours as a sentence of its own: with a capital and a full stop, where it starts with a plain word. */
export const sentence = (text: string): string => {
  const start = text.replace(/^[a-z](?=[a-z ,])/, (letter) => letter.toUpperCase());
  return /[.!?…]$/.test(start) ? start : `${start}.`;
};
