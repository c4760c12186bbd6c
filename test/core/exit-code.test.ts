import { describe, expect, it } from 'vitest';
import { type FailOn, fails } from '../../src/core/exit-code.ts';
import { type Severity, severities } from '../../src/core/rule.ts';
import { finding } from '../support/report-parts.ts';

describe('a finding fails a check', () => {
  const order: Record<FailOn, readonly Severity[]> = {
    critical: ['critical'],
    high: ['critical', 'high'],
    medium: ['critical', 'high', 'medium'],
    low: ['critical', 'high', 'medium', 'low'],
    never: [],
  };
  it.each(Object.entries(order))('with fail-on %s', (failOn, expected) => {
    const failing = severities.filter((severity) => fails(finding({ severity, stands: true }), failOn as FailOn));
    expect(failing).toEqual(expected);
  });

  it('not where it is accepted, and not where it won’t stand', () => {
    const exception = { reason: 'x', approvedBy: 'y', expires: '2027-01-01', place: finding({}).place };
    expect(fails(finding({ severity: 'critical', stands: true, exception }), 'low')).toBe(false);
    expect(fails(finding({ severity: 'critical', stands: false }), 'low')).toBe(false);
  });
});
