import type { Refusal } from '../core/apply.ts';
import { principalOf, type Step } from '../core/plan.ts';

/** As whom a run signed in, as its token says. */
export interface SignedIn {
  /** Object id; `null`: the token doesn't say. */
  readonly principal: string | null;
  readonly tenantId: string | null;
}

const refuse = (why: string): readonly Refusal[] => [
  {
    code: 'own-identity',
    why,
    wayForward:
      'change the access of the program by hand, and let no policy but one under `enforcement: report` name it',
  },
];

/** Whoever a run signed in as is never written about by it, and nobody whose name it can't tell writes. */
export const aboutOneself = (
  steps: readonly Pick<Step, 'target'>[],
  { principal, tenantId }: SignedIn,
): readonly Refusal[] => {
  if (principal === null || tenantId === null)
    return refuse("the token doesn't say as whom, or to which tenant, this run signed in");
  const own = steps.filter(({ target }) => principalOf(target).toLowerCase() === principal.toLowerCase());
  if (own.length === 0) return [];
  const count = own.length === 1 ? 'one step' : `${own.length} steps`;
  return refuse(`the plan would change what this run itself signs in as may do (\`${principal}\`), by ${count}`);
};
