import type { Directory } from './directory.ts';
import { type Json, objectsOf, sameText, textOf } from './json.ts';
import { isGuid } from './make-id.ts';
import type { TenantState } from './tenant-state.ts';

/** An application that wants a token, and all that could prove it is who it says. */
export interface Applicant {
  readonly appId: string;
  readonly principal: Json;
  readonly application: Json | null;
  readonly secrets: readonly { readonly text: string; readonly end: string | null }[];
  readonly federation: readonly Json[];
}

/** The applicant with an app id, `null` where the tenant has no service principal for it. */
export const findApplicant = (directory: Directory, state: TenantState, clientId: string): Applicant | null => {
  const principal = isGuid(clientId) ? directory.servicePrincipals.find('appId', clientId)[0] : undefined;
  if (principal === undefined) return null;
  const application = directory.applications.find('appId', clientId)[0] ?? null;
  const callers = (state.callers ?? []).filter((caller) => sameText(caller.appId, clientId));
  const kept = [principal, application ?? {}].flatMap((row) => objectsOf(row, 'passwordCredentials'));
  return {
    appId: textOf(principal, 'appId'),
    principal,
    application,
    secrets: [
      ...callers.flatMap(({ secret }) => (secret === undefined ? [] : [{ text: secret, end: null }])),
      ...kept
        .filter((row) => textOf(row, 'secretText') !== '')
        .map((row) => ({ text: textOf(row, 'secretText'), end: textOf(row, 'endDateTime') || null })),
    ],
    federation: [
      ...callers.flatMap((caller) => caller.federatedIdentityCredentials ?? []),
      ...objectsOf(application ?? {}, 'federatedIdentityCredentials'),
    ],
  };
};
