import { constants } from 'node:os';
import { isTerminalGone } from './terminal-gone.ts';

const SIGNALS = ['SIGHUP', 'SIGINT', 'SIGQUIT', 'SIGTERM'] as const;

/** The user, or the system, wants the run to stop. Nothing of the step under way was recorded; the run can be resumed. */
export class Interrupted extends Error {
  override readonly name = 'Interrupted';
  readonly signal: (typeof SIGNALS)[number];

  constructor(signal: Interrupted['signal']) {
    super(`Interrupted by ${signal}.`);
    this.signal = signal;
  }

  get exitCode(): number {
    return 128 + constants.signals[this.signal];
  }
}

/** Input came to its end at a prompt: Ctrl-C, or its like; or the terminal was closed, and the signal is still to come. */
export function inputEnded(): Interrupted {
  return new Interrupted(isTerminalGone() ? 'SIGHUP' : 'SIGINT');
}

export type Signals = {
  readonly signal: AbortSignal;
  /** Until this is disposed of, the first signal is left to whoever listens: the end of the program is theirs. */
  readonly heed: () => Disposable;
};

/** How long a prompt gets to leave the terminal as it found it, where nobody else is there to put things in order. */
const TIDY_MS = 100;

/**
 * Turns the first signal into an abort, and the second into an immediate exit. Agents are ended by the exit hook then. The
 * end of input at a prompt is the same as Ctrl-C: by itself a prompt would wait for ever, and the program end in silence.
 */
export function catchSignals(): Signals & Disposable {
  const controller = new AbortController();
  let heeded = 0;
  const interrupt = (name: Interrupted['signal']): void => {
    const reason = new Interrupted(name);
    if (controller.signal.aborted) process.exit(reason.exitCode);
    controller.abort(reason);
    setTimeout(() => heeded === 0 && process.exit(reason.exitCode), TIDY_MS);
  };
  const nothingWillCome = (): void => interrupt(inputEnded().signal);
  const heard = SIGNALS.map((name) => ({ name, listener: () => interrupt(name) }));
  for (const { name, listener } of heard) process.on(name, listener);
  process.on('beforeExit', nothingWillCome);
  return {
    signal: controller.signal,
    heed: () => {
      heeded += 1;
      return { [Symbol.dispose]: () => void (heeded -= 1) };
    },
    [Symbol.dispose]: () => {
      for (const { name, listener } of heard) process.off(name, listener);
      process.off('beforeExit', nothingWillCome);
    },
  };
}
