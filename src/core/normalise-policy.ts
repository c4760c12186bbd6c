import type { Place } from './diagnostic.ts';
import { appId, armId, identityId, objectId } from './ids.ts';
import { normaliseAccess } from './normalise-access.ts';
import type {
  Enforcement,
  Operation,
  Placed,
  Policy,
  PolicyException,
  PolicyIdentity,
  Presence,
  Protects,
  ScopePurpose,
} from './policy.ts';
import { linesOf, placeOf, type SourceText } from './source-text.ts';
import { at, entriesOf, itemsOf, textOf, type YamlNode } from './yaml-tree.ts';

type PlaceFor = (node: YamlNode) => Place;

/** Text that the schema requires. */
const required = (node: YamlNode | null): string => textOf(node) ?? '';

const identityOf = (node: YamlNode, place: Place): PolicyIdentity => {
  const app = textOf(at(node, 'appId'));
  const user = textOf(at(node, 'user'));
  const vault = textOf(at(node, 'vault'));
  const managedIdentity = required(at(node, 'managedIdentity'));
  if (app !== null) {
    const pinned = textOf(at(node, 'objectId'));
    return {
      type: 'app',
      id: identityId(app),
      place,
      appId: appId(app),
      objectId: pinned === null ? null : objectId(pinned),
    };
  }
  if (user !== null) return { type: 'user', id: identityId(user), place, objectId: objectId(user) };
  if (vault === null) {
    return {
      type: 'managed-identity',
      id: identityId(managedIdentity),
      place,
      managedIdentity: armId(managedIdentity),
    };
  }
  if (managedIdentity === 'system') return { type: 'vault-system', id: identityId(vault), place, vault: armId(vault) };
  const identity = armId(managedIdentity);
  return { type: 'vault-user', id: identityId(managedIdentity), place, vault: armId(vault), managedIdentity: identity };
};

const scopesOf = (node: YamlNode | null): Protects['scopes'] => {
  const lists: (readonly [string, YamlNode])[] =
    node?.type === 'map'
      ? entriesOf(node).map(([purpose, entry]) => [purpose, entry.value])
      : node === null
        ? []
        : [['source', node]];
  return lists.flatMap(([purpose, list]) =>
    itemsOf(list).map((item) => ({ purpose: purpose as ScopePurpose, scope: required(item) })),
  );
};

const protectsOf = (node: YamlNode, place: Place): Protects => ({
  workload: required(at(node, 'workload')),
  operations: itemsOf(at(node, 'operations')).map((item) => required(item) as Operation),
  elevations: itemsOf(at(node, 'elevations')).map((item) => ({
    operation: required(at(item, 'operation')) as Operation,
    maxDuration: required(at(item, 'maxDuration')),
  })),
  scopes: scopesOf(at(node, 'scopes')),
  place,
});

const exceptionOf = (node: YamlNode, place: Place): PolicyException => ({
  rule: required(at(node, 'rule')),
  subject: required(at(node, 'subject')),
  identity: textOf(at(node, 'identity')),
  reason: required(at(node, 'reason')),
  approvedBy: required(at(node, 'approvedBy')),
  expires: required(at(node, 'expires')),
  place,
});

const presenceOf = (node: YamlNode, place: Place): Presence => {
  const app = textOf(at(node, 'appId'));
  return {
    appId: app === null ? null : appId(app),
    userPrincipalName: textOf(at(node, 'userPrincipalName')),
    purpose: textOf(at(node, 'purpose')),
    place,
  };
};

const credentialsOf = (node: YamlNode | null, placeFor: PlaceFor): Policy['credentials'] => {
  if (node === null) return null;
  const allow = at(node, 'allow');
  return {
    allow:
      allow === null ? null : itemsOf(allow).map((item) => required(item) as 'federated' | 'certificate' | 'secret'),
    maxLifetime: textOf(at(node, 'maxLifetime')),
    renewBefore: textOf(at(node, 'renewBefore')),
    place: placeFor(node),
  };
};

/** A tree in which nothing was found wrong, as a policy: defaults filled in, shapes made one, every part with its place. */
export const normalisePolicy = (source: SourceText, root: YamlNode): Policy => {
  const placeFor: PlaceFor = (node) => placeOf(source, node.span);
  const metadata = at(root, 'metadata');
  const spec = at(root, 'spec');
  const each = <T>(list: YamlNode | null, read: (node: YamlNode, place: Place) => T): readonly T[] =>
    itemsOf(list).map((node) => read(node, placeFor(node)));
  const placed = (node: YamlNode | null): Placed<string> | null =>
    node === null ? null : { value: required(node), place: placeFor(node) };
  return {
    name: required(at(metadata, 'name')),
    file: source.file,
    lines: linesOf(source),
    place: placeFor(at(metadata, 'name') ?? root),
    integration: textOf(at(metadata, 'integration')),
    tenant: placed(at(metadata, 'tenant')),
    owner: required(at(metadata, 'owner')),
    reviewBy: textOf(at(metadata, 'reviewBy')),
    description: textOf(at(metadata, 'description')),
    product: placed(at(spec, 'product')),
    state: textOf(at(spec, 'state')) === 'retired' ? 'retired' : 'active',
    enforcement: (textOf(at(spec, 'enforcement')) ?? 'report') as Enforcement,
    identities: each(at(spec, 'identities'), identityOf),
    protects: each(at(spec, 'protects'), protectsOf),
    access: normaliseAccess(at(spec, 'access'), placeFor),
    credentials: credentialsOf(at(spec, 'credentials'), placeFor),
    tenantSettings: entriesOf(at(spec, 'tenantSettings')).map(([name, entry]) => ({
      name,
      value: required(entry.value),
      place: placeOf(source, { start: entry.keySpan.start, end: entry.value.span.end }),
    })),
    mustExist: each(at(spec, 'mustExist'), presenceOf),
    mustNotExist: each(at(spec, 'mustNotExist'), presenceOf),
    exceptions: each(at(spec, 'exceptions'), exceptionOf),
  };
};
