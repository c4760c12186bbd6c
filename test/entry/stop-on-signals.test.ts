import { EventEmitter } from 'node:events';
import { describe, expect, it } from 'vitest';
import { stopOnSignals } from '../../src/stop-on-signals.ts';

const listening = () => {
  const process = new EventEmitter();
  return { process, stopped: stopOnSignals(process as NodeJS.Process) };
};

describe('F28: a run whose job is cancelled', () => {
  it('goes on until it is told', () => {
    expect(listening().stopped()).toBe(null);
  });

  it.each(['SIGINT', 'SIGTERM'])('is told to end by %s, and hears no reason after the first', (signal) => {
    const { process, stopped } = listening();
    process.emit(signal);
    process.emit('SIGINT');
    process.emit('SIGTERM');
    expect(stopped()).toBe(`the run was told to end (${signal})`);
  });
});
