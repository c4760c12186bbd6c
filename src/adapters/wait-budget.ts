/** How long a run may wait for throttled or failing services in all. */
export interface WaitBudget {
  /** Waits as asked and says true; says false at once where that would go over the budget. */
  readonly wait: (milliseconds: number) => Promise<boolean>;
}

/** One budget for all requests of a run: endless throttling ends, however many requests meet it. */
export const waitBudget = (
  total: number,
  sleep: (milliseconds: number) => Promise<void> = (ms) => new Promise((done) => setTimeout(done, ms)),
): WaitBudget => {
  let left = total;
  return {
    wait: async (milliseconds) => {
      if (milliseconds > left) return false;
      left -= milliseconds;
      await sleep(milliseconds);
      return true;
    },
  };
};

/** Statuses after which the same read may succeed. */
export const isTransient = (status: number): boolean => status === 429 || (status >= 500 && status <= 504);

const smallest = 300;
const largest = 20_000;

/** Milliseconds to wait before try `attempt` (from 1): what `Retry-After` says, at least a growing pause with jitter. */
export const pauseBefore = (attempt: number, retryAfter: string | null | undefined, now: number): number => {
  const pause = Math.min(largest, smallest * 2 ** (attempt - 1)) * (0.75 + Math.random() / 2);
  const seconds = Number(retryAfter);
  if (retryAfter === null || retryAfter === undefined || retryAfter.trim() === '') return pause;
  const asked = Number.isFinite(seconds) ? seconds * 1000 : Date.parse(retryAfter) - now;
  return Number.isFinite(asked) && asked > 0 ? Math.max(asked, pause) : pause;
};
