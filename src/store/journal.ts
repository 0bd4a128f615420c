import { open, readFile, truncate, type FileHandle } from 'node:fs/promises';
import { Fact, type Stamped } from '../core/fact.ts';
import { journalDamaged, journalTooNew, writeError } from '../errors/store.ts';

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

/** Every fact of a journal. A torn last line is no fact yet; damage anywhere else is reported, never skipped. */
export async function readJournal(path: string): Promise<Stamped[]> {
  const text = await readFile(path, 'utf8');
  const lines = text.split('\n');
  lines.pop(); // what follows the last line end: nothing, or a torn line
  return lines.flatMap((line, index) => readLine(line, index, path));
}

function readLine(line: string, index: number, path: string): Stamped[] {
  const parsed = parse(line);
  if (!isRecord(parsed)) throw journalDamaged(path, index + 1, 'it is not a JSON object');
  if (parsed['v'] !== 1) throw journalTooNew(path);
  const fact = Fact.safeParse(parsed);
  const { ts, run } = parsed;
  if (fact.success && typeof ts === 'string' && typeof run === 'string')
    return [{ v: 1, ts, run, ...fact.data }];
  if (isUnknownType(parsed['type'])) return []; // a newer version's fact: readers ignore what they do not know
  throw journalDamaged(path, index + 1, fact.error?.issues[0]?.message ?? 'it has no time or run');
}

function parse(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined; // reported by the caller, with its line
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

const KNOWN = new Set<unknown>(Fact.options.map((option) => option.shape.type.value));

function isUnknownType(type: unknown): boolean {
  return typeof type === 'string' && !KNOWN.has(type);
}
