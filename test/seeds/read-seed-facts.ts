import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import type { Finding } from '../../src/core/finding.ts';

/** A finding that is expected, or expected not to be there; what is absent is not asked. */
export interface ExpectedFinding {
  readonly rule: string;
  /** Short name, from the head of the file. */
  readonly identity: string;
  readonly subject?: string;
  /** Last part of the scope. */
  readonly scope?: string;
  /** Among its evidence. */
  readonly evidence?: Readonly<Record<string, string | number | boolean>>;
}

/** One thing that a document asks for, and what becomes of it: exactly one of `checks`, `spares`, `waits` and `never`. */
export interface SeedFact {
  readonly id: string;
  readonly asks: string;
  readonly verdict: string;
  readonly checks?: readonly ExpectedFinding[];
  readonly spares?: readonly ExpectedFinding[];
  readonly waits?: { readonly rule?: string; readonly kind?: string; readonly evidence?: string };
  readonly never?: string;
}

export interface SeedFacts {
  readonly identities: Readonly<Record<string, string>>;
  readonly systems: readonly { readonly name: string; readonly product: string; readonly facts: readonly SeedFact[] }[];
}

const file = join(import.meta.dirname, 'seed-facts.yaml');

/** The text of the file. */
export const seedText = (): string => readFileSync(file, 'utf8');

export const readSeedFacts = (): SeedFacts => parse(seedText()) as SeedFacts;

/** The findings that answer an expectation. */
export const findingsFor = (
  expected: ExpectedFinding,
  identities: SeedFacts['identities'],
  findings: readonly Finding[],
): readonly Finding[] =>
  findings.filter(
    ({ rule, identity, subject, scope, evidence }) =>
      rule === expected.rule &&
      identity.toLowerCase() === identities[expected.identity]?.toLowerCase() &&
      (expected.subject === undefined || subject === expected.subject) &&
      (expected.scope === undefined || scope?.split('/').at(-1) === expected.scope) &&
      Object.entries(expected.evidence ?? {}).every(([name, value]) => evidence[name] === value),
  );
