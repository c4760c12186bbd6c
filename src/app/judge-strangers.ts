import type { Finding } from '../core/finding.ts';
import { nowhere } from '../core/nowhere.ts';
import type { Hash } from '../core/ports.ts';
import type { Product } from '../core/product.ts';
import type { Coverage } from '../core/report.ts';
import type { Severity } from '../core/rule.ts';
import { scopeLevel, scopeName } from '../core/scope.ts';
import { findApi } from '../knowledge/apis.ts';
import { backupLikeness, type Likeness } from '../knowledge/backup-likeness.ts';
import { findPermission } from '../knowledge/permissions.ts';
import { proposedName } from './proposed-name.ts';
import type { ScanRead, Stranger } from './stranger.ts';

/** What the report calls backup access that no policy speaks of: like a rule, but of a whole tenant. */
export const unmanagedBackupAccess = {
  id: 'unmanaged-backup-access',
  summary: 'An identity looks like backup software, and no policy says what it may hold',
  severity: 'high',
} as const;

/** Subject of the scan's rows in the coverage: no policy has a space in its name. */
const wholeTenant = 'the whole tenant';

/** A stranger with the reason why it is taken for backup software; `null`: it carries a vault's work. */
export interface Unmanaged {
  readonly stranger: Stranger;
  readonly likeness: Likeness | null;
}

const isOnVault = ({ as }: Stranger): boolean => as.type === 'vault-system' || as.type === 'vault-user';

/** Those of the strangers that are backup software, as far as can be told, or a vault's identity. */
export const pickUnmanaged = (strangers: readonly Stranger[], products: readonly Product[]): readonly Unmanaged[] =>
  strangers
    .map((stranger) => ({ stranger, likeness: backupLikeness(stranger, { products }) }))
    .filter(({ stranger, likeness }) => likeness !== null || isOnVault(stranger));

/** Names come from the tenant: what stands in backticks in a message may hold none. */
const shown = (text: string): string => {
  const plain = text.replaceAll('`', "'");
  return plain.length > 80 ? `${plain.slice(0, 79)}…` : plain;
};

const wide = new Set(['owner', 'contributor', 'user access administrator', 'role based access control administrator']);

const severityOf = ({ stranger, likeness }: Unmanaged): Severity => {
  const { permissions, roles } = stranger;
  const isTier0 = permissions.some(
    ({ api, value }) => findPermission(api, 'application', value)?.sensitivity === 'tier0',
  );
  const isWide = roles.some(
    ({ name, scope }) => wide.has(name.toLowerCase()) || !['resourceGroup', 'resource'].includes(scopeLevel(scope)),
  );
  if ((likeness?.content.length ?? 0) > 0 || isTier0 || isWide) return 'high';
  // A vault's identity that holds nothing can do nothing yet.
  return isOnVault(stranger) && roles.length + permissions.length === 0 ? 'low' : 'medium';
};

const tellContent = (content: readonly string[]): string => {
  if (content.includes('microsoft-365-backup-storage')) return 'steers Microsoft 365 Backup';
  return 'reads every mailbox and every site, as backup software does';
};

/** What gives it away, as a sentence's middle. */
const tellSign = ({ stranger, likeness }: Unmanaged): string => {
  const { as, roles } = stranger;
  if (likeness === null || as.type === 'vault-system' || as.type === 'vault-user') {
    const held =
      roles.length === 0 ? 'no Azure role yet' : `${roles.length} Azure ${roles.length === 1 ? 'role' : 'roles'}`;
    const vault = 'vault' in as ? scopeName(as.vault) : '';
    return `is an identity of the vault \`${shown(vault)}\` with ${held}`;
  }
  const { sign, vendor, near, content } = likeness;
  const maker = vendor?.name ?? null;
  switch (sign) {
    case 'app-id':
      return `is an application of ${maker}`;
    case 'name':
      return maker === null ? 'speaks of backup in its name and has the access' : `goes by a name of ${maker}`;
    case 'profile':
      return `holds nearly what ${near?.product.name} asks for (${near?.score} of 100)`;
    case 'content':
      return tellContent(content);
    case 'azure-role':
      return 'holds Azure roles that are there for backups';
  }
};

/** Why an identity is taken for backup software, as one sentence. */
export const tellWhy = (unmanaged: Unmanaged): string => `It ${tellSign(unmanaged)}.`;

/** Grants as texts, in a fixed order. */
const holds = ({ permissions, roles }: Stranger): readonly string[] => [
  ...permissions.map(({ api, value }) => `${value} on ${findApi(api)?.name ?? api}`).sort(),
  ...roles.map(({ name, scope }) => `${name} on ${scope}`).sort(),
];

const toFinding = (unmanaged: Unmanaged, folder: string, hash: Hash): Finding => {
  const { stranger, likeness } = unmanaged;
  const { identity, appId, displayName } = stranger;
  const subject = appId ?? identity;
  const near = likeness?.near ?? null;
  // The same parts as of every other finding: rule, identity, subject, api, scope and nothing else.
  const parts = [unmanagedBackupAccess.id, identity.toLowerCase(), subject, null, null, null];
  return {
    fingerprint: hash(JSON.stringify(parts)).slice(0, 16),
    rule: unmanagedBackupAccess.id,
    severity: severityOf(unmanaged),
    confidence: likeness?.sign === 'app-id' || isOnVault(stranger) ? 'certain' : 'likely',
    identity,
    subject,
    api: null,
    scope: null,
    policy: '',
    place: nowhere,
    message: `\`${shown(displayName ?? subject)}\` ${tellSign(unmanaged)}, and no policy says what it may hold`,
    help: '`backup-access-guard init --from-tenant` writes a policy of what it holds now; if nobody needs it, take its access away',
    evidence: {
      name: displayName,
      sign: isOnVault(stranger) ? 'vault' : (likeness?.sign ?? null),
      vendor: likeness?.vendor?.name ?? null,
      near: near?.product.id ?? null,
      score: near?.score ?? null,
      content: likeness?.content ?? [],
      holds: holds(stranger),
      proposedFile: `${folder}/${proposedName(stranger)}.yaml`,
    },
    side: 'tenant',
    curedByPlan: false,
    stands: true,
    fix: null,
    exception: null,
  };
};

/** Findings on unmanaged identities. `folder`: where their policies would lie. */
export const judgeStrangers = (unmanaged: readonly Unmanaged[], folder: string, hash: Hash): readonly Finding[] =>
  unmanaged.map((one) => toFinding(one, folder.replace(/\/+$/, ''), hash));

/** How far a scan could look through the tenant, as rows of the coverage. */
export const scanCoverage = (reads: readonly ScanRead[]): readonly Coverage[] =>
  reads.map(({ kind, needs, failure }) =>
    failure === null
      ? { kind, subject: wholeTenant, state: 'complete', reason: null, needs: null, detail: null }
      : {
          kind,
          subject: wholeTenant,
          state: 'gap',
          reason: failure.reason,
          needs,
          detail: `${failure.request.replace(/[?&]\$(select|filter)=[^&]*/g, '')}: ${failure.detail}`,
        },
  );

/** From here on a policy may say that it is the product; below, people have to. */
const sureOfProduct = 80;

/** The product that an identity most likely is, for its policy; `null` where nothing tells. */
export const productOf = ({ likeness, stranger }: Unmanaged, products: readonly Product[]): Product | null => {
  const find = (id: string | undefined): Product | null => products.find((one) => one.id === id) ?? null;
  if (isOnVault(stranger)) return find('azure-backup');
  const { near, vendor } = likeness ?? { near: null, vendor: null };
  const own = vendor?.products ?? [];
  if (near !== null && (near.score >= sureOfProduct || own.includes(near.product.id))) return near.product;
  // Of several products of one maker, a name doesn't tell which it is.
  return own.length === 1 ? find(own[0]) : null;
};
