import { lstat, readdir, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { cannotWrite, writeError } from '../errors/store.ts';
import { readFirst } from './runs.ts';

/** What the name of a run directory ends in. */
const RUN_ID = /-\d{8}T\d{6}Z(?:-\d+)?$/;

/**
 * Is this the directory of a run that we made: no link, nor below one, the user's own, named as we name them, with a journal
 * that says so itself? A directory that was renamed or copied is not.
 */
export async function isOurRun(dir: string): Promise<boolean> {
  if (!RUN_ID.test(basename(dir))) return false;
  if (!(await isOwnDirectory(dirname(dir))) || !(await isOwnDirectory(dir))) return false;
  const journal = await lstat(join(dir, 'events.jsonl')).catch(() => null); // gone meanwhile
  if (!journal?.isFile()) return false;
  const first = await readFirst(join(dir, 'events.jsonl'));
  return first?.type === 'run.started' && first.run === basename(dir);
}

async function isOwnDirectory(path: string): Promise<boolean> {
  const about = await lstat(path).catch(() => null); // gone meanwhile
  return about !== null && about.isDirectory() && (process.getuid?.() ?? about.uid) === about.uid;
}

/** The bytes of all files below a directory; of links, only their own. */
export async function sizeOf(dir: string): Promise<number> {
  let bytes = 0;
  for (const entry of await readdir(dir, { withFileTypes: true }).catch(() => [])) {
    const path = join(dir, entry.name);
    if (entry.isDirectory()) bytes += await sizeOf(path);
    else bytes += (await lstat(path).catch(() => null))?.size ?? 0; // gone meanwhile
  }
  return bytes;
}

/** Removes the directory of a run. Links in it are removed, never followed. */
export async function removeRun(dir: string): Promise<void> {
  try {
    // The journal last: what dies in between leaves a run that is still listed, and can be pruned again.
    for (const name of await readdir(dir))
      if (name !== 'events.jsonl') await rm(join(dir, name), { recursive: true, force: true });
    await rm(dir, { recursive: true, force: true });
  } catch (error) {
    const known = writeError(dir, error);
    throw known === error ? cannotWrite(dir, error) : known;
  }
}
