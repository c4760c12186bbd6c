import { CallError } from './core/call-error.ts';
import type { FailOn } from './core/exit-code.ts';

/** An option: one word, the same as flag and as Action input, with its default here and nowhere else. */
interface OptionSource {
  readonly name: string;
  readonly value: string;
  readonly default: string | null;
  readonly describe: string;
}

const option = <const N extends string>(name: N, value: string, fallback: string | null, describe: string) => ({
  name,
  value,
  default: fallback,
  describe,
});

/** Folder of policies where none is named. */
export const defaultPolicies = 'policies';

/** What a check can be told, by flag or by input. `null`: found out or left out. */
export const checkOptions = [
  option('policies', 'DIR', defaultPolicies, 'folder of policy files'),
  option('config', 'FILE', null, 'configuration file (default: backup-access.yaml, if there)'),
  option('tenant', 'NAME', null, 'tenant of the configuration to check'),
  option(
    'cloud',
    'NAME|FILE',
    null,
    "public, usgov, china or a cloud file (default: the configuration's, else public)",
  ),
  option('snapshot', 'FILE', null, 'judge a saved snapshot instead of the live tenant'),
  option('evidence', 'DIR', null, 'folder of exported command results, as JSON (default: evidence, if there)'),
  option(
    'fail-on',
    'SEVERITY',
    null,
    'least severity that fails: critical, high, medium, low or never (default: medium)',
  ),
  option('as-of', 'DATE', null, 'judge as on this day (default: now)'),
] as const satisfies readonly OptionSource[];

export type CheckOptionName = (typeof checkOptions)[number]['name'];

/** The formats a report can be written in; `text` goes to the screen unless told otherwise. */
export const formats = ['text', 'json', 'markdown', 'sarif'] as const;
export type Format = (typeof formats)[number];

/** What Markdown is for: a page, a text to file with a change board, or a pull request's comment. */
export const styles = ['report', 'change-request', 'comment'] as const;
export type Style = (typeof styles)[number];

export interface Output {
  readonly format: Format;
  /** `null`: standard output. */
  readonly file: string | null;
  /** Of Markdown only; absent: a report. */
  readonly style?: Style;
}

/** How a run is to be done. */
export interface CheckOptions {
  readonly policies: string;
  readonly config: string | null;
  readonly tenant: string | null;
  readonly cloud: string | null;
  readonly snapshot: string | null;
  readonly evidence: string | null;
  readonly failOn: FailOn | null;
  readonly asOf: Date;
  readonly failOnDrift: boolean;
  /** `false`: no tenant is to be seen, the policies alone are judged. */
  readonly live: boolean;
}

/** The call is wrong: said in one line, exit code 2. */
export class UsageError extends CallError {}

const failOns: readonly FailOn[] = ['critical', 'high', 'medium', 'low', 'never'];

const parseFailOn = (text: string | null): FailOn | null => {
  if (text === null) return null;
  const known = failOns.find((word) => word === text);
  if (known === undefined) throw new UsageError(`--fail-on takes ${failOns.join(', ')}, not \`${text}\``);
  return known;
};

/** A day stands for its first moment in UTC. */
const parseAsOf = (text: string | null, now: Date): Date => {
  if (text === null) return now;
  const isDay = /^\d{4}-\d{2}-\d{2}$/.test(text);
  const isMoment = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,3})?)?Z$/.test(text);
  const date = new Date(isDay ? `${text}T00:00:00Z` : text);
  // JavaScript takes the 30th of February for the 2nd of March.
  const rolledOver = !Number.isNaN(date.getTime()) && date.toISOString().slice(0, 10) !== text.slice(0, 10);
  if (!(isDay || isMoment) || Number.isNaN(date.getTime()) || rolledOver)
    throw new UsageError(`--as-of takes a day as 2026-11-22 or a moment as 2026-11-22T08:00:00Z, not \`${text}\``);
  return date;
};

/** Options from their texts, `null` or empty where not given. Throws `UsageError`. */
export const parseCheckOptions = (
  given: (name: CheckOptionName) => string | null,
  now: Date,
  flags: { readonly failOnDrift: boolean; readonly live: boolean },
): CheckOptions => {
  const text = (name: CheckOptionName): string | null => {
    const value = given(name)?.trim();
    const fallback = checkOptions.find((known) => known.name === name)?.default ?? null;
    return value === undefined || value === '' ? fallback : value;
  };
  return {
    policies: text('policies') ?? defaultPolicies,
    config: text('config'),
    tenant: text('tenant'),
    cloud: text('cloud'),
    snapshot: text('snapshot'),
    evidence: text('evidence'),
    failOn: parseFailOn(text('fail-on')),
    asOf: parseAsOf(text('as-of'), now),
    ...flags,
  };
};

/** A `--format`, `--output` or `--style` of the command line, in the order given. */
export interface OutputWord {
  readonly option: 'format' | 'output' | 'style';
  readonly value: string;
}

/** Each `--output` and `--style` belongs to the `--format` before it; a format without one goes to the screen. */
export const parseOutputs = (words: readonly OutputWord[]): Output[] => {
  const outputs: { format: Format; file: string | null; style?: Style }[] = [];
  for (const { option, value } of words) {
    const last = outputs.at(-1);
    if (option === 'format') outputs.push({ format: parseFormat(value), file: null });
    else if (last === undefined) throw new UsageError(`--${option} needs a --format before it`);
    else if (option === 'style') last.style = parseStyle(value, last);
    else if (last.file !== null)
      throw new UsageError(
        `--format ${last.format} has two outputs, ${last.file} and ${value}: give each its own --format`,
      );
    else last.file = value;
  }
  const onScreen = outputs.filter(({ file }) => file === null);
  if (onScreen.length > 1)
    throw new UsageError(`${onScreen.length} formats would go to the screen: give all but one an --output`);
  return outputs.length === 0 ? [{ format: 'text', file: null }] : outputs;
};

const parseStyle = (text: string, { format, style }: Pick<Output, 'format' | 'style'>): Style => {
  const known = styles.find((name) => name === text);
  if (known === undefined) throw new UsageError(`--style takes ${styles.join(', ')}, not \`${text}\``);
  if (format !== 'markdown') throw new UsageError(`--style is for --format markdown, not ${format}`);
  if (style !== undefined) throw new UsageError(`--format markdown has two styles, ${style} and ${known}`);
  return known;
};

const parseFormat = (text: string): Format => {
  const known = formats.find((name) => name === text);
  if (known === undefined) throw new UsageError(`--format takes ${formats.join(', ')}, not \`${text}\``);
  return known;
};
