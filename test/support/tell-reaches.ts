import { tellAccess } from '../../src/app/tell-access.ts';
import type { EffectiveAccess } from '../../src/core/effective.ts';
import type { Fact, KindId } from '../../src/core/fact.ts';
import type { PolicyIdentity } from '../../src/core/policy.ts';
import type { Gap } from '../../src/core/snapshot.ts';
import { kinds } from '../../src/kinds/index.ts';
import { appIdentity, policy } from './policies.ts';

/** What was read of the backup app, and who it is; everything, and an app, unless told. */
export interface Seen {
  readonly identity?: PolicyIdentity;
  /** Kinds that ended in a gap. */
  readonly gaps?: readonly KindId[];
  /** Kinds that nobody asked for. */
  readonly unread?: readonly KindId[];
}

const everyKind: readonly KindId[] = [
  ...(['service-principal', 'app-role-assignment', 'delegated-grant', 'azure-role-assignment'] as const),
  ...(['directory-role-assignment', 'credential', 'vault-identity', 'azure-role-eligibility'] as const),
  ...(['exchange-role-assignment', 'site-grant', 'key-vault-access', 'federated-credential'] as const),
  'application-access-policy',
];

/** What one identity with these facts reaches. */
export const accessOf = (facts: readonly Fact[], seen: Seen = {}): EffectiveAccess => {
  const identity = seen.identity ?? appIdentity();
  const gaps = (seen.gaps ?? []).map(
    (kind): Gap => ({
      kind,
      identity: identity.id,
      reason: 'forbidden',
      needs: 'leave',
      request: 'GET /',
      detail: '403',
    }),
  );
  const told = {
    policy: policy({ identities: [identity] }).policy,
    facts,
    gaps,
    read: new Set(everyKind.filter((kind) => !(seen.unread ?? []).includes(kind))),
  };
  const [access] = tellAccess([told], { snapshot: null, kinds, now: new Date('2026-11-22T00:00:00Z') });
  if (access === undefined) throw new Error('nothing was told');
  return access;
};

/** Every row but a plain `no`, as `yes reads every mailbox: Mail.Read (remark)`. */
export const rowsOf = ({ reaches }: EffectiveAccess): readonly string[] =>
  reaches
    .filter(({ answer }) => answer !== 'no')
    .map(({ answer, what, where, by, more, unread, remarks }) => {
      const names = [...by.map(({ subject }) => subject), ...(more > 0 ? [`${more} more`] : [])];
      const open = unread.map(({ kind, reason }) => `${kind} ${reason ?? 'unread'}`);
      const said = remarks.map((remark) => ` (${remark})`).join('');
      return `${answer} ${what}${where === '' ? '' : ` ${where}`}: ${[...names, ...open].join(', ')}${said}`;
    });
