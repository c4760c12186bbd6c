import { type Fault, shown } from './fault.ts';
import { suggest } from './suggest.ts';
import { at, textOf, type YamlNode } from './yaml-tree.ts';

type OwnKind = 'BackupAccessPolicy' | 'BackupAccessConfig' | 'BackupProductProfile';

const version = 'backup-access/v1';
const homes: Readonly<Record<string, string>> = {
  BackupAccessConfig: "the configuration is the file `backup-access.yaml` beside the policies' folder",
  BackupProductProfile: "product profiles lie in the policies' folder under `products/`",
  BackupAccessPolicy: "policies lie in the policies' folder, one a file",
};
const kinds = Object.keys(homes);

const fault = (code: string, message: string, help: string, node: YamlNode, subject: string | null): Fault => ({
  code,
  message,
  help,
  span: node.type === 'scalar' ? node.span : { start: node.span.start, end: node.span.start + 1 },
  subject,
});

/** Is this a file of the kind asked for, in a version that is known? Where it isn't, nothing more is said of it. */
export const faultOfHead = (root: YamlNode, wanted: OwnKind): Fault | null => {
  if (root.type !== 'map') {
    return fault(
      'not-a-map',
      'the file is no map of keys and values',
      `it begins with \`apiVersion: ${version}\``,
      root,
      null,
    );
  }
  const kindNode = at(root, 'kind');
  const kind = textOf(kindNode);
  const versionNode = at(root, 'apiVersion');
  const written = textOf(versionNode);
  if (kindNode === null && versionNode === null) {
    const what = wanted === 'BackupProductProfile' ? 'a profile' : 'a policy';
    const help = `${what} begins with \`apiVersion: ${version}\` and \`kind: ${wanted}\``;
    return fault('unknown-kind', 'the file says neither `apiVersion` nor `kind`', help, root, null);
  }
  if (kindNode !== null && kind !== null && kind !== wanted) {
    const near = suggest(kind, kinds);
    const help =
      homes[kind] ?? (near === null ? `write ${shown(wanted)}, or move the file` : `did you mean ${shown(near)}?`);
    return fault('unknown-kind', `a file of kind ${shown(kind)} is not expected here`, help, kindNode, kind);
  }
  if (versionNode !== null && written !== null && written !== version) {
    const isNewer = /^backup-access\/v[0-9]{1,4}/.test(written);
    return fault(
      'unknown-version',
      isNewer
        ? `version ${shown(written)} of the format is not known to this program`
        : `${shown(written)} is no version of the format`,
      isNewer ? `update the program, or write \`${version}\` if the file needs nothing newer` : `write \`${version}\``,
      versionNode,
      written,
    );
  }
  return null;
};
