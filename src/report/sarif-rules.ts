import type { Finding } from '../core/finding.ts';
import type { Severity } from '../core/rule.ts';
import { compareText } from './group-findings.ts';
import { sarifSentence } from './sarif-place.ts';

/** What SARIF says of a rule, found or not. */
export interface RuleDoc {
  readonly id: string;
  /** One sentence without full stop. */
  readonly summary: string;
  readonly severity: Severity;
  readonly helpUri: string;
}

/** SARIF's level of a severity. */
export const sarifLevel: Readonly<Record<Severity, 'error' | 'warning' | 'note'>> = {
  critical: 'error',
  high: 'error',
  medium: 'warning',
  low: 'note',
};

/** Scores that GitHub shows as these very words: above 9.0, from 7.0, from 4.0, from 0.1. */
const scores: Readonly<Record<Severity, string>> = { critical: '9.5', high: '8.0', medium: '5.5', low: '2.0' };

/** Every rule that was judged by, and any other that a finding names. */
export const sarifRules = (docs: readonly RuleDoc[], findings: readonly Finding[], version: string) => {
  const known = new Set(docs.map(({ id }) => id));
  const strange = new Map(
    findings.filter(({ rule }) => !known.has(rule)).map((finding) => [finding.rule, finding.severity]),
  );
  const others = [...strange].map(([id, severity]) => ({
    id,
    severity,
    summary: `the rule ${id} of version ${version}`,
    helpUri: null,
  }));
  return [...docs, ...others]
    .sort((a, b) => compareText(a.id, b.id))
    .map(({ id, summary, severity, helpUri }) => {
      const text = sarifSentence(summary);
      const help = helpUri === null ? text : `${text} What it means and what to do: ${helpUri}`;
      return {
        id,
        name: id.replace(/(?:^|-)([a-z])/g, (_all, letter: string) => letter.toUpperCase()),
        shortDescription: { text },
        fullDescription: { text },
        ...(helpUri === null ? {} : { helpUri }),
        help: { text: help },
        defaultConfiguration: { level: sarifLevel[severity] },
        properties: {
          tags: ['security', 'backup', 'least-privilege'],
          precision: 'high',
          'security-severity': scores[severity],
        },
      };
    });
};
