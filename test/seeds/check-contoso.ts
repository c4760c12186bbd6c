import type { Report } from '../../src/core/report.ts';
import { loadTenantFile } from '../../src/emulator/tenant-file.ts';
import { repositoryPath } from '../examples/read-example.ts';
import { scanOn, serve } from '../support/rig.ts';

/** A scan of the tenant that was set up by the documents, against the policies that say what they ask for. */
export const checkContoso = async (): Promise<Report> => {
  const tenant = loadTenantFile(repositoryPath('examples/contoso/tenant.yaml'));
  const emulator = await serve(tenant);
  try {
    const config = repositoryPath('examples/contoso/backup-access.yaml');
    const evidence = repositoryPath('examples/contoso/evidence');
    return await scanOn(emulator, tenant, repositoryPath('policies'), { config, evidence });
  } finally {
    await emulator.close();
  }
};
