import { expect, test } from 'vitest';
import { findAzureRole } from '../../src/knowledge/azure-roles.ts';
import { findDirectoryRole } from '../../src/knowledge/directory-roles.ts';
import { findPermission } from '../../src/knowledge/permissions.ts';
import { findProduct, products, withOwnProducts } from '../../src/knowledge/products.ts';
import { findWorkload, workloads } from '../../src/knowledge/workloads.ts';

test('the four systems, and at least ten more', () => {
  for (const id of ['hubstor', 'catalogic-vplus', 'ninjaone', 'azure-backup'])
    expect(findProduct(id)).toMatchObject({ id, complete: true });
  expect(products.length).toBeGreaterThanOrEqual(14);
  expect(findProduct('HubStor')).toBeNull();
  expect(new Set(products.map((one) => one.id)).size).toBe(products.length);
});

test.each([
  ['hubstor', 7, 0, 2],
  ['catalogic-vplus', 50, 46, 0],
  ['ninjaone', 22, 14, 5],
  ['azure-backup', 39, 0, 0],
])('%s: %i rows, %i application permissions, %i delegated ones', (id, rows, application, delegated) => {
  const documented = findProduct(id)?.documented ?? [];
  expect(documented).toHaveLength(rows);
  expect(documented.filter((one) => one.plane === 'application')).toHaveLength(application);
  expect(documented.filter((one) => one.plane === 'delegated')).toHaveLength(delegated);
});

test('every documented permission is a known one, but for the one that never was', () => {
  const unknown = products.flatMap((product) =>
    product.documented
      .filter((one) => one.plane === 'application' || one.plane === 'delegated')
      .filter(
        (one) =>
          one.api === null || findPermission(one.api, one.plane as 'application' | 'delegated', one.value) === null,
      )
      .map((one) => `${product.id}: ${one.api} ${one.value}`),
  );
  expect(unknown).toEqual(['catalogic-vplus: 00000002-0000-0000-c000-000000000000 Calendars.ReadWrite']);
});

test('every documented role is a known one', () => {
  const unknown = products.flatMap((product) =>
    product.documented
      .filter(
        (one) =>
          (one.plane === 'azure' && one.value !== 'custom role' && findAzureRole(one.value) === null) ||
          (one.plane === 'directory' && findDirectoryRole(one.value) === null),
      )
      .map((one) => `${product.id}: ${one.value}`),
  );
  expect(unknown).toEqual([]);
});

test('every workload that a product or a row speaks of exists, and is one of the product', () => {
  expect(products.flatMap((product) => product.workloads).filter((id) => findWorkload(id) === null)).toEqual([]);
  const stray = products.flatMap((product) =>
    product.documented
      .flatMap((row) => row.workloads ?? [])
      .filter((id) => !product.workloads.includes(id))
      .map((id) => `${product.id}: ${id}`),
  );
  expect(stray).toEqual([]);
});

test('Azure Backup is known with every data source of its own', () => {
  const sources = workloads
    .map(({ id }) => id)
    .filter((id) => /^(azure|sap|sql|vault)-/.test(id) && id !== 'azure-vm-disk');
  expect([...(findProduct('azure-backup')?.workloads ?? [])].sort()).toEqual(sources.sort());
});

test('what a product needs instead names known permissions and roles', () => {
  const rows = products.flatMap((product) => product.needs.flatMap((need) => need.rows));
  expect(rows.length).toBeGreaterThan(10);
  const unknown = rows.filter(({ plane, api, value }) => {
    if (plane === 'application' || plane === 'delegated')
      return api === null || findPermission(api, plane, value) === null;
    if (plane === 'azure') return findAzureRole(value) === null;
    return plane === 'directory' && findDirectoryRole(value) === null;
  });
  expect(unknown.map(({ value }) => value)).toEqual([]);
});

test('of two products with one id a person’s own wins', () => {
  const [hubstor] = products.filter(({ id }) => id === 'hubstor');
  if (hubstor === undefined) throw new Error('no hubstor');
  const own = { ...hubstor, vendor: 'us' };
  const known = withOwnProducts([own, { ...own, id: 'acme' }]);
  expect(known).toHaveLength(products.length + 1);
  expect(known.filter(({ id }) => id === 'hubstor')).toEqual([own]);
  expect(withOwnProducts([])).toEqual(products);
});
