import { LONGEST_TIMER } from '../lib/duration.ts';

/** Why a process is ended before its time. */
export type Cause = 'timeout' | 'idle' | 'abort' | 'broken';

export type Timers = {
  /** Something was heard: the silence starts anew. */
  readonly heard: () => void;
  readonly stop: () => void;
  readonly [Symbol.dispose]: () => void;
};

/** Watches the wall clock, the silence and the abort signal, and says which of them ends the process. */
export function startTimers(
  limits: { readonly timeoutMs: number; readonly idleTimeoutMs?: number; readonly signal: AbortSignal },
  end: (cause: Cause) => void,
): Timers {
  const wall = timer(limits.timeoutMs, () => end('timeout'));
  let silence = timer(limits.idleTimeoutMs ?? 0, () => end('idle'));
  const onAbort = (): void => end('abort');
  limits.signal.addEventListener('abort', onAbort, { once: true });

  function stop(): void {
    clearTimeout(wall);
    clearTimeout(silence);
    silence = undefined;
    limits.signal.removeEventListener('abort', onAbort);
  }

  return { heard: () => silence?.refresh(), stop, [Symbol.dispose]: stop };
}

function timer(ms: number, onTime: () => void): NodeJS.Timeout | undefined {
  return ms > 0 ? setTimeout(onTime, Math.min(ms, LONGEST_TIMER)) : undefined;
}
