/**
 * Does a permission only read, going by its name? Microsoft's names say what a permission does behind the first dot:
 * `Sites.Read.All`, `TeamsAppInstallation.ReadForTeam.All`, `MailboxItem.Export.All`.
 */
export const readsOnly = (permission: string): boolean =>
  /\.(Read(?!Write|Update)|Export(\.|$)|SelectedOperations|Selected(\.|$))/.test(permission);
