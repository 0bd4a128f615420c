import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { UserError } from '../errors.ts';
import { readJournal } from './journal.ts';
import { manifestPath, manifestWriter } from './manifest.ts';
import type { RunGlance } from './runs.ts';
import { sweepRun } from './sweep.ts';

/**
 * Writes the manifests of finished runs anew where a process was killed between the last fact and its manifest. It needs no
 * lock: of a finished run everybody writes the same.
 */
export async function mendManifests(runs: readonly RunGlance[]): Promise<void> {
  const finished = runs.filter(({ status }) => status !== 'in_progress');
  await Promise.all(finished.map(async (run) => ((await isBehind(run)) ? rewrite(run) : undefined)));
}

async function isBehind({ dir, status }: RunGlance): Promise<boolean> {
  try {
    const manifest: { status?: unknown } = JSON.parse(await readFile(manifestPath(dir), 'utf8'));
    return manifest.status !== status;
  } catch {
    return false; // It was removed, or is not as we write it: then somebody wants it so.
  }
}

async function rewrite({ dir }: RunGlance): Promise<void> {
  try {
    const facts = await readJournal(join(dir, 'events.jsonl'), { isChecked: false });
    const last = facts.at(-1);
    await sweepRun(dir);
    if (last) await manifestWriter(dir, facts.slice(0, -1))(last);
  } catch (error) {
    // The journal is what counts. A damaged or unwritable old run is in nobody's way.
    if (!(error instanceof UserError)) throw error;
  }
}
