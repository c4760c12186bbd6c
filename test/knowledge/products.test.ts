import { expect, test } from 'vitest';
import { findAzureRole } from '../../src/knowledge/azure-roles.ts';
import { findDirectoryRole } from '../../src/knowledge/directory-roles.ts';
import { findPermission } from '../../src/knowledge/permissions.ts';
import { findProduct, products } from '../../src/knowledge/products.ts';
import { findWorkload } from '../../src/knowledge/workloads.ts';

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
  ['ninjaone', 21, 14, 5],
  ['azure-backup', 8, 0, 0],
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

test('every workload that a product protects exists', () => {
  expect(products.flatMap((product) => product.workloads).filter((id) => findWorkload(id) === null)).toEqual([]);
});
