import { select } from '@inquirer/prompts';
import type { Theme } from './theme.ts';

type Terminal = { readonly input: NodeJS.ReadStream; readonly output: NodeJS.WriteStream };

type Choosing = {
  readonly message: string;
  readonly choices: readonly { readonly value: string; readonly name: string }[];
  /** Where the cursor stands at first. */
  readonly first: string;
  readonly signal?: AbortSignal;
  /** Leaves nothing of it on the screen: what was chosen is said otherwise. */
  readonly leavesNoTrace?: boolean;
};

/** Lets the person at the terminal choose, in the colours and symbols that it can show. */
export function choose(
  { message, choices, first, signal, leavesNoTrace = false }: Choosing,
  { input, output }: Terminal,
  { colors, isUnicode }: Theme,
): Promise<string> {
  const theme = {
    prefix: { idle: colors.blue('?'), done: colors.green(isUnicode ? '✔' : '*') },
    icon: { cursor: isUnicode ? '❯' : '>' },
    style: {
      answer: colors.cyan,
      message: colors.bold,
      highlight: colors.cyan,
      keysHelpTip: () =>
        colors.dim(isUnicode ? '↑↓ to move, ⏎ to choose' : 'arrow keys to move, Enter to choose'),
    },
  };
  const context = { input, output, clearPromptOnDone: leavesNoTrace };
  return select(
    { message, choices: [...choices], default: first, theme },
    signal ? { ...context, signal } : context,
  );
}
