import { open, stat, truncate, type FileHandle } from 'node:fs/promises';
import { dirname } from 'node:path';
import { crc32 } from 'node:zlib';
import type { Fact, Stamped } from '../core/fact.ts';
import { journalDamaged, runRemoved, writeError } from '../errors/store.ts';
import { syncDirectory } from './atomic-write.ts';
import { summed, sumAfter } from './checksum.ts';
import { lateIn, readLine } from './fact-line.ts';
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

/**
 * Opens a journal for appending; a torn last line is cut off first, or the next fact would be glued to it. What of it is
 * known is not read again.
 */
export async function openJournal(
  path: string,
  run: string,
  now: () => Date,
  known: JournalEnd = NOTHING,
): Promise<Journal> {
  let { size, sum } = await cutTornLine(path, known);
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

/** Up to where a journal was read, in bytes, and the checksum of all of that. */
export type JournalEnd = { readonly size: number; readonly sum: number };

const NOTHING: JournalEnd = { size: 0, sum: 0 };

async function cutTornLine(path: string, known: JournalEnd): Promise<JournalEnd> {
  try {
    const { size: all } = await stat(path);
    let { size, sum } = known.size <= all ? known : NOTHING;
    for (const line of wholeLines(path, size)) {
      size += line.length;
      sum = crc32(line, sum);
    }
    if (size < all) await truncate(path, size);
    return { size, sum };
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return NOTHING;
    throw writeError(path, error);
  }
}

/** Whether facts are checked, and the version of the tool whose facts need no check. */
export type HowRead = { readonly isChecked?: boolean; readonly trusted?: string };

/**
 * Every fact of a journal. A torn last line is no fact yet; damage anywhere else is reported, never skipped. To go on with a
 * run each fact is checked whole, unless the trusted version wrote it and its checksum holds; to show it, being one of ours by
 * name is enough, and costs a tenth of the time.
 */
export async function readJournal(path: string, how?: HowRead): Promise<Stamped[]> {
  return (await readToEnd(path, how)).facts;
}

/** The same, and up to where it was read, if its facts were checked. */
export async function readToEnd(
  path: string,
  { isChecked = true, trusted }: HowRead = {},
): Promise<{ readonly facts: Stamped[]; readonly end?: JournalEnd }> {
  if (isChecked) return checked(path, trusted);
  const facts: Stamped[] = [];
  const late = lateIn(path);
  let index = 0;
  for (const line of wholeLines(path)) facts.push(...readLine(line, { path, index: index++, late }));
  return { facts };
}

/** Facts that another version may add to a run that it does not go on with; all others are of the one that began or resumed it. */
const ANYBODYS: ReadonlySet<string> = new Set<Fact['type']>([
  'run.started',
  'run.resumed',
  'decision',
  'run.finished',
]);

async function checked(
  path: string,
  trusted: string | undefined,
): Promise<{ readonly facts: Stamped[]; readonly end: JournalEnd }> {
  const { checkRunFact } = await import('./check-run-fact.ts');
  let checkFact: typeof checkRunFact | undefined;
  const facts: Stamped[] = [];
  const late = lateIn(path);
  let [size, sum, index, writer] = [0, 0, 0, ''];
  for (const line of wholeLines(path)) {
    const found = readLine(line, { path, index, late });
    const after = sumAfter(line, sum);
    for (const fact of found) {
      if ('tool_version' in fact) writer = fact.tool_version;
      const isAnybodys = ANYBODYS.has(fact.type);
      if (isAnybodys || !after || !after.isSummed || writer !== trusted) {
        const check = isAnybodys ? checkRunFact : (checkFact ??= (await import('./check-fact.ts')).checkFact);
        const problem = check(fact);
        if (problem !== undefined) throw journalDamaged(path, index + 1, problem);
      }
      facts.push(fact);
    }
    if (!after) throw journalDamaged(path, index + 1, 'it, or a line before it, is not what was written');
    sum = after.sum;
    size += line.length;
    index += 1;
  }
  return { facts, end: { size, sum } };
}
