import type { Change } from './change.ts';
import type { Fact } from './fact.ts';
import { validate } from './generated/validate-plan.js';
import { duplicateJsonKeys } from './json-duplicates.ts';
import { type PlanSource, planSteps, type Step } from './plan.ts';
import { err, ok, type Result } from './result.ts';
import { sameArmId } from './scope.ts';
import type { WriteTarget } from './write-target.ts';

/** A step as a file keeps it: without its request, which is made of what stands when it runs. */
export type FiledStep = Pick<Step, 'id' | 'policy' | 'change' | 'target' | 'after'>;

/** A plan that was made at one time and is run at another. */
export interface PlanFile extends PlanSource {
  readonly version: 1;
  /** To do what policies ask for, or to undo what a run did. */
  readonly purpose: 'apply' | 'rollback';
  readonly toolVersion: string;
  /** ISO 8601, UTC. */
  readonly madeAt: string;
  /** `sha256:…`, of what `planContent` takes. */
  readonly digest: string;
  readonly steps: readonly FiledStep[];
}

/** The same as steps of a plan: nothing is known of their requests. */
export const stepsOfFile = ({ steps }: Pick<PlanFile, 'steps'>): readonly Step[] =>
  steps.map((step) => ({ ...step, request: null }));

const parseJson = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};

const shapeFault = (value: unknown): string | null => {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return 'it is not a JSON object';
  const { version } = value as { readonly version?: unknown };
  if (version !== 1)
    return `it is of version ${typeof version === 'number' ? version : 'unknown'}; this program reads version 1`;
  if (validate(value)) return null;
  // Of several ways that none fits, the deepest place says most.
  const places = (validate.errors ?? []).map(({ instancePath }) => instancePath);
  const deepest = places.toSorted((a, b) => b.split('/').length - a.split('/').length)[0] ?? '';
  return `${deepest === '' ? 'the plan' : `\`${deepest}\``} is not what this program writes`;
};

const actions = { create: [true, false], update: [false, false], delete: [false, true] } as const;

const kindsAgree = (facts: readonly (Fact | null)[], kind: string): boolean =>
  facts.every((fact) => fact === null || fact.kind === kind);

const sameFacts = (a: unknown, b: unknown): boolean => JSON.stringify(a ?? null) === JSON.stringify(b ?? null);

/** Is what is shown what is written? */
const factAgrees = (fact: Fact | null, target: WriteTarget): boolean => {
  if (fact === null) return true;
  if (fact.kind === 'app-role-assignment' && target.kind === fact.kind) return fact.role === target.role;
  if (fact.kind === 'delegated-grant' && target.kind === fact.kind) return fact.subject === target.scope;
  if (fact.kind === 'azure-role-assignment' && target.kind === fact.kind)
    return fact.role === target.role && sameArmId(fact.scope, target.scope);
  return fact.kind === 'key-vault-access' && target.kind === fact.kind && sameArmId(fact.vault, target.vault);
};

/** What it leaves behind, or what is to go. */
const contentAgrees = ({ before, after }: Change, target: WriteTarget): boolean => {
  const fact = after ?? before;
  if (fact?.kind === 'azure-role-assignment' && target.kind === fact.kind) return fact.condition === target.condition;
  if (target.kind !== 'key-vault-access') return true;
  const given = (one: Fact | null) => (one?.kind === 'key-vault-access' ? one.permissions : null);
  return sameFacts(given(before), target.before) && sameFacts(given(after), target.after);
};

const stepFault = ({ id, change, target }: FiledStep): string | null => {
  const [noBefore, noAfter] = actions[change.action];
  if ((change.before === null) !== noBefore || (change.after === null) !== noAfter)
    return `step \`${id}\` doesn't say what is there before and after`;
  if (!kindsAgree([change.before, change.after], target.kind)) return `step \`${id}\` is about two kinds of access`;
  if (change.before !== null && change.after !== null && change.before.key !== change.after.key)
    return `step \`${id}\` is about two things`;
  const isShown = factAgrees(change.before, target) && factAgrees(change.after, target);
  if (!isShown || !contentAgrees(change, target)) return `step \`${id}\` would write something else than it shows`;
  return null;
};

/** Names, order and waits follow from what the steps do: a file that says otherwise was changed. */
const orderFault = (steps: readonly FiledStep[]): string | null => {
  const again = planSteps(steps.map((step) => ({ ...step, request: null })));
  const spell = ({ id, policy, after }: FiledStep): string => JSON.stringify([id, policy, after]);
  const at = steps.findIndex((step, index) => spell(step) !== spell(again[index] as Step));
  return at === -1 ? null : `step ${at + 1} is not named, placed or made to wait as what it does asks for`;
};

const firstOf = <T>(items: readonly T[], fault: (item: T) => string | null): string | null => {
  for (const item of items) {
    const found = fault(item);
    if (found !== null) return found;
  }
  return null;
};

/** What a reader of plan files has to know beside them. */
export interface PlanReader {
  /** Version of the knowledge that the program has. */
  readonly knowledge: string;
  /** The digest of what a file holds: it has to be what the file says. */
  readonly digestOf: (file: PlanFile) => string;
}

/** A plan file, or why it is none, as a sentence without full stop. Whatever doesn't follow from its own content refuses it. */
export const parsePlanFile = (text: string, { knowledge, digestOf }: PlanReader): Result<PlanFile, string> => {
  const value = parseJson(text);
  if (value === undefined) return err('it is not JSON');
  const [twice] = duplicateJsonKeys(text);
  if (twice !== undefined) return err(`it has the key \`${twice.key}\` twice in one object`);
  const misshapen = shapeFault(value);
  if (misshapen !== null) return err(misshapen);
  const file = value as PlanFile;
  const fault = firstOf(file.steps, stepFault) ?? orderFault(file.steps);
  if (fault !== null) return err(fault);
  if (file.knowledge !== knowledge)
    return err(
      `it was made with the knowledge of ${file.knowledge}, and this program has that of ${knowledge}: make the plan again`,
    );
  const digest = digestOf(file);
  if (digest !== file.digest) return err(`its content has the digest ${digest}, but it says ${file.digest}`);
  return ok(file);
};

/** The file's text: the same plan, the same bytes. */
export const renderPlanFile = (file: PlanFile): string => {
  const { version, purpose, toolVersion, madeAt, tenant, knowledge, digest, policies } = file;
  const steps = file.steps.map(({ id, policy, change, target, after }) => ({ id, policy, change, target, after }));
  const ordered = { version, purpose, toolVersion, madeAt, tenant, knowledge, digest, policies, steps };
  return `${JSON.stringify(ordered, null, 2)}\n`;
};
