/** Limits of one application, as Microsoft's token bucket counts them. */
export interface ThrottleOptions {
  /** Resource units that the bucket holds. */
  readonly units: number;
  /** Seconds in which it fills again. */
  readonly seconds: number;
}

interface ThrottleRefusal {
  readonly message: string;
  readonly headers: Readonly<Record<string, string>>;
}

/** Takes units from an application's bucket; a refusal where it is empty. */
export type Throttle = (appId: string, units: number, write: boolean, now: Date) => ThrottleRefusal | null;

/** A throttle that never refuses. */
export const noThrottle: Throttle = () => null;

/** A token bucket per application (source: Microsoft's page on throttling limits). */
export const makeThrottle = (options: ThrottleOptions): Throttle => {
  const buckets = new Map<string, { left: number; at: number }>();
  const perSecond = options.units / options.seconds;
  return (appId, units, write, now) => {
    const at = now.getTime() / 1000;
    const bucket = buckets.get(appId) ?? { left: options.units, at };
    bucket.left = Math.min(options.units, bucket.left + (at - bucket.at) * perSecond);
    bucket.at = at;
    buckets.set(appId, bucket);
    if (bucket.left >= units) {
      bucket.left -= units;
      return null;
    }
    const wait = Math.max(1, Math.ceil((units - bucket.left) / perSecond));
    return {
      message: `Your request is throttled temporarily. Please try after ${wait} seconds.`,
      headers: {
        'retry-after': String(wait),
        'x-ms-throttle-scope': `Tenant_Application/${write ? 'ReadWrite' : 'Read'}/${appId}`,
        'x-ms-throttle-information': 'ResourceUnitLimitExceeded',
      },
    };
  };
};
