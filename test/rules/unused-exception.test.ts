import { describe, expect, it } from 'vitest';
import { unusedException, unusedExceptions } from '../../src/rules/unused-exception.ts';
import { secret } from '../support/facts.ts';
import { exception, policy } from '../support/policies.ts';
import { renderComplaint, testRule } from '../support/test-rule.ts';

const now = new Date('2026-11-22T00:00:00Z');
const kept = exception('long-lived-secret', 'secret-1', '2026-12-31');
const idle = exception('privileged-azure-role', 'Contributor', '2026-11-22');
const over = exception('privileged-azure-role', 'Owner', '2026-11-21');
const whole = policy({ exceptions: [kept, idle, over] });

testRule(unusedException, {
  pass: { 'any policy, until the judge asks': { facts: [secret(null, null)], policy: whole } },
  fail: {},
});

describe('unused-exception: what the judge asks for last', () => {
  const say = (...used: (typeof kept)[]) =>
    unusedExceptions(whole, new Set(used), now).map((complaint) => renderComplaint(unusedException, complaint));

  it('is silent on used and on expired ones', () => {
    expect(say(kept, idle)).toEqual([]);
    expect(unusedExceptions(policy(), new Set(), now)).toEqual([]);
  });
  it('speaks of one that matched nothing, on its last day too', () => {
    expect(say(kept)).toEqual([
      'low certain privileged-azure-role: the exception to `privileged-azure-role` for `Contributor` matches no finding',
    ]);
  });
});
