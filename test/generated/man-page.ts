import { COMMANDS, type CommandSpec } from '../../src/cli/command-table.ts';
import { envName, flagOf, OPTIONS, type OptionSpec } from '../../src/cli/option-table.ts';

/** `man refine-plan`, from the command tree. It names no version, so that only another command or option changes it. */
export function manPage(): string {
  const commands = COMMANDS.flatMap((command) => command.commands ?? [command]);
  const groups = [...new Set(OPTIONS.map(({ group }) => group))];
  return [
    '.\\" Written by: npm run generate',
    '.TH REFINE\\-PLAN 1 "" "refine\\-plan" "User Commands"',
    '.SH NAME',
    'refine\\-plan \\- harden an implementation plan before anyone builds it',
    '.SH SYNOPSIS',
    '.B refine\\-plan',
    '[\\fIplan\\fR] [\\fIoptions\\fR]',
    '.br',
    '.B refine\\-plan',
    '\\fIcommand\\fR [\\fIoptions\\fR]',
    '.SH DESCRIPTION',
    'Each round asks a fresh reviewer for findings, keeps those worth acting on, has an implementer make the smallest edits that resolve them, checks that nothing load\\-bearing was lost, and commits the plan alone.',
    'It stops when the reviewer raises nothing actionable, at the cap, or where it can show that going on would not help.',
    '.SH COMMANDS',
    ...commands.flatMap(commandEntry),
    ...groups.flatMap((group) => [
      `.SH "OPTIONS: ${group.toUpperCase()}"`,
      ...OPTIONS.filter((option) => option.group === group).flatMap(optionEntry),
    ]),
    '.SH "OPTIONS EVERYWHERE"',
    ...EVERYWHERE.flatMap(([flag, help]) => entry(`\\fB${roff(flag)}\\fR`, help)),
    '.SH ENVIRONMENT',
    'Every setting is also a variable and a key of a config file:',
    `for \\fB${roff(flagOf('max-rounds'))}\\fR, \\fB${roff(envName('max-rounds'))}\\fR and \\fBmaxRounds\\fR.`,
    '.SH FILES',
    ...entry(roff('.refine-plan.json'), 'settings, at the root of the repository'),
    ...entry(roff('$XDG_CONFIG_HOME/refine-plan/config.json'), 'your own settings'),
    ...entry(roff('.refine-plan-against-codex/'), 'beside the plan: everything that is known of its runs'),
    '.SH "EXIT STATUS"',
    ...EXIT.flatMap(([code, help]) => entry(code, help)),
    '.SH EXAMPLES',
    '.nf',
    ...commands.flatMap(({ examples }) => examples.map(roff)),
    '.fi',
    '',
  ].join('\n');
}

const EVERYWHERE = [
  ['-C dir', 'start in this directory'],
  ['--config file', 'use this config file instead of .refine-plan.json of the repository'],
  ['--trust-project', 'let the config file of the repository name commands and prompts'],
  ['--json', 'machine-readable output on standard output, nothing else there'],
  ['--quiet', 'only decisions, errors and the verdict'],
  ['--verbose', 'also say where each answer was kept'],
  ['--no-color', 'no colour'],
] as const;

const EXIT = [
  ['0', 'nothing is left to do'],
  ['1', 'the job was done and work remains'],
  ['2', 'the command line or the configuration is wrong'],
  ['3', 'the place is not fit'],
  ['4, 5', 'the reviewer gave no answer, or none that could be read'],
  ['6', 'the implementer gave no edits that could be used'],
  ['7', 'the only fix would lose load-bearing text'],
  ['8', 'the commit failed'],
  ['70', 'a bug in this program'],
  ['129, 130, 131, 143', 'ended by a signal; the run can be resumed'],
] as const;

function commandEntry({ name, usage, help, flags = [] }: CommandSpec): string[] {
  const [, ...args] = usage.split(' ');
  return [
    ...entry(`\\fB${roff(name)}\\fR ${roff(args.join(' ').replace('...', ''))}`.trim(), help),
    ...(flags.length === 0
      ? []
      : ['.RS', ...flags.flatMap(([flag, about]) => entry(`\\fB${roff(flag)}\\fR`, about)), '.RE']),
  ];
}

function optionEntry({ name, arg, help, choices = [], default: value, kind }: OptionSpec): string[] {
  const takes = arg === null ? '' : ` \\fI${roff(arg)}\\fR`;
  const or = kind === 'boolean' ? `, \\fB\\-\\-no\\-${roff(name)}\\fR` : '';
  const all = kind === 'enum' ? ` (${choices.join(', ')})` : '';
  const usual = value === null || kind === 'boolean' ? '' : ` (default: ${value})`;
  return entry(`\\fB${roff(flagOf(name))}\\fR${or}${takes}`, `${help}${all}${usual}`);
}

/** A term, which is roff already, and what it means, which is not. */
function entry(term: string, help: string): string[] {
  return ['.TP', term, roff(help)];
}

/** A text as roff shows it, on a line of its own. */
function roff(text: string): string {
  return text.replaceAll('\\', '\\e').replaceAll('-', '\\-').replace(/^[.']/, '\\&$&');
}
