// Loaded before the program (`node --import`): its pauses are shorter, and nothing else of it is different. The program itself
// is the built one, and counts its pauses in full.
const faster = 500;
const { setTimeout: plain } = globalThis;

globalThis.setTimeout = Object.assign(
  (run, milliseconds = 0, ...rest) => plain(run, milliseconds / faster, ...rest),
  plain,
);
