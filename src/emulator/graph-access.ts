import type { GraphRoute } from './graph-call.ts';

/** Do the roles in a token suffice for a route? `A|B+C`: A, or B and C together. */
export const mayCall = (route: Pick<GraphRoute, 'needs'>, roles: readonly string[]): boolean =>
  route.needs === '' ||
  route.needs.split('|').some((alternative) => alternative.split('+').every((role) => roles.includes(role)));
