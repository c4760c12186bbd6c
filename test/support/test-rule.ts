import { describe, expect, it } from 'vitest';
import type { Fact } from '../../src/core/fact.ts';
import type { ResolvedPolicy } from '../../src/core/resolved-policy.ts';
import type { Complaint, Rule } from '../../src/core/rule.ts';
import { policy as plainPolicy } from './policies.ts';

/** What a rule is shown in one case; facts alone where nothing else matters. */
export interface RuleCase {
  readonly facts: readonly Fact[];
  readonly policy?: ResolvedPolicy;
  /** ISO 8601; 2026-11-22 at midnight UTC where absent. */
  readonly now?: string;
  /** As the configuration has it; `P7D` where absent. */
  readonly restoreGrace?: string;
  /** Kinds that were not read of a tenant that was seen; absent: nobody says what the facts are. */
  readonly unread?: readonly string[];
}

export interface RuleTable {
  /** Cases in which the rule is silent: at least as many as those in which it speaks. */
  readonly pass: Readonly<Record<string, readonly Fact[] | RuleCase>>;
  /** `says`: every complaint, as `severity confidence subject: message`. */
  readonly fail: Readonly<Record<string, RuleCase & { readonly says: readonly string[] }>>;
}

const isCase = (given: readonly Fact[] | RuleCase): given is RuleCase => !Array.isArray(given);

const complaintsOf = (rule: Rule, given: RuleCase): readonly Complaint[] => {
  const policy = given.policy ?? plainPolicy();
  return [
    ...rule.check({
      policy,
      facts: given.facts,
      all: given.facts,
      desired: new Set(policy.desired.map(({ fact }) => fact.key)),
      governs: (fact) => policy.governs.has(fact.kind),
      now: new Date(given.now ?? '2026-11-22T00:00:00Z'),
      settings: { restoreGrace: given.restoreGrace ?? 'P7D' },
      ...(given.unread === undefined ? {} : { world: 'held', unread: new Set(given.unread) }),
    }),
  ];
};

/** One line for each complaint, whole message included. */
export const renderComplaint = (rule: Rule, complaint: Complaint): string =>
  `${complaint.severity ?? rule.severity} ${complaint.confidence ?? rule.confidence} ${complaint.at?.subject ?? complaint.about?.subject}: ${complaint.message}`;

const expectForm = (complaint: Complaint): void => {
  expect(complaint.at !== null || complaint.about !== undefined, 'says where').toBe(true);
  for (const text of [complaint.message, complaint.help]) {
    expect(text).toMatch(/^[`a-z]/);
    expect(text).not.toMatch(/[.\n\r]$|[\n\r]/);
  }
};

/** Runs a rule over its table, each case in both orders of facts: a rule may not depend on the order. */
export const testRule = (rule: Rule, table: RuleTable): void => {
  const speak = (given: RuleCase): string[] =>
    complaintsOf(rule, given).map((complaint) => renderComplaint(rule, complaint));
  describe(rule.id, () => {
    it('has at least as many silent cases as speaking ones', () => {
      expect(Object.keys(table.pass).length).toBeGreaterThanOrEqual(Object.keys(table.fail).length);
    });
    it.each(Object.entries(table.pass))('is silent on %s', (_, given) => {
      const whole = isCase(given) ? given : { facts: given };
      expect(speak(whole)).toEqual([]);
      expect(speak({ ...whole, facts: whole.facts.toReversed() })).toEqual([]);
    });
    it.each(Object.entries(table.fail))('speaks of %s', (_, given) => {
      expect(speak(given)).toEqual(given.says);
      expect(speak({ ...given, facts: given.facts.toReversed() }).toSorted()).toEqual(given.says.toSorted());
      for (const complaint of complaintsOf(rule, given)) expectForm(complaint);
    });
  });
};
