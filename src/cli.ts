#!/usr/bin/env node
import './keep-small.ts';
import { Command, CommanderError, Option } from 'commander';
import { exitCodes } from './core/exit-code.ts';
import { describeError } from './describe-error.ts';
import {
  type CheckOptionName,
  checkOptions,
  formats,
  type OutputWord,
  parseCheckOptions,
  parseOutputs,
  styles,
} from './options.ts';
import { homePage, version } from './version.ts';

/** `--format`, `--output` and `--style` as they come: which belongs to which is a matter of order. */
const outputWords: OutputWord[] = [];
const hear = (option: OutputWord['option']) => (value: string) => {
  outputWords.push({ option, value });
  return value;
};

const withCheckOptions = (command: Command, names: readonly CheckOptionName[]): Command => {
  for (const { name, value, describe, default: fallback } of checkOptions)
    if (names.includes(name))
      command.option(`--${name} <${value}>`, fallback === null ? describe : `${describe} (default: ${fallback})`);
  return command;
};

const camel = (name: string): string => name.replace(/-([a-z])/g, (_, letter: string) => letter.toUpperCase());

const optionsOf = (flags: Record<string, unknown>) =>
  parseCheckOptions(
    (name) => {
      const value = flags[camel(name)];
      return typeof value === 'string' ? value : null;
    },
    new Date(),
    { failOnDrift: flags['failOnDrift'] === true, live: flags['offline'] !== true },
  );

const all = checkOptions.map(({ name }) => name);
const program = new Command('backup-access-guard')
  .description('Least privilege for backup software in the Microsoft cloud, kept in Git.')
  .version(version)
  .showHelpAfterError('(--help shows what can be said)')
  .exitOverride()
  .addHelpText(
    'after',
    `
Start here:
  backup-access-guard demo                     the whole loop on a made-up company, no account needed
  backup-access-guard validate policies        what is wrong with the files, offline
  backup-access-guard check                    policies against the tenant you are signed in to

Sign-in: AZURE_TENANT_ID and AZURE_CLIENT_ID with AZURE_CLIENT_SECRET or
AZURE_CLIENT_CERTIFICATE_PATH, or \`az login\`. Only \`apply\` ever writes.

Exit codes: 0 clean, 1 findings at or above --fail-on, 2 a file or the call is
wrong, 3 the tenant was not wholly read, 4 apply stopped part way, 5 refused,
70 a bug of ours.

${homePage}`,
  );

let exitCode: number = exitCodes.clean;
const run = (action: () => Promise<number>): Promise<void> =>
  action().then((code) => {
    exitCode = code;
  });

program
  .command('demo')
  .description('run the check of four backup products against an embedded tenant')
  .option('--report-dir <DIR>', 'where the report files go', 'report')
  .action((flags: { reportDir: string }) =>
    run(async () => (await import('./commands/demo.ts')).demoCommand(flags.reportDir)),
  );

program
  .command('validate')
  .description('check policy files and configuration, offline')
  .argument('[path]', 'folder or file of policies', 'policies')
  .option('--config <FILE>', 'configuration file (default: backup-access.yaml, if there)')
  .option('--as-of <DATE>', 'judge dates as on this day (default: now)')
  .action((path: string, flags: Record<string, unknown>) =>
    run(async () => (await import('./commands/validate.ts')).validateCommand(optionsOf({ ...flags, policies: path }))),
  );

withCheckOptions(program.command('check'), all)
  .description('findings, drift and plan; live, or from a snapshot')
  .option('--offline', 'see no tenant: judge what the policies ask for')
  .option('--fail-on-drift', 'let drift fail the check too')
  .option('--base <REF>', 'say what changes against the policies of this commit, and what was so before')
  .addOption(new Option('--format <FORMAT>', `${formats.join(', ')}; repeatable`).argParser(hear('format')))
  .addOption(
    new Option('--output <FILE>', 'where the --format before it goes (else: the screen)').argParser(hear('output')),
  )
  .addOption(
    new Option('--style <STYLE>', `what --format markdown is for: ${styles.join(', ')}`).argParser(hear('style')),
  )
  .action((flags: Record<string, unknown> & { base?: string }) =>
    run(async () =>
      (await import('./commands/check.ts')).checkCommand(
        optionsOf(flags),
        parseOutputs(outputWords),
        flags.base?.trim() || null,
      ),
    ),
  );

/** Flags of `apply` as commander hears them. */
interface ApplyWords {
  readonly plan: string;
  readonly approved: string;
  readonly journals: string;
  readonly emit?: string;
  readonly dryRun?: boolean;
  readonly asUser?: boolean;
}

const liveOptions: readonly CheckOptionName[] = ['policies', 'config', 'tenant', 'cloud', 'evidence', 'as-of'];

withCheckOptions(program.command('plan'), [...liveOptions, 'fail-on'])
  .description('a check whose plan is kept in a file, to be looked at and applied later')
  .requiredOption('--out <FILE>', 'file to write')
  .action((flags: Record<string, unknown> & { out: string }) =>
    run(async () => (await import('./commands/plan.ts')).planCommand(optionsOf(flags), flags.out)),
  );

withCheckOptions(program.command('apply'), [...liveOptions, 'fail-on'])
  .description('write what an approved plan says, as far as the tenant still needs it')
  .requiredOption('--plan <FILE>', 'what `plan --out` wrote')
  .requiredOption('--approved <DIGEST>', 'digest of the plan that was approved')
  .option('--journals <DIR>', 'folder of journals: of this run, and of those that the brake remembers', 'journals')
  .option('--dry-run', 'say what would be written, and write nothing')
  .option('--emit <FORM>', 'script: print the steps for people to review and run, and write nothing')
  .option('--as-user', 'write as whom `az login` says you are')
  .addOption(new Option('--format <FORMAT>', `${formats.join(', ')}; repeatable`).argParser(hear('format')))
  .addOption(
    new Option('--output <FILE>', 'where the --format before it goes (else: the screen)').argParser(hear('output')),
  )
  .action((flags: Record<string, unknown> & ApplyWords) =>
    run(async () =>
      (await import('./commands/apply.ts')).applyCommand(
        optionsOf(flags),
        {
          plan: flags.plan,
          approved: flags.approved,
          journals: flags.journals,
          emit: flags.emit ?? null,
          dryRun: flags.dryRun === true,
          asUser: flags.asUser === true,
        },
        parseOutputs(outputWords),
      ),
    ),
  );

withCheckOptions(program.command('rollback'), liveOptions)
  .description('a plan that takes back what the run of a journal did; writes no tenant')
  .requiredOption('--journal <FILE>', 'journal of the run')
  .requiredOption('--out <FILE>', 'file to write the plan to')
  .action((flags: Record<string, unknown> & { journal: string; out: string }) =>
    run(async () =>
      (await import('./commands/rollback.ts')).rollbackCommand(optionsOf(flags), flags.journal, flags.out),
    ),
  );

program
  .command('verify')
  .description('what a journal tells of a run, and whether it can be so; asks nobody')
  .argument('<file>', 'journal of the run')
  .option('--plan <FILE>', 'hold it against the plan file that it ran by')
  .action((file: string, flags: { plan?: string }) =>
    run(async () => (await import('./commands/verify.ts')).verifyCommand(file, flags.plan?.trim() || null)),
  );

const scanOptions = all.filter((name) => name !== 'snapshot');
withCheckOptions(program.command('scan'), scanOptions)
  .description('check, where drift counts too, and backup software that no policy names')
  .option('--report-dir <DIR>', 'write the report there as JSON, Markdown and SARIF as well')
  .addOption(new Option('--format <FORMAT>', `${formats.join(', ')}; repeatable`).argParser(hear('format')))
  .addOption(
    new Option('--output <FILE>', 'where the --format before it goes (else: the screen)').argParser(hear('output')),
  )
  .addOption(
    new Option('--style <STYLE>', `what --format markdown is for: ${styles.join(', ')}`).argParser(hear('style')),
  )
  .action((flags: Record<string, unknown> & { reportDir?: string }) =>
    run(async () =>
      (await import('./commands/scan.ts')).scanCommand(
        optionsOf(flags),
        parseOutputs(outputWords),
        flags.reportDir?.trim() || null,
      ),
    ),
  );

withCheckOptions(program.command('init'), ['policies', 'config', 'tenant', 'cloud', 'evidence', 'as-of'])
  .description('write a first policy to start from; never overwrites a file')
  .option('--from-tenant', 'one for each backup software without a policy, of what it holds now')
  .action((flags: Record<string, unknown> & { fromTenant?: boolean }) =>
    run(async () => (await import('./commands/init.ts')).initCommand(optionsOf(flags), flags.fromTenant === true)),
  );

withCheckOptions(program.command('fix'), ['policies', 'config', 'as-of'])
  .description('mend the policies where a rule knows how: edits the files, keeps comments and order')
  .option('--rule <ID>', 'only what this rule finds; repeatable', (id: string, ids: string[]) => [...ids, id], [])
  .option('--dry-run', 'say what would be edited, and edit nothing')
  .action((flags: Record<string, unknown> & { rule: string[]; dryRun?: boolean }) =>
    run(async () =>
      (await import('./commands/fix.ts')).fixCommand(
        optionsOf({ ...flags, offline: true }),
        flags.rule,
        flags.dryRun === true,
      ),
    ),
  );

withCheckOptions(program.command('snapshot'), ['policies', 'config', 'tenant', 'cloud', 'evidence', 'as-of'])
  .description('save what the tenant holds for these policies, to replay offline')
  .requiredOption('--out <FILE>', 'file to write')
  .option('--redact', 'leave out display names and people, for sharing')
  .action((flags: Record<string, unknown> & { out: string; redact?: boolean }) =>
    run(async () =>
      (await import('./commands/snapshot.ts')).snapshotCommand(optionsOf(flags), flags.out, flags.redact === true),
    ),
  );

withCheckOptions(program.command('permissions'), ['policies', 'config', 'tenant', 'cloud'])
  .description('the least that this program itself has to hold for exactly these policies')
  .option('--for <PURPOSE>', 'check or apply', 'check')
  .option('--format <FORMAT>', 'text, az (commands that grant it) or json', 'text')
  .action((flags: Record<string, unknown> & { for: string; format: string }) =>
    run(async () =>
      (await import('./commands/permissions.ts')).permissionsCommand(optionsOf(flags), flags.for, flags.format),
    ),
  );

program
  .command('emulate')
  .description('serve an embedded tenant over HTTPS, for rehearsals and tests')
  .requiredOption('--tenant <FILE>', 'state of the tenant, YAML or JSON')
  .option('--log <FILE>', 'write one JSON line per request')
  .option('--faults <FILE>', 'script of failures to play')
  .action((flags: { tenant: string; log?: string; faults?: string }) =>
    run(async () => (await import('./commands/emulate.ts')).emulateCommand(flags)),
  );

program
  .command('explain')
  .description('what a rule, permission, role, product or workload is, and who needs it')
  .argument('<name...>', 'for example: Contributor, Mail.Read, long-lived-secret, hubstor')
  .option('--policies <DIR>', 'folder of policy files, for the product profiles in its products/')
  .action((name: string[], flags: { policies?: string }) =>
    run(async () =>
      (await import('./commands/explain.ts')).explainCommand(name.join(' '), flags.policies?.trim() || null),
    ),
  );

/** Node 24 is what the Action runs on and what was tested. */
const [major] = process.versions.node.split('.');
if (Number(major) < 24) {
  process.stderr.write(
    `backup-access-guard needs Node 24 or later, this is ${process.version}: in a checkout, \`npm ci\` brings it and \`npx . check\` uses it\n`,
  );
  process.exitCode = exitCodes.invalid;
} else
  await program.parseAsync().then(
    () => {
      process.exitCode = exitCode;
    },
    (error: unknown) => {
      if (error instanceof CommanderError)
        process.exitCode = error.exitCode === 0 ? exitCodes.clean : exitCodes.invalid;
      else {
        const { text, code } = describeError(error);
        process.stderr.write(text);
        process.exitCode = code;
      }
    },
  );
