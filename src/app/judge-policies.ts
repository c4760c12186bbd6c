import { type Judgement, judge } from '../core/judge.ts';
import type { Hash } from '../core/ports.ts';
import type { Rule, RuleSettings } from '../core/rule.ts';
import { unusedException, unusedExceptions } from '../rules/unused-exception.ts';
import type { Compared } from './compare-policies.ts';

/** By what policies are judged. */
export interface JudgedBy {
  readonly rules: readonly Rule[];
  readonly now: Date;
  readonly settings: RuleSettings;
  readonly hash: Hash;
}

/** Hears every rule on every policy. Throws where a rule broke: a bug of ours. */
export const judgePolicies = ({ worlds }: Compared, { rules, now, settings, hash }: JudgedBy): Judgement => {
  const judgement = judge({
    rules,
    worlds,
    now,
    settings,
    hash,
    unused: unusedExceptions,
    unusedRule: unusedException,
  });
  const [first] = judgement.broken;
  if (first !== undefined) throw new Error(`rule ${first.rule} failed on policy ${first.policy}: ${first.detail}`);
  return judgement;
};
