/** A policy in which nothing is wrong; cases change one thing in it. */
export const samplePolicy = `apiVersion: backup-access/v1
kind: BackupAccessPolicy
metadata:
  name: hubstor-prod
  owner: backup-team@contoso.example
spec:
  identities:
    - appId: 6f1c0f5e-2f0b-4c07-9a3c-8f6a0a5b7d10
  protects:
    - workload: azure-vm-disk
      operations: [backup]
      scopes: [/subscriptions/6ed70176-8b1f-42f8-adc4-928fa2db414c/resourceGroups/rg-app]
  access:
    azureRoles: []
`;

/** One broken text with everything that is said of it: `line:column code: message [help]`. */
export interface BrokenCase {
  readonly text: string;
  readonly says: readonly string[];
}

/** The sample with one piece of its text replaced. A piece that isn't there is a mistake of the test. */
export const change = (from: string, to: string, sample = samplePolicy): string => {
  if (!sample.includes(from)) throw new Error(`the sample has no ${from}`);
  return sample.replace(from, () => to);
};

/** The sample with lines behind it, inside `spec`. */
export const withSpec = (lines: string): string => `${samplePolicy}${lines}\n`;

/** The sample with other entries of `access`. */
export const withAccess = (lines: string): string => change('    azureRoles: []', lines);
