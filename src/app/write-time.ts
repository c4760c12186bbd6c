/** How long a run may go on writing and reading back. */
export interface WriteTime {
  /** Milliseconds that are left. */
  readonly left: () => number;
  /** Waits as asked and says true; says false at once where that would go over what is left. */
  readonly wait: (milliseconds: number) => Promise<boolean>;
}

export interface Clock {
  readonly pause: (milliseconds: number) => Promise<void>;
  readonly now: () => Date;
}

/** One time for all steps of a run. Pauses count in full: a clock that is set back buys no time. */
export const writeTime = (total: number, { pause, now }: Clock): WriteTime => {
  const began = now().getTime();
  let paused = 0;
  const left = (): number => total - Math.max(paused, now().getTime() - began);
  return {
    left,
    wait: async (milliseconds) => {
      if (milliseconds > left()) return false;
      paused += milliseconds;
      await pause(milliseconds);
      return true;
    },
  };
};
