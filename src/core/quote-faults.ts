import { type Fault, shown } from './fault.ts';
import { isReadOtherwise } from './key-faults.ts';
import { locate, type YamlNode } from './yaml-tree.ts';

const takesDate = /^\/metadata\/reviewBy$|^\/spec\/(?:exceptions\/[0-9]+\/expires|(?:sources|changes)\/[0-9]+\/date)$/;

/** Text without quotes that other YAML readers take for a boolean, a date or a number: what is read has to be certain. */
export const faultsOfQuotes = (root: YamlNode): readonly Fault[] =>
  [...locate(root)].flatMap(([pointer, { node }]): Fault[] => {
    if (node.type !== 'scalar' || !node.plain || typeof node.value !== 'string') return [];
    if (!isReadOtherwise(node.value) || takesDate.test(pointer)) return [];
    return [
      {
        code: 'needs-quotes',
        message: `${shown(node.value)} is not text to every YAML reader`,
        help: `put it in quotes: \`"${node.value}"\``,
        span: node.span,
        subject: node.value,
      },
    ];
  });
