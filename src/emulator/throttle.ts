/** A token bucket: how much it holds, and in how many seconds it fills again. */
export interface BucketOptions {
  readonly units: number;
  readonly seconds: number;
}

/** What is left after a take, and the seconds to wait where it was refused. */
interface Take {
  readonly left: number;
  readonly wait: number | null;
}

/** Takes units from the bucket of a key. */
export type Bucket = (key: string, units: number, now: Date) => Take;

/** A bucket per key; without options it never runs dry and always shows `full`. */
export const makeBucket = (options: BucketOptions | undefined, full: number): Bucket => {
  if (options === undefined) return () => ({ left: full, wait: null });
  const buckets = new Map<string, { left: number; at: number }>();
  const perSecond = options.units / options.seconds;
  return (key, units, now) => {
    const at = now.getTime() / 1000;
    const bucket = buckets.get(key) ?? { left: options.units, at };
    bucket.left = Math.min(options.units, bucket.left + (at - bucket.at) * perSecond);
    bucket.at = at;
    buckets.set(key, bucket);
    if (bucket.left < units) {
      return { left: Math.floor(bucket.left), wait: Math.max(1, Math.ceil((units - bucket.left) / perSecond)) };
    }
    bucket.left -= units;
    return { left: Math.floor(bucket.left), wait: null };
  };
};
