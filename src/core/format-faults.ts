import { type FaultWords, shown } from './fault.ts';
import { faultOfGuid } from './guid-fault.ts';

/** Says why a text doesn't match the pattern of a definition in the schemas; `null` where another check says it. */
type SayFormat = (text: string, key: string) => FaultWords | null;

const plain =
  (what: string, help: string, code = 'bad-format'): SayFormat =>
  (text, key) => ({ code, message: `${shown(text)} is not ${what}, which ${shown(key)} takes`, help });

// Azure ids are looked at by their own check, which says more than a pattern can.
const saidElsewhere: SayFormat = () => null;

const formats: Readonly<Record<string, SayFormat>> = {
  guid: (text, key) =>
    faultOfGuid(text, key) ??
    plain('a GUID', 'copy the id from the Microsoft Entra admin center', 'not-a-guid')(text, key),
  date: plain('a day', 'write year, month and day, as `2027-03-31`', 'bad-date'),
  duration: plain('a duration', 'write `P180D` for 180 days, `PT8H` for 8 hours', 'bad-duration'),
  name: plain('a short name', 'use letters, digits, dots, dashes and underscores, beginning with a letter or digit'),
  armScope: saidElsewhere,
  vaultId: saidElsewhere,
  keyVaultId: saidElsewhere,
  managedIdentity: saidElsewhere,
  siteUrl: plain('the address of a site', 'write it as `https://contoso.sharepoint.com/sites/finance`'),
  approver: plain('a GitHub user or team', 'write `octocat` or `@contoso/backup-owners`'),
  userPrincipalName: plain('a sign-in name', 'write it as `name@contoso.example`'),
  cloud: plain('a cloud', 'write `public`, `usgov`, `china` or the path of a cloud file, which ends with `.json`'),
  line: plain('one line of text', 'write it on one line'),
  command: plain('the name of a command', 'write it without parameters, as `Get-SPOTenant`'),
  collectedAt: plain('a moment in UTC', 'write it as `2026-11-20T08:00:00Z`', 'bad-date'),
};

const fallback = plain('of the form', 'look the form up in the documentation');

/** Words for a pattern that a text doesn't match, by the name of the schema that has it. */
export const faultOfFormat = (name: string, text: string, key: string): FaultWords | null =>
  (formats[name] ?? fallback)(text, key);
