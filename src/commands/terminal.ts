import type { Screen } from '../render-outputs.ts';

/** Colour where a person looks and wants it (no-color.org), the terminal's width, 80 columns elsewhere. */
export const screenOf = (stream: NodeJS.WriteStream, environment: NodeJS.ProcessEnv): Screen => {
  const forced = (environment['FORCE_COLOR'] ?? '') !== '' && environment['FORCE_COLOR'] !== '0';
  const refused = (environment['NO_COLOR'] ?? '') !== '' || environment['TERM'] === 'dumb';
  return {
    color: forced || (stream.isTTY === true && !refused),
    width: Math.max(60, Math.min(stream.columns ?? 80, 100)),
  };
};

/** One line that overwrites itself on a terminal, nothing elsewhere: logs should hold what happened, not what went on. */
export const progressOn = (stream: NodeJS.WriteStream): { tell: (what: string) => void; clear: () => void } => {
  if (stream.isTTY !== true) return { tell: () => undefined, clear: () => undefined };
  const clear = () => stream.write('\r\u001b[K');
  return { tell: (what) => stream.write(`\r\u001b[K${what} …`), clear };
};
