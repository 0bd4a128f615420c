import { open } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { Stamped } from '../core/fact.ts';
import { runUnreadable } from '../errors/store.ts';
import { readLine } from './fact-line.ts';
import { linesOf } from './whole-lines.ts';

/** A journal that is read while somebody else writes it. */
export type Follower = {
  /** The facts that were added since the last time. A torn last line waits until it is whole, or is cut off. */
  readonly read: () => Promise<Stamped[]>;
};

/** Follows a journal from its first fact on. Facts are known by their names, as where a run is only shown. */
export function followJournal(path: string): Follower {
  let offset = 0; // behind the last whole line
  let lines = 0;
  return {
    read: async () => {
      const bytes = await bytesFrom(path, offset);
      const whole = bytes.subarray(0, bytes.lastIndexOf(0x0a) + 1);
      offset += whole.length;
      return [...linesOf(whole)].flatMap((line) => readLine(line, { path, index: lines++ }));
    },
  };
}

/** The last whole lines of a file that somebody may be writing: those within so many bytes of its end. */
export async function lastLines(path: string, most = 64 * 1024): Promise<string[]> {
  const bytes = await bytesFrom(path, -most).catch(() => Buffer.alloc(0)); // not there yet, or not any more
  const lines = bytes.toString('utf8').split('\n').slice(0, -1);
  return bytes.length === most ? lines.slice(1) : lines;
}

/** From a place in a file, or, where that is negative, from so far before its end. */
async function bytesFrom(path: string, from: number): Promise<Buffer> {
  const file = await open(path, 'r').catch((error: unknown) => {
    throw runUnreadable(dirname(path), 'events.jsonl', error);
  });
  try {
    const { size } = await file.stat();
    const at = from < 0 ? Math.max(0, size + from) : from;
    const length = Math.max(0, size - at);
    const { buffer, bytesRead } = await file.read(Buffer.alloc(length), 0, length, at);
    return buffer.subarray(0, bytesRead);
  } finally {
    await file.close();
  }
}
