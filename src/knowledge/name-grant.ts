import type { AppRoleAssignmentFact, AzureRoleAssignmentFact } from '../core/fact.ts';
import { findApi } from './apis.ts';

/** A grant as messages speak of it, with its API or scope. */
export const nameGrant = (fact: AppRoleAssignmentFact | AzureRoleAssignmentFact): string =>
  fact.kind === 'azure-role-assignment'
    ? `\`${fact.subject}\` on \`${fact.scope}\``
    : `application permission \`${fact.subject}\` on ${findApi(fact.api)?.name ?? fact.api}`;
