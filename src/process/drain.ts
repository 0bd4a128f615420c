import { setImmediate as turn, setTimeout as delay } from 'node:timers/promises';
import type { Listening } from './listen.ts';

const MOST_ROUNDS = 5;

/**
 * Waits for the streams of a process that has exited: to their ends, or until they were silent for a while. A
 * descendant may hold them open for as long as it likes, so one that keeps talking is not heard for ever either.
 */
export async function drain(listening: Listening, quietMs: number): Promise<void> {
  const done = listening.done.then(
    () => true,
    () => true, // The error is thrown to whoever awaits `done` itself.
  );
  for (let round = 0; round < MOST_ROUNDS; round++) {
    const before = listening.beats();
    if (await within(done, quietMs)) return;
    // The timer may be late because this process was busy: what has arrived meanwhile is heard first.
    await turn();
    await turn();
    if (listening.beats() === before) return;
  }
}

async function within(done: Promise<boolean>, ms: number): Promise<boolean> {
  const timer = new AbortController();
  const late = delay(ms, false, { signal: timer.signal }).catch(() => false);
  const result = await Promise.race([done, late]);
  timer.abort();
  return result;
}
