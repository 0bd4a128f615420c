import { COMMANDS, type CommandSpec } from './command-table.ts';
import { flagOf, OPTIONS } from './option-table.ts';

/** Options that every command takes, and whose value is the next word. */
const WITH_VALUE = ['-C', '--config'];

/**
 * The command line with the name of its command in front: in `-C DIR status` that is the first word which is neither an
 * option nor the value of one.
 */
export function commandFirst(argv: readonly string[]): readonly string[] {
  const at = firstWord(argv);
  const command = COMMANDS.find((spec) => nameOf(spec) === argv[at]);
  if (!command) return argv;
  const end = at + (command.commands ? 2 : 1);
  return [...argv.slice(at, end), ...argv.slice(0, at), ...argv.slice(end)];
}

function firstWord(argv: readonly string[]): number {
  const before = argv.findIndex((word, index) => !word.startsWith('-') && !takesNext(argv[index - 1]));
  const end = argv.indexOf('--');
  return end === -1 || before < end ? before : -1;
}

/** Is the word after this one its value? */
function takesNext(word: string | undefined): boolean {
  if (word === undefined) return false;
  return (
    WITH_VALUE.includes(word) ||
    OPTIONS.some(({ name, kind }) => kind !== 'boolean' && flagOf(name) === word) ||
    COMMANDS.some(({ flags = [] }) => flags.some(([text]) => text.startsWith(`${word} <`)))
  );
}

function nameOf({ usage }: CommandSpec): string | undefined {
  return usage.split(' ', 1)[0];
}
