import { outputLost } from '../errors/store.ts';

/**
 * A reader that has seen enough (`| head -1`), or a terminal that was closed, is no mistake, and no reason to stop a run.
 * Where standard output takes no more for another reason, what was asked for is lost: the program says so and ends.
 */
export function watchOutput(): void {
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE' || error.code === 'EIO') return;
    const { message, hint, exitCode } = outputLost(error);
    process.stderr.write(`${message}\n${hint}\n`);
    process.exit(exitCode);
  });
  process.stderr.on('error', () => undefined); // There is nobody left to tell.
}
