import { closeSync } from 'node:fs';
import { isatty } from 'node:tty';

/** What of the standard streams was a terminal when the program began. */
const TERMINALS = [0, 1, 2].filter((fd) => isatty(fd));

/** The terminal was closed, whether the signal that tells of it has come yet or not. */
export function isTerminalGone(): boolean {
  return TERMINALS.some((fd) => !isatty(fd));
}

/** Lets a terminal be closed under the program without any harm but the signal that tells of it. */
export function outliveTerminal(stdin: NodeJS.ReadStream): void {
  if (TERMINALS.length === 0) return;

  // A prompt turns an error of its input into one that nobody can listen to.
  const emit = stdin.emit.bind(stdin);
  stdin.emit = (event: string | symbol, ...args: unknown[]): boolean =>
    event === 'error' && isHangUp(args[0]) ? true : emit(event, ...args);

  // Node insists on putting every terminal it began with back in order, and aborts where one is gone.
  process.on('exit', () => {
    for (const fd of TERMINALS) if (!isatty(fd)) closeSync(fd);
  });
}

function isHangUp(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'EIO';
}
