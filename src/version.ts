/** Version of the program; a test holds it to package.json's. */
export const version = '0.1.0';
export const homePage = 'https://github.com/backup-access-guard/backup-access-guard';
/** Page of a rule. */
export const ruleUri = (id: string): string => `${homePage}/blob/main/docs/rules/${id}.md`;
/** Page on what a scan sees beyond policies. */
export const scanUri = `${homePage}/blob/main/docs/scan.md`;
