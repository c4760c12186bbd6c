import { describe, expect, it } from 'vitest';
import { planSteps } from '../../src/core/plan.ts';
import { aboutOneself, type SignedIn } from '../../src/guard/own-identity.ts';
import { backupObject } from '../support/facts.ts';
import { changeScope, grantAppRole, mailRead, realAppRole, scopeOf } from '../support/real-steps.ts';

const grant = grantAppRole(realAppRole('Mail.Read', mailRead));
const consent = changeScope('create', scopeOf('Mail.Read'), { grantId: null, method: 'POST', scope: 'Mail.Read' });
const steps = planSteps([grant, consent]);
const other = '7d1c0f5e-0000-4000-8000-0000000000ff';
const as = (principal: string | null, tenantId: string | null = 't'): SignedIn => ({ principal, tenantId });
const wayForward =
  'change the access of the program by hand, and let no policy but one under `enforcement: report` name it';
const refusal = (why: string) => [{ code: 'own-identity', why, wayForward }];
const own = (id: string, count: string) =>
  refusal(`the plan would change what this run itself signs in as may do (\`${id}\`), by ${count}`);
const unknown = refusal("the token doesn't say as whom, or to which tenant, this run signed in");

describe('whoever signed in', () => {
  it.each([
    ['may write about others', steps, as(other)],
    ['may write nothing at all', [], as(backupObject)],
  ])('%s', (_, some, signedIn) => {
    expect(aboutOneself(some, signedIn)).toEqual([]);
  });

  it.each([
    ['may not write about itself', steps, as(backupObject), own(backupObject, '2 steps')],
    ['nor once', steps.slice(0, 1), as(backupObject), own(backupObject, 'one step')],
    ['nor in another spelling', steps, as(backupObject.toUpperCase()), own(backupObject.toUpperCase(), '2 steps')],
    ['may not write where its token names nobody', steps, as(null), unknown],
    ['nor where it names no tenant', steps, as(other, null), unknown],
  ])('%s', (_, some, signedIn, refusals) => {
    expect(aboutOneself(some, signedIn)).toEqual(refusals);
  });
});
