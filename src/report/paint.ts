const codes = { red: '31', yellow: '33', green: '32', cyan: '36', bold: '1', faint: '2', alarm: '1;31' } as const;

/** What a piece of text is, not how it looks. */
export type Tone = keyof typeof codes;

/** Colours a piece of one line, or leaves it as it is. */
export type Paint = (tone: Tone, text: string) => string;

export const paintWith =
  (color: boolean): Paint =>
  (tone, text) =>
    color && text !== '' ? `\u001b[${codes[tone]}m${text}\u001b[0m` : text;
