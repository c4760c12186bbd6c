import { explain, nearestName } from '../app/explain.ts';
import { exitCodes } from '../core/exit-code.ts';
import { products } from '../knowledge/products.ts';
import { loadProducts } from '../load-products.ts';
import { UsageError } from '../options.ts';
import { renderDiagnostics } from '../report/render-diagnostics.ts';
import { wrapText } from '../report/wrap-text.ts';
import { rules } from '../rules/index.ts';
import { ruleUri } from '../version.ts';
import { screenOf } from './terminal.ts';

/** `explain`: what goes by a name, in under a screen each; with `policies`, the products that have profiles there too. */
export const explainCommand = async (name: string, policies: string | null): Promise<number> => {
  const screen = screenOf(process.stdout, process.env);
  const known = policies === null ? { products, diagnostics: [] } : await loadProducts(policies);
  if (known.diagnostics.length > 0) {
    process.stdout.write(renderDiagnostics(known.diagnostics, screen));
    return exitCodes.invalid;
  }
  const context = { rules, ruleUri, products: known.products };
  const found = explain(name, context);
  if (found.length === 0) {
    const near = nearestName(name, context);
    throw new UsageError(
      `nothing is known by the name \`${name}\`${near === null ? '' : `; did you mean \`${near}\`?`}`,
    );
  }
  const { width } = screen;
  const blocks = found.map(({ title, lines }) =>
    [...wrapText(title, width), ...lines.flatMap((line) => wrapText(line, width, '  ', '    '))].join('\n'),
  );
  process.stdout.write(`${blocks.join('\n\n')}\n`);
  return exitCodes.clean;
};
