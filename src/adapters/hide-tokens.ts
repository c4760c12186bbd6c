/** A text without the tokens in it: a service may quote the request that it refuses. */
export const hideTokens = (text: string): string => text.replace(/\beyJ[\w-]*(?:\.[\w-]*)*/g, '(token)');
