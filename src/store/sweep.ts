import { readdir, readFile, rm } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { isTemporary } from './atomic-write.ts';

/** Removes what a process that died in the middle of a write left in the directory of a run. Hold the plan's lock first. */
export async function sweepRun(dir: string): Promise<void> {
  const entries = await readdir(dir, { withFileTypes: true, recursive: true });
  for (const entry of entries) {
    if (isTemporary(entry.name))
      await rm(join(entry.parentPath, entry.name), { force: true }).catch(() => undefined); // in nobody's way
  }
}

/** Removes the directory of a run that died, or could not go on, before its first fact was kept: nobody can know it. */
export async function removeStillborn(root: string, id: string): Promise<void> {
  if (id !== basename(id) || !RUN_ID.test(id)) return; // whatever is written in a lock, no other directory is touched
  const dir = join(root, id);
  const names = await readdir(dir).catch(() => null); // there is none
  if (!names?.every((name) => BORN_WITH.has(name) || isTemporary(name))) return;
  const journal = await readFile(join(dir, 'events.jsonl')).catch(() => Buffer.of()); // it may have none yet
  if (!journal.includes('\n')) await rm(dir, { recursive: true, force: true });
}

const RUN_ID = /-\d{8}T\d{6}Z(?:-\d+)?$/;
const BORN_WITH: ReadonlySet<string> = new Set(['plan.initial.md', 'events.jsonl']);
