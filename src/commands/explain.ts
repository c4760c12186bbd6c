import { explain, nearestName } from '../app/explain.ts';
import { exitCodes } from '../core/exit-code.ts';
import { UsageError } from '../options.ts';
import { wrapText } from '../report/wrap-text.ts';
import { rules } from '../rules/index.ts';
import { ruleUri } from '../version.ts';
import { screenOf } from './terminal.ts';

/** `explain`: what goes by a name, in under a screen each. */
export const explainCommand = async (name: string): Promise<number> => {
  const context = { rules, ruleUri };
  const found = explain(name, context);
  if (found.length === 0) {
    const near = nearestName(name, context);
    throw new UsageError(
      `nothing is known by the name \`${name}\`${near === null ? '' : `; did you mean \`${near}\`?`}`,
    );
  }
  const { width } = screenOf(process.stdout, process.env);
  const blocks = found.map(({ title, lines }) =>
    [...wrapText(title, width), ...lines.flatMap((line) => wrapText(line, width, '  ', '    '))].join('\n'),
  );
  process.stdout.write(`${blocks.join('\n\n')}\n`);
  return exitCodes.clean;
};
