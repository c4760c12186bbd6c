import type { Diagnostic } from './diagnostic.ts';
import type { Evidence } from './evidence.ts';
import { diagnosticsOf, type Fault, shown } from './fault.ts';
import { evidenceSchemaIndex } from './generated/evidence-schema-index.js';
import { validate } from './generated/validate-evidence.js';
import { tenantId } from './ids.ts';
import { duplicateJsonKeys } from './json-duplicates.ts';
import { err, ok, type Result } from './result.ts';
import { faultsOfSchema } from './schema-faults.ts';
import { type SourceText, sourceText } from './source-text.ts';
import { valueTree } from './value-tree.ts';
import { at, textOf } from './yaml-tree.ts';

const wholeFile = (code: string, message: string, help: string): Fault => ({
  code,
  message,
  help,
  span: { start: 0, end: 1 },
  subject: null,
});

const parseJson = (text: string): Result<unknown, Fault> => {
  if (text.trim() === '')
    return err(wholeFile('empty-file', 'the file is empty', 'run the command again, or delete the file'));
  try {
    return ok(JSON.parse(text));
  } catch {
    return err(
      wholeFile('bad-json', "the file can't be read as JSON", 'write it with `ConvertTo-Json -Depth 20`, as UTF-8'),
    );
  }
};

const duplicates = (source: SourceText): readonly Fault[] =>
  duplicateJsonKeys(source.text).map(({ key, offset }) => ({
    code: 'duplicate-key',
    message: `the key ${shown(key)} is there twice in one object`,
    help: 'one of the two would be lost: run the command again',
    span: { start: offset, end: offset + JSON.stringify(key).length },
    subject: key,
  }));

/** One evidence file, or what is wrong with it. Never throws; what `result` holds is judged by the rules that read it. */
export const parseEvidence = (file: string, text: string): Result<Evidence, readonly Diagnostic[]> => {
  const source = sourceText(file, text.startsWith('\ufeff') ? text.slice(1) : text);
  const parsed = parseJson(source.text);
  if (!parsed.ok) return err(diagnosticsOf(source, [parsed.error], null));
  const { value } = parsed;
  const root = valueTree(source.text, value);
  const faults = [
    ...duplicates(source),
    ...(root.type === 'map'
      ? faultsOfSchema(validate, evidenceSchemaIndex, root)
      : [
          wholeFile(
            'not-a-map',
            'the file is no JSON object',
            'it has `command`, `tenantId`, `collectedAt` and `result`',
          ),
        ]),
  ];
  if (faults.length > 0) return err(diagnosticsOf(source, faults, null));
  return ok({
    command: textOf(at(root, 'command')) ?? '',
    tenantId: tenantId(textOf(at(root, 'tenantId')) ?? ''),
    collectedAt: textOf(at(root, 'collectedAt')) ?? '',
    result: (value as { readonly result: unknown }).result,
    file,
  });
};
