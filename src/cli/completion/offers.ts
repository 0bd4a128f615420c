import { COMMANDS, type CommandSpec } from '../command-table.ts';
import { flagOf, OPTIONS, type OptionSpec } from '../option-table.ts';

/** What may stand in a place of the command line: words with their meaning, or whatever a shell knows better. */
export type Offer =
  | { readonly kind: 'words'; readonly words: readonly Word[] }
  | { readonly kind: 'plans' | 'runs' | 'commands-or-plans' | 'files' | 'dirs' | 'nothing' };

export type Word = { readonly word: string; readonly help: string };

/** An option of a command: how it is written, what it means, and, where it takes a value, what that may be. */
type Known = { readonly names: readonly string[]; readonly help: string; readonly value: Offer | null };

/** What may stand where the last word is; all words before it are whole. Everything is read off the command tree. */
export function offerFor(words: readonly string[]): Offer {
  const { command, places, awaiting, isOver } = readUpTo(words.slice(0, -1));
  if (awaiting) return awaiting;
  const current = words.at(-1) ?? '';
  const known = knownOptions(command ?? defaultCommand());
  if (current.startsWith('-') && !isOver)
    return offer(known.flatMap(({ names, help }) => names.map((word) => ({ word, help }))));
  if (!command) return { kind: places === 0 ? 'commands-or-plans' : 'nothing' };
  if (command.commands) return offer(command.commands.map(asWord));
  return argumentOf(command, places);
}

/** Every command, as a word. */
export function commandWords(): readonly Word[] {
  return COMMANDS.map(asWord);
}

type Before = {
  /** Undefined where none was named yet. */
  readonly command: CommandSpec | undefined;
  /** Arguments of it that stand there already. */
  readonly places: number;
  /** What the option just before takes; null where it takes nothing. */
  readonly awaiting: Offer | null;
  /** After `--` nothing is an option. */
  readonly isOver: boolean;
};

function readUpTo(words: readonly string[]): Before {
  let command: CommandSpec | undefined;
  let [places, isOver] = [0, false];
  let awaiting: Offer | null = null;
  for (const word of words) {
    const isValue = awaiting !== null;
    awaiting = null;
    if (isValue) continue;
    if (word === '--' && !isOver) isOver = true;
    else if (word.startsWith('-') && !isOver) awaiting = valueOf(word, command);
    else {
      const named = places === 0 && !isOver ? commandNamed(word, command) : undefined;
      if (named) command = named;
      else places += 1;
    }
  }
  return { command, places, awaiting, isOver };
}

function commandNamed(word: string, parent: CommandSpec | undefined): CommandSpec | undefined {
  const among = parent ? (parent.commands ?? []) : COMMANDS;
  return among.find(({ usage }) => usage.split(' ', 1)[0] === word);
}

/** What the next word is, after this option; null where it stands alone, or has its value with it. */
function valueOf(word: string, command: CommandSpec | undefined): Offer | null {
  return knownOptions(command ?? defaultCommand()).find(({ names }) => names.includes(word))?.value ?? null;
}

function defaultCommand(): CommandSpec {
  const found = COMMANDS.find(({ isDefault }) => isDefault);
  if (!found) throw new Error('No command is the default.');
  return found;
}

function knownOptions({ settings, flags = [], commands }: CommandSpec): Known[] {
  if (commands) return [HELP];
  return [
    ...flags.map(([text, help, choices]) => flagAs(text, help, choices)),
    ...(settings ? OPTIONS.map(settingAs) : []),
    ...EVERYWHERE,
    HELP,
  ];
}

const HELP: Known = { names: ['-h', '--help'], help: 'print help', value: null };

const EVERYWHERE: readonly Known[] = [
  { names: ['-C'], help: 'start in this directory', value: { kind: 'dirs' } },
  { names: ['--config'], help: 'use this config file', value: { kind: 'files' } },
  { names: ['--trust-project'], help: 'believe the config file of the repository', value: null },
  { names: ['--json'], help: 'machine-readable output', value: null },
  { names: ['--quiet'], help: 'only decisions, errors and the verdict', value: null },
  { names: ['--verbose'], help: 'also say where each answer was kept', value: null },
  { names: ['--no-color'], help: 'no colour', value: null },
];

/** `--state-root <dir>`, and what may follow it. */
function flagAs(text: string, help: string, choices?: readonly string[]): Known {
  const [name = '', value] = text.split(' ');
  const setting = OPTIONS.find((option) => flagOf(option.name) === name);
  if (value === undefined) return { names: [name], help, value: null };
  if (choices) return { names: [name], help, value: offer(choices.map((word) => ({ word, help: '' }))) };
  if (/^<(?:file|dir)>$/.test(value))
    return { names: [name], help, value: { kind: value === '<dir>' ? 'dirs' : 'files' } };
  return { names: [name], help, value: setting ? settingValue(setting) : { kind: 'nothing' } };
}

function settingAs(option: OptionSpec): Known {
  const { name, kind, help } = option;
  return kind === 'boolean'
    ? { names: [flagOf(name), `--no-${name}`], help, value: null }
    : { names: [flagOf(name)], help, value: settingValue(option) };
}

function settingValue({ kind, name, choices = [] }: OptionSpec): Offer {
  const words = choices.map((word) => ({ word, help: '' }));
  if (kind === 'enum') return offer(words);
  if (kind === 'agent' || kind === 'agents') return offer([...AGENTS, ...words]);
  if (kind === 'reports') return { kind: 'files' };
  return { kind: name === 'state-root' ? 'dirs' : 'nothing' };
}

const AGENTS: readonly Word[] = [
  { word: 'codex', help: 'codex[:model[:effort]]' },
  { word: 'claude', help: 'claude[:model[:effort]]' },
  { word: 'cmd:', help: 'cmd:<shell command>' },
];

function argumentOf({ usage, choices }: CommandSpec, places: number): Offer {
  const wanted = usage.split(' ').slice(1)[places] ?? '';
  if (choices && places === 0) return offer(choices.map((word) => ({ word, help: '' })));
  if (/run/.test(wanted)) return { kind: 'runs' };
  return { kind: /plan/.test(wanted) ? 'plans' : 'nothing' };
}

function offer(words: readonly Word[]): Offer {
  return { kind: 'words', words };
}

function asWord({ usage, help }: CommandSpec): Word {
  return { word: usage.split(' ', 1)[0] ?? '', help };
}
