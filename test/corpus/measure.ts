import { rules } from '../../src/rules/index.ts';
import { corpus } from './corpus.ts';
import type { CorpusCase } from './corpus-case.ts';
import { findingsIn } from './run-case.ts';

/** What a rule found of what it should, over all cases. */
export interface Measure {
  readonly rule: string;
  /** Findings as labelled. */
  readonly right: number;
  /** Findings that no label has. */
  readonly wrong: number;
  /** Labels without a finding. */
  readonly missed: number;
  /** Cases in which a label expects it. */
  readonly fired: number;
  /** Cases made to tempt it in which it must be silent. */
  readonly spared: number;
}

/** A case in which program and labels differ. */
export interface Difference {
  readonly name: string;
  readonly wrong: readonly string[];
  readonly missed: readonly string[];
}

const ruleOf = (label: string): string => label.split(' · ')[0] ?? '';

/** What `labels` has beyond `others`, each as often as it is there. */
const beyond = (labels: readonly string[], others: readonly string[]): string[] => {
  const left = [...others];
  return labels.filter((label) => {
    const at = left.indexOf(label);
    if (at >= 0) left.splice(at, 1);
    return at < 0;
  });
};

const compareCase = (name: string, given: CorpusCase): Difference => {
  const found = findingsIn(given);
  return { name, wrong: beyond(found, given.expect), missed: beyond(given.expect, found) };
};

/** Every case, with its theme in its name. */
export const allCases = (): readonly (readonly [string, CorpusCase])[] =>
  Object.entries(corpus).flatMap(([theme, cases]) =>
    Object.entries(cases).map(([name, given]) => [`${theme}: ${name}`, given] as const),
  );

const count = (labels: readonly string[], rule: string): number =>
  labels.filter((label) => ruleOf(label) === rule).length;

/** Judges every case and adds up, rule by rule. */
export const measureCorpus = () => {
  const cases = allCases();
  const compared = cases.map(([name, given]) => compareCase(name, given));
  const expected = cases.flatMap(([, { expect }]) => expect);
  const wrong = compared.flatMap((one) => one.wrong);
  const missed = compared.flatMap((one) => one.missed);
  const measures = rules.map(({ id }): Measure => {
    const lost = count(missed, id);
    return {
      rule: id,
      right: count(expected, id) - lost,
      wrong: count(wrong, id),
      missed: lost,
      fired: cases.filter(([, { expect }]) => expect.some((label) => ruleOf(label) === id)).length,
      spared: cases.filter(([, { tempts = [], expect }]) => tempts.includes(id) && count(expect, id) === 0).length,
    };
  });
  const differences = compared.filter((one) => one.wrong.length + one.missed.length > 0);
  const clean = cases.filter(([, { expect }]) => expect.length === 0).length;
  return { cases: cases.length, clean, measures, differences };
};
