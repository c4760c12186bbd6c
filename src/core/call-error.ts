/** The call, or a file that it names, is wrong: the whole message is for the person who called. Exit code 2. */
export class CallError extends Error {}
