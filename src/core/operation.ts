/** What may be done with a protected workload. */
export type Operation = 'discover' | 'backup' | 'restore' | 'onboard';
