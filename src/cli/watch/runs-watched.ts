import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Stamped } from '../../core/fact.ts';
import type { Run } from '../../core/run.ts';
import type { Changes } from '../../store/changes.ts';
import { runDirectories } from '../../store/run-directory.ts';
import { glance, newestFirst, type RunGlance } from '../../store/runs.ts';
import { processOf } from '../run-alive.ts';
import { Followed } from './followed.ts';

/** A run below the state roots: at a glance, and, while it is not finished, as it goes on. */
export type WatchedRun = {
  readonly glance: RunGlance;
  readonly followed: Followed | null;
  readonly isAlive: boolean;
};

type Heard = (fact: Stamped, run: Run) => void;

/** Every run below the state roots, kept up to date: only journals that have grown are read, and only unfinished ones whole. */
export class RunsWatched {
  readonly #roots: readonly string[];
  readonly #changes: Changes;
  readonly #known = new Map<string, WatchedRun & { readonly size: number }>();

  constructor(roots: readonly string[], changes: Changes) {
    this.#roots = roots;
    this.#changes = changes;
  }

  /** Looks again, and tells what was added to the runs that are not finished; all of them, newest first. */
  async look(heard: Heard): Promise<readonly WatchedRun[]> {
    for (const root of this.#roots) this.#changes.add(root);
    const dirs = (await Promise.all(this.#roots.map(runDirectories))).flat();
    for (const gone of [...this.#known.keys()].filter((dir) => !dirs.includes(dir))) this.#known.delete(gone);
    for (const dir of dirs) await this.#lookAt(dir, heard);
    return [...this.#known.values()].toSorted((a, b) => newestFirst(a.glance, b.glance));
  }

  async #lookAt(dir: string, heard: Heard): Promise<void> {
    const known = this.#known.get(dir);
    const size = await sizeOf(join(dir, 'events.jsonl'));
    const isSame = known?.size === size;
    if (isSame && !known.isAlive) return;
    const seen = isSame ? known.glance : await glance(dir).catch(() => undefined); // damaged: nothing to show of it
    if (!seen) return;
    const followed = known?.followed ?? (seen.status === 'in_progress' ? new Followed(dir) : null);
    const isAlive = followed !== null && (await this.#follow(followed, heard));
    this.#known.set(dir, { glance: seen, followed, isAlive, size });
  }

  /** Tells what was added to a run; whether somebody works on it. */
  async #follow(followed: Followed, heard: Heard): Promise<boolean> {
    this.#changes.add(followed.journal);
    await followed.read(heard);
    const { run, dir } = followed;
    if (!run || run.position.at === 'finished') return false;
    return (await processOf(run, dir)) !== undefined;
  }
}

async function sizeOf(path: string): Promise<number> {
  const about = await stat(path).catch(() => null); // removed meanwhile
  return about?.size ?? 0;
}
