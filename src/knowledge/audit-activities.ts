/** What an entry of the audit log says happened to an identity's access. */
type Deed = 'consent' | 'grant' | 'credential' | 'owner';

/** Activities that give access, as Microsoft names them (source: audit activity reference, Microsoft Entra). */
const activities: ReadonlyMap<string, Deed> = new Map([
  ['Consent to application', 'consent'],
  ['Add app role assignment to service principal', 'grant'],
  ['Add delegated permission grant', 'grant'],
  ['Add service principal credentials', 'credential'],
  ['Update application - Certificates and secrets management', 'credential'],
  ['Add owner to application', 'owner'],
  ['Add owner to service principal', 'owner'],
]);

/** The log writes a longer dash, and leaves a space at the end. */
const plain = (name: string): string => name.replace(/[–—]/g, '-').replace(/\s+/g, ' ').trim().toLowerCase();

const byName = new Map([...activities.keys()].map((name) => [plain(name), name]));

/** The activity by its plain name; `null` where it gives nobody access. */
export const findAuditActivity = (name: string): string | null => byName.get(plain(name)) ?? null;

/** What kind of deed an activity is. */
export const deedOf = (activity: string): Deed | null => activities.get(activity) ?? null;
