/** Hears the signals by which systems end a program, and returns what asks whether one came: why to stop, or `null`. */
export const stopOnSignals = (process: NodeJS.Process): (() => string | null) => {
  let why: string | null = null;
  for (const signal of ['SIGINT', 'SIGTERM'] as const)
    process.on(signal, () => {
      why ??= `the run was told to end (${signal})`;
    });
  return () => why;
};
