import { watch, type FSWatcher } from 'node:fs';

/** What wakes whoever waits for files to change. */
export type Changes = Disposable & {
  /** Also waits for this file or directory, which need not be there; naming it again changes nothing. */
  readonly add: (path: string) => void;
  /** Resolves at the next change, or after a second: not every file system tells. Throws the reason of an abort. */
  readonly next: (signal: AbortSignal) => Promise<void>;
};

/** Waits for changes of files without asking for them all the time. */
export function openChanges(pollMs = 1000): Changes {
  const watchers = new Map<string, FSWatcher>();
  let hasChanged = false;
  let wake = (): void => undefined;
  const changed = (): void => {
    hasChanged = true;
    wake();
  };
  return {
    add: (path) => {
      if (watchers.has(path)) return;
      try {
        const watcher = watch(path, changed);
        watcher.on('error', () => undefined); // it was removed, or cannot be watched any longer: the second is left
        watchers.set(path, watcher);
      } catch {
        // Not there yet, or no more watches are to be had: the second is left.
      }
    },
    next: async (signal) => {
      signal.throwIfAborted();
      if (!hasChanged) await until(pollMs, signal, (resolve) => (wake = resolve));
      signal.throwIfAborted();
      hasChanged = false;
    },
    [Symbol.dispose]: () => {
      for (const watcher of watchers.values()) watcher.close();
    },
  };
}

/** Resolves when it is woken, when the time is over, or when it is aborted. */
async function until(ms: number, signal: AbortSignal, onWake: (wake: () => void) => void): Promise<void> {
  await new Promise<void>((resolve) => {
    const done = (): void => {
      clearTimeout(timer);
      signal.removeEventListener('abort', done);
      resolve();
    };
    const timer = setTimeout(done, ms);
    signal.addEventListener('abort', done, { once: true });
    onWake(done);
  });
}
