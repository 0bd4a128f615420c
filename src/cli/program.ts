import { Command, CommanderError, Option } from 'commander';
import { commandFirst } from './command-first.ts';
import { flagsOf } from './command-flags.ts';
import { COMMANDS, EVERYWHERE, SUMMARY, type CommandSpec } from './command-table.ts';
import { flagOf, isRepeatable, OPTIONS, type OptionSpec } from './option-table.ts';
import { version } from './version.ts';

/** Runs a command line and returns the exit code. It sets nothing and exits nothing itself. */
export async function main(given: readonly string[]): Promise<number> {
  if (given[0] === '__complete') {
    const { completeWords } = await import('./completion/complete.ts');
    return completeWords(given.slice(1));
  }
  const argv = commandFirst(given);
  let exitCode = 0;
  const isJson = argv.includes('--json');
  const program = buildProgram(argv, async (spec, args, command) => {
    const { runCommand } = await import('./run-command.ts');
    exitCode = await runCommand(spec, args, flagsOf(command));
  });
  try {
    await program.parseAsync(argv, { from: 'user' });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    if (isJson) return tellInJson(error, argv);
    return error.exitCode === 0 ? 0 : 2;
  }
  return exitCode;
}

/** Under `--json` help, the version and a mistake in the command line are JSON too. */
async function tellInJson(error: CommanderError, argv: readonly string[]): Promise<number> {
  if (error.exitCode === 0) {
    const { helpJson, versionJson } = await import('./help-json.ts');
    const told = error.code === 'commander.version' ? versionJson() : helpJson(argv);
    process.stdout.write(`${JSON.stringify(told)}\n`);
    return 0;
  }
  const message =
    error.code === 'commander.help' ? 'A command is missing.' : error.message.replace(/^error: /, '');
  const { tellError } = await import('./error-line.ts');
  const world = { stdout: process.stdout, now: () => new Date() };
  const isStream = addressedBy(argv)[0]?.isStream === true;
  tellError({ code: 'usage', message, hint: 'See: refine-plan --help' }, world, { isStream });
  return 2;
}

type Action = (spec: CommandSpec, args: readonly string[], command: Command) => Promise<void>;

function buildProgram(argv: readonly string[], action: Action): Command {
  const program = new Command('refine-plan')
    .description(SUMMARY)
    .usage('[plan] [options]  |  refine-plan <command> [options]')
    .version(version(), '-V, --version', 'print the version')
    .helpOption('-h, --help', 'print help')
    .helpCommand('help [command]', 'print help for a command')
    .showSuggestionAfterError()
    .showHelpAfterError('(refine-plan --help says more)')
    .exitOverride()
    .addHelpText('after', `\nEvery setting of a run: refine-plan run --help`)
    .addHelpText('after', examples(['refine-plan docs/plans/foo.md', 'refine-plan demo']));
  program.configureHelp({ subcommandTerm: (command) => `${command.name()} ${command.usage()}` });
  program.configureOutput({
    ...(argv.includes('--json') ? { writeOut: () => undefined, writeErr: () => undefined } : {}),
    outputError: (text, write) =>
      write(text.replace(/^error: (.)/, (_, first: string) => first.toUpperCase())),
  });
  const addressed = addressedBy(argv);
  for (const spec of COMMANDS) addCommand(program, spec, { action, isAddressed: addressed.includes(spec) });
  return program;
}

/** The commands whose options matter: those of the others take longer to build than all else a short command does. */
function addressedBy([first = '']: readonly string[]): readonly CommandSpec[] {
  if (first === 'help') return COMMANDS;
  if (first === '-h' || first === '--help') return [];
  const named = COMMANDS.filter(({ usage }) => usage.split(' ', 1)[0] === first);
  return named.length > 0 ? named : COMMANDS.filter(({ isDefault }) => isDefault);
}

function addCommand(
  parent: Command,
  spec: CommandSpec,
  { action, isAddressed }: { readonly action: Action; readonly isAddressed: boolean },
): void {
  const command = parent
    .command(spec.usage, { isDefault: spec.isDefault === true })
    .description(spec.help)
    .usage(usageOf(spec));
  if (!isAddressed) return;
  command.addHelpText('after', examples(spec.examples));
  for (const child of spec.commands ?? []) addCommand(command, child, { action, isAddressed });
  if (spec.commands) return; // its options would be taken for those of its commands
  if (spec.settings) for (const option of OPTIONS) addSetting(command, option);
  for (const [flags, help] of spec.flags ?? []) command.option(flags, help);
  command.optionsGroup('Everywhere:');
  for (const [flags, help] of EVERYWHERE) command.option(flags, help);
  command.action((...given: unknown[]) => action(spec, argumentsOf(given), command));
}

/** Several plans are taken from the command line only to be refused in a sentence. */
function usageOf({ usage, commands }: CommandSpec): string {
  if (commands) return '<command>';
  return ['[options]', ...usage.split(' ').slice(1)].join(' ').replace('...', '');
}

/** Commander hands over each argument, then the options, then the command. */
function argumentsOf(given: readonly unknown[]): string[] {
  return given
    .slice(0, -2)
    .flat()
    .filter((argument) => typeof argument === 'string');
}

function addSetting(command: Command, spec: OptionSpec): void {
  command.optionsGroup(`${spec.group}:`);
  const about =
    spec.help + (spec.default !== null && spec.kind !== 'boolean' ? ` (default: ${spec.default})` : '');
  if (spec.kind === 'boolean') {
    command.option(flagOf(spec.name), about).option(`--no-${spec.name}`, spec.no ?? 'not so');
    return;
  }
  const option = new Option(
    `${flagOf(spec.name)} <${spec.arg ?? 'value'}>`,
    spec.kind === 'enum' ? `${about} (${(spec.choices ?? []).join(', ')})` : about,
  );
  if (isRepeatable(spec))
    option.argParser((value: string, before: string[] | undefined) => [...(before ?? []), value]);
  command.addOption(option);
}

function examples(lines: readonly string[]): string {
  return `\nExamples:\n${lines.map((line) => `  ${line}`).join('\n')}\n`;
}
