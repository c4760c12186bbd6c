import type { Change } from './change.ts';
import type { Fact, FactOf } from './fact.ts';
import type { AppId, IdentityId, ObjectId } from './ids.ts';
import type { Answer, TenantPorts } from './ports.ts';
import { ok } from './result.ts';
import type { Assessment } from './write.ts';
import type { TargetOf, WriteTarget } from './write-target.ts';

export type WrittenKind = WriteTarget['kind'];

/** Object ids behind the ids of policies; `null` where nobody knows them: then nothing is written. */
export interface TargetIds {
  readonly principal: (
    identity: IdentityId,
  ) => { readonly id: ObjectId; readonly type: 'ServicePrincipal' | 'User' } | null;
  /** The service principal of an API in this tenant. */
  readonly api: (api: AppId) => ObjectId | null;
  /** The tenant itself. */
  readonly tenant: string;
  /** A GUID made from a text: the same text, the same GUID. */
  readonly guid: (text: string) => string;
}

/** A write that stands before another one in a plan. */
export interface EarlierWrite<T> {
  readonly target: T;
  readonly action: Change['action'];
}

/** How changes of a kind are written: as data. `S` is what has to be seen of the tenant to decide. */
export interface WriterSource<K extends WrittenKind, S> {
  readonly kind: K;
  /** One target for each write that a change takes; none where an object id isn't known. */
  readonly targets: (change: Change<FactOf<K>>, ids: TargetIds) => readonly TargetOf<K>[];
  /** What stands now, read where writes are seen soonest: never Resource Graph, never an index, never from memory. */
  readonly observe: (target: TargetOf<K>, ports: TenantPorts) => Promise<Answer<S>>;
  /** What stands by facts that were read of the identity, and by writes that the plan makes before. */
  readonly foresee: (
    target: TargetOf<K>,
    facts: readonly FactOf<K>[],
    earlier: readonly EarlierWrite<TargetOf<K>>[],
    ids: TargetIds,
  ) => S;
  /** Is the write done, which request would do it, or does something else stand there? */
  readonly assess: (target: TargetOf<K>, action: Change['action'], stands: S) => Assessment;
}

/** The same for whoever doesn't care which kind it is. */
export interface Writer {
  readonly kind: WrittenKind;
  readonly targets: (change: Change, ids: TargetIds) => readonly WriteTarget[];
  /** Reads the tenant now. */
  readonly look: (target: WriteTarget, action: Change['action'], ports: TenantPorts) => Promise<Answer<Assessment>>;
  /** Judges by what was read before. */
  readonly foresee: (
    target: WriteTarget,
    action: Change['action'],
    facts: readonly Fact[],
    earlier: readonly EarlierWrite<WriteTarget>[],
    ids: TargetIds,
  ) => Assessment;
}

/** Declares a writer. Handing it a target of another kind is a bug of ours. */
export const defineWriter = <K extends WrittenKind, S>(source: WriterSource<K, S>): Writer => {
  const isOwnTarget = (target: WriteTarget): target is TargetOf<K> => target.kind === source.kind;
  const isOwnFact = (fact: Fact): fact is FactOf<K> => fact.kind === source.kind;
  const isOwnChange = (change: Change): change is Change<FactOf<K>> =>
    (change.before === null || isOwnFact(change.before)) && (change.after === null || isOwnFact(change.after));
  const own = (target: WriteTarget): TargetOf<K> => {
    if (isOwnTarget(target)) return target;
    throw new Error(`a write of ${target.kind} was handed to the writer of ${source.kind}`);
  };
  return {
    kind: source.kind,
    targets: (change, ids) => (isOwnChange(change) ? source.targets(change, ids) : []),
    look: async (target, action, ports) => {
      const stands = await source.observe(own(target), ports);
      return stands.ok ? ok(source.assess(own(target), action, stands.value)) : stands;
    },
    foresee: (target, action, facts, earlier, ids) => {
      const before = earlier.flatMap((one) => (isOwnTarget(one.target) ? { ...one, target: one.target } : []));
      return source.assess(own(target), action, source.foresee(own(target), facts.filter(isOwnFact), before, ids));
    },
  };
};
