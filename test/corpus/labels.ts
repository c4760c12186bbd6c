/** The owner of a well-kept application is found wherever the application holds more than a backup needs. */
export const keeperTakesOver = 'owner-can-take-over · its owner';
/** Told once for an identity, of all its Azure roles together. */
export const canDestroy = 'backup-and-delete · the app';
