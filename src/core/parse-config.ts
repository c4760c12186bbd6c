import type { Config, ConfigTenant } from './config.ts';
import type { Diagnostic } from './diagnostic.ts';
import { diagnosticsOf, type Fault } from './fault.ts';
import { configSchemaIndex } from './generated/config-schema-index.js';
import { validate } from './generated/validate-config.js';
import { faultOfHead } from './head-fault.ts';
import { tenantId } from './ids.ts';
import { faultsOfQuotes } from './quote-faults.ts';
import { readYaml } from './read-yaml.ts';
import { err, ok, type Result } from './result.ts';
import { faultsOfSchema } from './schema-faults.ts';
import { placeOf, type SourceText, sourceText } from './source-text.ts';
import { at, entriesOf, itemsOf, textOf, type YamlNode } from './yaml-tree.ts';

/** What holds where there is no `backup-access.yaml`, and for every key that it leaves out. */
export const defaultConfig: Config = {
  tenants: [],
  approval: { required: 1, approvers: [], maxAge: 'P7D' },
  brake: { revokes: 10, percent: 25, perIdentity: 5, window: 'P7D' },
  neverGrant: [],
  untouchable: { identities: [], users: [] },
  evidenceMaxAge: 'P30D',
  restoreGrace: 'P7D',
  failOn: 'medium',
};

const texts = (node: YamlNode | null): readonly string[] => itemsOf(node).flatMap((item) => textOf(item) ?? []);
const numberOf = (node: YamlNode | null, absent: number): number =>
  node?.type === 'scalar' && typeof node.value === 'number' ? node.value : absent;

const tenantOf = (name: string, node: YamlNode, place: ConfigTenant['place']): ConfigTenant => ({
  name,
  tenantId: tenantId(textOf(at(node, 'tenantId')) ?? ''),
  cloud: textOf(at(node, 'cloud')) ?? 'public',
  subscriptions: texts(at(node, 'subscriptions')),
  readClientId: textOf(at(node, 'read', 'clientId')),
  applyClientId: textOf(at(node, 'apply', 'clientId')),
  applyEnvironment: textOf(at(node, 'apply', 'environment')),
  place,
});

const normaliseConfig = (source: SourceText, root: YamlNode): Config => {
  const none = defaultConfig;
  const approval = at(root, 'approval');
  const brake = at(root, 'brake');
  return {
    tenants: entriesOf(at(root, 'tenants')).map(([name, { keySpan, value }]) =>
      tenantOf(name, value, placeOf(source, keySpan)),
    ),
    approval: {
      required: numberOf(at(approval, 'required'), none.approval.required),
      approvers: texts(at(approval, 'approvers')),
      maxAge: textOf(at(approval, 'maxAge')) ?? none.approval.maxAge,
    },
    brake: {
      revokes: numberOf(at(brake, 'revokes'), none.brake.revokes),
      percent: numberOf(at(brake, 'percent'), none.brake.percent),
      perIdentity: numberOf(at(brake, 'perIdentity'), none.brake.perIdentity),
      window: textOf(at(brake, 'window')) ?? none.brake.window,
    },
    neverGrant: texts(at(root, 'neverGrant')),
    untouchable: {
      identities: texts(at(root, 'untouchable', 'identities')),
      users: texts(at(root, 'untouchable', 'users')),
    },
    evidenceMaxAge: textOf(at(root, 'evidence', 'maxAge')) ?? none.evidenceMaxAge,
    restoreGrace: textOf(at(root, 'restoreGrace')) ?? none.restoreGrace,
    failOn: (textOf(at(root, 'failOn')) ?? none.failOn) as Config['failOn'],
  };
};

/** Two names for one tenant would let a policy's `tenant` say nothing. */
const sharedTenants = (root: YamlNode): readonly Fault[] => {
  const seen = new Map<string, string>();
  return entriesOf(at(root, 'tenants')).flatMap(([name, { value }]): Fault[] => {
    const node = at(value, 'tenantId');
    const id = textOf(node);
    const other = id === null ? undefined : seen.get(id);
    if (node === null || id === null) return [];
    seen.set(id, other ?? name);
    if (other === undefined) return [];
    const message = `\`${name}\` and \`${other}\` have the same \`tenantId\``;
    return [{ code: 'duplicate-entry', message, help: 'keep one of the two names', span: node.span, subject: id }];
  });
};

/** `backup-access.yaml`: the configuration with its defaults, or every mistake in it at once. Never throws. */
export const parseConfig = (file: string, text: string): Result<Config, readonly Diagnostic[]> => {
  const source = sourceText(file, text.startsWith('\ufeff') ? text.slice(1) : text);
  const { root, faults } = readYaml(source);
  if (root === null) return err(diagnosticsOf(source, faults, null));
  const head = faultOfHead(root, 'BackupAccessConfig');
  if (head !== null) return err(diagnosticsOf(source, [...faults, head], null));
  const all = [
    ...faults,
    ...faultsOfSchema(validate, configSchemaIndex, root),
    ...faultsOfQuotes(root),
    ...sharedTenants(root),
  ];
  return all.length > 0 ? err(diagnosticsOf(source, all, null)) : ok(normaliseConfig(source, root));
};
