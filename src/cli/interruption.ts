import { constants } from 'node:os';

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

/** Turns the first signal into an abort, and the second into an immediate exit. Agents are ended by the exit hook then. */
export function catchSignals(): {
  readonly signal: AbortSignal;
  readonly abort: (reason: Error) => void;
} & Disposable {
  const controller = new AbortController();
  const heard = SIGNALS.map((name) => {
    const listener = (): void => {
      const reason = new Interrupted(name);
      if (controller.signal.aborted) process.exit(reason.exitCode);
      controller.abort(reason);
    };
    process.on(name, listener);
    return { name, listener };
  });
  return {
    signal: controller.signal,
    abort: (reason) => controller.abort(reason),
    [Symbol.dispose]: () => {
      for (const { name, listener } of heard) process.off(name, listener);
    },
  };
}
