import { open, readFile, truncate, type FileHandle } from 'node:fs/promises';
import { dirname } from 'node:path';
import { FACT_TYPES } from '../core/fact-types.ts';
import type { Fact, Stamped } from '../core/fact.ts';
import { journalDamaged, journalTooNew, writeError } from '../errors/store.ts';
import { syncDirectory } from './atomic-write.ts';

/** The journal of a run: append-only, one JSON object a line, flushed before the fact counts as known. */
export type Journal = {
  /** Resolves when the fact would survive a power cut. A write that fails leaves nothing of it behind. */
  readonly append: (fact: Fact) => Promise<Stamped>;
  readonly close: () => Promise<void>;
};

/** Opens a journal for appending; a torn last line is cut off first, or the next fact would be glued to it. */
export async function openJournal(path: string, run: string, now: () => Date): Promise<Journal> {
  let size = await cutTornLine(path);
  const file = await open(path, 'a', 0o600).catch((error: unknown) => {
    throw writeError(path, error);
  });
  if (size === 0) await syncDirectory(dirname(path)); // else a new journal could be gone after a power cut, facts and all
  return {
    append: async (fact) => {
      const stamped: Stamped = { v: 1, ts: now().toISOString(), run, ...fact };
      const line = Buffer.from(`${JSON.stringify(stamped)}\n`);
      try {
        await writeAll(file, line);
        await file.datasync();
      } catch (error) {
        await file.truncate(size).catch(() => undefined); // the next opening cuts it off too
        throw writeError(path, error);
      }
      size += line.length;
      return stamped;
    },
    close: () => file.close(),
  };
}

async function writeAll(file: FileHandle, line: Uint8Array): Promise<void> {
  for (let at = 0; at < line.length;) at += (await file.write(line, at)).bytesWritten;
}

async function cutTornLine(path: string): Promise<number> {
  try {
    const bytes = await readFile(path);
    const whole = bytes.lastIndexOf(0x0a) + 1;
    if (whole < bytes.length) await truncate(path, whole);
    return whole;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return 0;
    throw writeError(path, error);
  }
}

/**
 * Every fact of a journal. A torn last line is no fact yet; damage anywhere else is reported, never skipped. To go on
 * with a run each fact is checked whole; to show it, being one of ours by name is enough, and costs a tenth of the time.
 */
export async function readJournal(path: string, { isChecked = true } = {}): Promise<Stamped[]> {
  const text = await readFile(path, 'utf8');
  const check = isChecked ? (await import('./check-fact.ts')).checkFact : undefined;
  const lines = text.split('\n');
  lines.pop(); // what follows the last line end: nothing, or a torn line
  return lines.flatMap((line, index) => readLine(line, index, { path, check }));
}

type Reading = {
  readonly path: string;
  readonly check: ((value: unknown) => string | undefined) | undefined;
};

function readLine(line: string, index: number, { path, check }: Reading): Stamped[] {
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
  return KNOWN.has(type) ? (value as Stamped) : 'unknown'; // we wrote it; what it holds is checked where it matters
}

function parse(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined; // reported by the caller, with its line
  }
}

const KNOWN: ReadonlySet<string> = new Set(FACT_TYPES);
