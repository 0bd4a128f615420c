import { COMMANDS, EVERYWHERE, SUMMARY, type CommandSpec } from './command-table.ts';
import {
  configKey,
  envName,
  flagOf,
  isRepeatable,
  OPTIONS,
  type Kind,
  type OptionSpec,
} from './option-table.ts';
import { version } from './version.ts';

type ValueType = 'boolean' | 'integer' | 'number' | 'string' | 'duration' | 'agent';

type OptionHelp = {
  readonly name: string;
  readonly summary: string;
  readonly type: ValueType;
  readonly value: string | null;
  readonly repeatable: boolean;
  readonly choices?: readonly string[] | null;
};

type SettingHelp = OptionHelp & {
  /** The flag that says the opposite. */
  readonly negation: string | null;
  readonly default: string | number | boolean | null;
  readonly choices: readonly string[] | null;
  readonly min: number | null;
  readonly max: number | null;
  readonly env: string;
  readonly config_key: string;
  readonly group: string;
};

type CommandHelp = {
  readonly name: string;
  readonly summary: string;
  readonly usage: string;
  /** What `--json` prints: events, one a line, or one object. */
  readonly output: 'events' | 'object';
  readonly takes_settings: boolean;
  readonly options: readonly OptionHelp[];
  readonly examples: readonly string[];
  readonly commands: readonly CommandHelp[];
};

/** The help as data: of the command that the words name, with everything it takes; else of the program, all commands in it. */
export function helpJson(argv: readonly string[]): object {
  const spec = commandNamed(argv[0] === 'help' ? argv.slice(1) : argv, COMMANDS);
  const shared = { global_options: EVERYWHERE.map(optionHelp), settings: OPTIONS.map(settingHelp) };
  if (!spec)
    return {
      name: 'refine-plan',
      version: version(),
      summary: SUMMARY,
      ...shared,
      commands: COMMANDS.map(commandHelp),
    };
  const takesSettings = spec.settings === true;
  return { ...commandHelp(spec), ...shared, settings: takesSettings ? shared.settings : [] };
}

export function versionJson(): object {
  return { version: version() };
}

function commandNamed(
  [word = '', ...rest]: readonly string[],
  among: readonly CommandSpec[],
): CommandSpec | undefined {
  const found = among.find(({ usage }) => usage.split(' ', 1)[0] === word);
  return found?.commands ? (commandNamed(rest, found.commands) ?? found) : found;
}

function commandHelp(spec: CommandSpec): CommandHelp {
  const { name, help, usage, flags = [], examples, commands = [] } = spec;
  const own = name.split(' ').slice(0, -1);
  return {
    name,
    summary: help,
    usage: ['refine-plan', ...own, usage.replace('...', '')].join(' '),
    output: spec.isStream === true ? 'events' : 'object',
    takes_settings: spec.settings === true,
    options: flags.map(optionHelp),
    examples,
    commands: commands.map(commandHelp),
  };
}

/** A flag as the table has it: `--because <text>`. */
function optionHelp([flags, summary, choices]: NonNullable<CommandSpec['flags']>[number]): OptionHelp {
  const [name = flags, arg] = flags.split(' ');
  const value = arg?.replace(/[<>]/g, '') ?? null;
  const type = value === null ? 'boolean' : 'string';
  return { name, summary, type, value, repeatable: false, ...(choices && { choices }) };
}

function settingHelp(spec: OptionSpec): SettingHelp {
  const { name, help, kind, arg, choices, min, max, group } = spec;
  return {
    name: flagOf(name),
    summary: help,
    type: typeOf(kind),
    value: arg,
    repeatable: isRepeatable(spec),
    negation: kind === 'boolean' ? `--no-${name}` : null,
    default: defaultOf(spec),
    choices: choices ?? null,
    min: min ?? null,
    max: max ?? null,
    env: envName(name),
    config_key: configKey(name),
    group,
  };
}

function typeOf(kind: Kind): ValueType {
  switch (kind) {
    case 'boolean':
    case 'integer':
    case 'duration':
    case 'agent':
      return kind;
    case 'agents':
      return 'agent';
    case 'float':
      return 'number';
    case 'enum':
    case 'list':
    case 'names':
    case 'reports':
    case 'text':
      return 'string';
  }
}

function defaultOf({ kind, default: text }: OptionSpec): SettingHelp['default'] {
  if (text === null) return null;
  if (kind === 'boolean') return text === 'true';
  return kind === 'integer' || kind === 'float' ? Number(text) : text;
}
