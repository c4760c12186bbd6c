import { keeper } from './run-case.ts';

/** The owner of a well-kept application is found wherever the application holds more than a backup needs. */
export const keeperTakesOver = `owner-can-take-over · ${keeper.id}`;
