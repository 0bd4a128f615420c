import { open, stat, truncate, type FileHandle } from 'node:fs/promises';
import { dirname } from 'node:path';
import { crc32 } from 'node:zlib';
import { FACT_TYPES } from '../core/fact-types.ts';
import type { Fact, Stamped } from '../core/fact.ts';
import { journalDamaged, journalTooNew, runRemoved, writeError } from '../errors/store.ts';
import { syncDirectory } from './atomic-write.ts';
import { wholeLines } from './whole-lines.ts';

/**
 * The journal of a run: append-only, one JSON object a line, flushed before the fact counts as known. Each line ends in the
 * checksum of everything before it, so that no line can be changed, lost, doubled or moved without being noticed.
 */
export type Journal = {
  /** Resolves when the fact would survive a power cut. A write that fails leaves nothing of it behind. */
  readonly append: (fact: Fact) => Promise<Stamped>;
  readonly close: () => Promise<void>;
};

/** Opens a journal for appending; a torn last line is cut off first, or the next fact would be glued to it. */
export async function openJournal(path: string, run: string, now: () => Date): Promise<Journal> {
  let { size, sum } = await cutTornLine(path);
  const file = await open(path, 'a', 0o600).catch((error: unknown) => {
    throw writeError(path, error);
  });
  try {
    if (size === 0) await syncDirectory(dirname(path)); // else a new journal could be gone after a power cut, facts and all
  } catch (error) {
    await file.close();
    throw writeError(path, error);
  }
  return {
    append: async (fact) => {
      const stamped: Stamped = { v: 1, ts: now().toISOString(), run, ...fact };
      const { line, sum: next } = summed(JSON.stringify(stamped), sum);
      try {
        await refuseRemoved(file, path);
        await writeAll(file, line);
        await file.datasync();
      } catch (error) {
        await file.truncate(size).catch(() => undefined); // the next opening cuts it off too
        throw writeError(path, error);
      }
      size += line.length;
      sum = next;
      return stamped;
    },
    close: () => file.close(),
  };
}

async function writeAll(file: FileHandle, line: Uint8Array): Promise<void> {
  for (let at = 0; at < line.length;) at += (await file.write(line, at)).bytesWritten;
}

/** A file that was removed takes everything that is written to it, and nobody will ever read it. */
async function refuseRemoved(file: FileHandle, path: string): Promise<void> {
  if ((await file.stat()).nlink === 0) throw runRemoved(dirname(path));
}

const SUM_LENGTH = ',"sum":"00000000"}'.length;
const SUM = /,"sum":"([0-9a-f]{8})"\}$/;

/** A line with the CRC-32 of all the journal before it and of itself so far, and the CRC-32 of all of that. */
function summed(json: string, before: number): { readonly line: Buffer; readonly sum: number } {
  const body = json.slice(0, -1);
  const own = crc32(body, before).toString(16).padStart(8, '0');
  const line = Buffer.from(`${body},"sum":"${own}"}\n`);
  return { line, sum: crc32(line, before) };
}

async function cutTornLine(path: string): Promise<{ readonly size: number; readonly sum: number }> {
  try {
    const { size: all } = await stat(path);
    let [size, sum] = [0, 0];
    for (const line of wholeLines(path)) {
      size += line.length;
      sum = crc32(line, sum);
    }
    if (size < all) await truncate(path, size);
    return { size, sum };
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return { size: 0, sum: 0 };
    throw writeError(path, error);
  }
}

/**
 * Every fact of a journal. A torn last line is no fact yet; damage anywhere else is reported, never skipped. To go on
 * with a run each fact is checked whole; to show it, being one of ours by name is enough, and costs a tenth of the time.
 */
export async function readJournal(path: string, { isChecked = true } = {}): Promise<Stamped[]> {
  const check = isChecked ? (await import('./check-fact.ts')).checkFact : undefined;
  const facts: Stamped[] = [];
  let [sum, index] = [0, 0];
  for (const line of wholeLines(path)) {
    facts.push(...readLine(line.toString('utf8', 0, line.length - 1), index, { path, check }));
    if (isChecked) sum = sumAfter(line, sum);
    if (Number.isNaN(sum))
      throw journalDamaged(path, index + 1, 'it, or a line before it, is not what was written');
    index += 1;
  }
  return facts;
}

/** The checksum of all up to the end of a line; NaN where that line has another one. Older versions wrote none. */
function sumAfter(line: Buffer, before: number): number {
  const body = Math.max(0, line.length - 1 - SUM_LENGTH);
  const sum = crc32(line.subarray(0, body), before);
  const own = SUM.exec(line.toString('latin1', body, line.length - 1))?.[1];
  return own === undefined || Number.parseInt(own, 16) === sum ? crc32(line.subarray(body), sum) : Number.NaN;
}

type Reading = {
  readonly path: string;
  readonly check: ((value: unknown) => string | undefined) | undefined;
};

/** A line of a journal as the facts it holds: one, or none where a newer version wrote it. Throws where it is damaged. */
export function readLine(line: string, index: number, { path, check }: Reading): Stamped[] {
  const fact = readStamped(line);
  if (fact === 'no fact') throw journalDamaged(path, index + 1, 'it is not a fact');
  if (fact === 'newer') throw journalTooNew(path);
  if (fact === 'unknown') return []; // a newer version's fact: readers ignore what they do not know
  const problem = check?.(fact);
  if (problem !== undefined) throw journalDamaged(path, index + 1, problem);
  return [fact];
}

/** A line of a journal, known by the name of its fact; or why it is none of ours. */
export function readStamped(line: string): Stamped | 'no fact' | 'newer' | 'unknown' {
  const value = parse(line);
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return 'no fact';
  const { v, ts, run, type } = value as Record<string, unknown>; // a JSON object, as checked
  if (v !== 1) return 'newer';
  if (typeof type !== 'string' || typeof ts !== 'string' || typeof run !== 'string') return 'no fact';
  if (!KNOWN.has(type)) return 'unknown';
  const { sum: _, ...fact } = value as Stamped & { sum?: string }; // we wrote it; what it holds is checked where it matters
  return fact;
}

function parse(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined; // reported by the caller, with its line
  }
}

const KNOWN: ReadonlySet<string> = new Set(FACT_TYPES);
