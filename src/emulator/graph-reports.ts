import type { GraphRoute } from './graph-call.ts';
import type { EntityType } from './graph-entity-type.ts';
import { answerPage, fixedRows } from './graph-page.ts';
import type { Json } from './json.ts';

const AUDIT: EntityType = {
  name: 'directoryAudit',
  defaults: {
    id: null,
    category: 'ApplicationManagement',
    correlationId: null,
    result: 'success',
    resultReason: '',
    activityDisplayName: null,
    activityDateTime: null,
    loggedByService: 'Core Directory',
    operationType: null,
    initiatedBy: { user: null, app: null },
    targetResources: [],
    additionalDetails: [],
  },
  filters: [
    'activityDateTime',
    'activityDisplayName',
    'category',
    'correlationId',
    'id',
    'loggedByService',
    'result',
    'targetResources',
    'initiatedBy/user/id',
    'initiatedBy/app/appId',
  ],
  expands: [],
};

const PRINCIPAL_ACTIVITY: EntityType = {
  name: 'servicePrincipalSignInActivity',
  defaults: {
    id: null,
    appId: null,
    delegatedClientSignInActivity: null,
    delegatedResourceSignInActivity: null,
    applicationAuthenticationClientSignInActivity: null,
    applicationAuthenticationResourceSignInActivity: null,
    lastSignInActivity: null,
  },
  filters: ['appId', 'id'],
  expands: [],
};

const CREDENTIAL_ACTIVITY: EntityType = {
  name: 'appCredentialSignInActivity',
  defaults: {
    id: null,
    keyId: null,
    keyType: null,
    keyUsage: null,
    appId: null,
    appObjectId: null,
    servicePrincipalObjectId: null,
    resourceId: null,
    credentialOrigin: 'application',
    expirationDateTime: null,
    signInActivity: null,
  },
  filters: ['appId', 'id', 'keyId'],
  expands: [],
};

/** A row of the state belongs to a credential where it names its key. */
const isOfCredential = (row: Json): boolean => 'keyId' in row;

const report = (
  name: string,
  type: EntityType,
  rows: (activities: readonly Json[]) => readonly Json[],
): GraphRoute => ({
  method: 'GET',
  path: `reports/${name.toLowerCase()}`,
  // Their page lists the wider one for both.
  needs: 'AuditLog.Read.All|Directory.Read.All',
  beta: true,
  run: (call) =>
    answerPage(call.request, call.page, {
      type,
      context: `reports/${name}`,
      rows: fixedRows(rows(call.directory.signInActivities)),
    }),
});

/** Logs and reports: what happened to apps, and when they and their credentials were last used. */
export const REPORT_ROUTES: readonly GraphRoute[] = [
  {
    method: 'GET',
    path: 'auditlogs/directoryaudits',
    needs: 'AuditLog.Read.All+Directory.Read.All',
    run: (call) =>
      answerPage(call.request, call.page, {
        type: AUDIT,
        context: 'auditLogs/directoryAudits',
        rows: fixedRows(call.directory.auditLogs),
      }),
  },
  report('servicePrincipalSignInActivities', PRINCIPAL_ACTIVITY, (rows) => rows.filter((row) => !isOfCredential(row))),
  report('appCredentialSignInActivities', CREDENTIAL_ACTIVITY, (rows) => rows.filter(isOfCredential)),
];
