import { changedFact } from '../../src/core/change.ts';
import type { FiledStep, PlanFile } from '../../src/core/plan-file.ts';
import { azureKey, consentKey, type Effect, type Holdings, roleKey, spell, vaultKey } from './holdings.ts';
import { pairs } from './story.ts';

/** What a plan may do, and what has to be so meanwhile. */
export interface Expectations {
  readonly steps: readonly (Effect & { readonly id: string; readonly waits: readonly string[] })[];
  readonly reference: Holdings;
  /** Of each of these, one has to be held at every moment. */
  readonly always: readonly (readonly string[])[];
}

const keyOf = ({ target }: FiledStep): string => {
  switch (target.kind) {
    case 'app-role-assignment':
      return roleKey(target.principal, target.resource, target.role);
    case 'delegated-grant':
      return `${consentKey(target.client, target.resource, target.consent, target.user)} ${target.scope.toLowerCase()}`;
    case 'azure-role-assignment':
      return azureKey(target.scope, target.principal, target.role);
    case 'key-vault-access':
      return vaultKey(target.vault, target.principal);
  }
};

const wantedOf = ({ target, change }: FiledStep): string | null => {
  if (change.action === 'delete') return null;
  if (target.kind === 'azure-role-assignment') return target.condition ?? '';
  return target.kind === 'key-vault-access' ? spell(target.after) : '';
};

/** What follows from a plan and what is held before it. */
export const expect = ({ steps }: PlanFile, held: Holdings): Expectations => {
  const keys = new Map(steps.map((step) => [step.id, keyOf(step)]));
  const made = steps.map((step) => {
    const key = keyOf(step);
    const waits = step.after.map((id) => keys.get(id) ?? '');
    return { id: step.id, key, before: held.get(key) ?? null, after: wantedOf(step), waits };
  });
  const reference = new Map(held);
  for (const { key, after } of made) {
    if (after === null) reference.delete(key);
    else reference.set(key, after);
  }
  const named = (kind: string, action: string, name: string): string => {
    const step = steps.find(({ change }) => {
      const fact = changedFact(change);
      return fact.kind === kind && change.action === action && fact.subject === name;
    });
    if (step === undefined) throw new Error(`the plan has no step to ${action} ${name}`);
    return keyOf(step);
  };
  return {
    steps: made,
    reference,
    always: [
      ...pairs.map(([kind, gone, instead]) => [named(kind, 'delete', gone), named(kind, 'create', instead)]),
      ...[...reference.keys()].filter((key) => held.has(key)).map((key) => [key]),
    ],
  };
};

/** What two states differ in, in words; empty where they don't. */
export const differences = (is: Holdings, wanted: Holdings): readonly string[] => [
  ...[...wanted].flatMap(([key, value]) => (is.get(key) === value ? [] : [`lacks ${key} ${value}`])),
  ...[...is].flatMap(([key, value]) => (wanted.get(key) === value ? [] : [`holds ${key} ${value}`])),
];
