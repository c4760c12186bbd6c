import { azureSources } from './azure-sources.ts';
import type { Cases } from './corpus-case.ts';
import { m365Workloads } from './m365-workloads.ts';

/** Every labelled case, by theme. */
export const corpus: Readonly<Record<string, Cases>> = { 'azure sources': azureSources, 'm365 workloads': m365Workloads };
