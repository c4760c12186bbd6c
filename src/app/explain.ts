import type { Product } from '../core/product.ts';
import type { Rule } from '../core/rule.ts';
import { suggest } from '../core/suggest.ts';
import { apis, findApi } from '../knowledge/apis.ts';
import { azureRoles, findAzureRole } from '../knowledge/azure-roles.ts';
import { directoryRoles, findDirectoryRole } from '../knowledge/directory-roles.ts';
import { exchangeRoles, findExchangeRole } from '../knowledge/exchange-roles.ts';
import { permissions } from '../knowledge/permissions.ts';
import { findWorkload, workloads } from '../knowledge/workloads.ts';
import { explainAzureRole } from './explain-azure-role.ts';
import { explainPermission } from './explain-permission.ts';
import { explainProduct } from './explain-product.ts';
import { explainWorkload } from './explain-workload.ts';
import type { Explanation } from './explanation.ts';
import { unmanagedBackupAccess } from './judge-strangers.ts';

export interface ExplainContext {
  readonly rules: readonly Rule[];
  readonly ruleUri: (id: string) => string;
  /** The products that are known: the built-in ones and people's own. */
  readonly products: readonly Product[];
}

const same = (a: string, b: string): boolean => a.toLowerCase() === b.toLowerCase();

const explainRule = (rule: Rule, { ruleUri }: ExplainContext): Explanation => ({
  title: `${rule.id}, a rule`,
  lines: [
    rule.summary,
    `severity ${rule.severity}, ${rule.confidence}; since ${rule.since}`,
    `looks at: ${rule.kinds.join(', ')}`,
    `page: ${ruleUri(rule.id)}`,
  ],
});

/** What a scan finds is told like a rule, and is none: it is no policy's. */
const explainUnmanaged: Explanation = {
  title: `${unmanagedBackupAccess.id}, found by a scan`,
  lines: [
    unmanagedBackupAccess.summary,
    'severity high where mail, files or a subscription are in reach, else medium; likely where no app id tells',
    'page: docs/scan.md',
  ],
};

const explainDirectoryRole = (role: NonNullable<ReturnType<typeof findDirectoryRole>>): Explanation => ({
  title: `${role.name}, a directory role of Microsoft Entra`,
  lines: [
    ...(role.reach === null ? [] : [role.reach]),
    `sensitivity: ${role.sensitivity ?? 'not judged, no backup meets it'}${role.privileged ? '; Microsoft marks it privileged' : ''}`,
    `template id: ${role.id}`,
  ],
});

const explainExchangeRole = (role: NonNullable<ReturnType<typeof findExchangeRole>>): Explanation => ({
  title: `${role.name}, an application role of Exchange Online`,
  lines: [
    role.reach,
    'can be confined to a custom scope, a group or an administrative unit',
    ...(role.permissions.length === 0
      ? []
      : [
          `stands for ${role.permissions.map(({ value }) => value).join(', ')}; a tenant-wide consent to one of them voids the scope`,
        ]),
  ],
});

/** Everything that goes by this name: a permission may stand on several APIs. Empty where nothing does. */
export const explain = (name: string, context: ExplainContext): readonly Explanation[] => {
  const wanted = name.trim();
  const rule = context.rules.find(({ id }) => same(id, wanted));
  const azureRole = findAzureRole(wanted);
  const directoryRole = findDirectoryRole(wanted);
  const exchangeRole = findExchangeRole(wanted);
  const product = context.products.find(({ id }) => same(id, wanted));
  const workload = findWorkload(wanted.toLowerCase());
  const api = findApi(wanted);
  return [
    ...(rule === undefined ? [] : [explainRule(rule, context)]),
    ...(same(unmanagedBackupAccess.id, wanted) ? [explainUnmanaged] : []),
    ...(product === undefined ? [] : [explainProduct(product)]),
    ...(workload === null ? [] : [explainWorkload(workload)]),
    ...permissions.filter(({ value, id }) => same(value, wanted) || same(id, wanted)).map(explainPermission),
    ...(azureRole === null ? [] : [explainAzureRole(azureRole)]),
    ...(directoryRole === null ? [] : [explainDirectoryRole(directoryRole)]),
    ...(exchangeRole === null ? [] : [explainExchangeRole(exchangeRole)]),
    ...(api === null
      ? []
      : [
          {
            title: `${api.name}, an API`,
            lines: [`app id ${api.appId}`, ...(api.retired === null ? [] : [`retired on ${api.retired}`])],
          },
        ]),
  ];
};

/** The known name nearest to one that is not known. */
export const nearestName = (name: string, { rules, products }: ExplainContext): string | null =>
  suggest(name, [
    ...rules.map(({ id }) => id),
    unmanagedBackupAccess.id,
    ...products.map(({ id }) => id),
    ...workloads.map(({ id }) => id),
    ...permissions.map(({ value }) => value),
    ...azureRoles.map((role) => role.name),
    ...directoryRoles.map((role) => role.name),
    ...exchangeRoles.map((role) => role.name),
    ...apis.map((api) => api.name),
  ]);
