/** Azure keeps what is done to a resource (`control`) and what is done with its data apart. */
export type Plane = 'control' | 'data';

/** Both of them, in the order in which roles are compared. */
export const planes: readonly Plane[] = ['control', 'data'];
