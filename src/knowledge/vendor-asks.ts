import type { Fact } from '../core/fact.ts';
import type { Policy } from '../core/policy.ts';
import { type DocumentedRow, profileOf } from './products.ts';

type Grant = Extract<Fact, { kind: 'app-role-assignment' | 'azure-role-assignment' | 'exchange-role-assignment' }>;

const isRowOf = ({ plane, api, value }: DocumentedRow, fact: Grant): boolean => {
  if (fact.kind === 'app-role-assignment') return plane === 'application' && api === fact.api && value === fact.subject;
  const own = fact.kind === 'azure-role-assignment' ? 'azure' : 'exchange';
  return plane === own && value.toLowerCase() === fact.subject.toLowerCase();
};

/** A remark for the end of a help: that the maker of the product asks for the grant all the same. Empty where it doesn't. */
export const vendorAsks = (fact: Grant, policy: Policy): string => {
  const profile = profileOf(policy);
  if (profile === null || !profile.documented.some((row) => isRowOf(row, fact))) return '';
  return `; the page of ${profile.name} asks for it, so try the change on one set-up first`;
};

/** Does the product truly take the grant for something that is protected, whatever others need? */
export const isTakenByProduct = (fact: Grant, policy: Policy): boolean => {
  const needs = profileOf(policy)?.needs ?? [];
  return needs.some(
    ({ workload, rows }) =>
      policy.protects.some((one) => one.workload === workload) && rows.some((row) => isRowOf(row, fact)),
  );
};

/** Does the product's own backup truly take the grant? What is not well known counts for no. */
export const isTakenByBackup = (fact: Grant, policy: Policy): boolean =>
  (profileOf(policy)?.needs ?? []).some(
    ({ workload, operation, rows, confidence }) =>
      operation === 'backup' &&
      confidence !== 'low' &&
      policy.protects.some((one) => one.workload === workload && one.operations.includes('backup')) &&
      rows.some((row) => isRowOf(row, fact)),
  );
