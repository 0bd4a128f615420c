import { access } from 'node:fs/promises';
import { join } from 'node:path';
import type { Clock } from '../ports.ts';
import type { GitEnd } from './run-git.ts';

/** Waits for the locks of other git processes, and never takes one away. `lock` is the file that outlasted all patience. */
export type IndexLock = {
  /** Waits until the index is free; says whether it had to. */
  readonly wait: () => Promise<{ readonly waited: boolean; readonly held: string | null }>;
  /**
   * Runs git when the index is free, and again where another process was faster: if it still may then, for whoever that
   * was may have changed what it was to work on.
   */
  readonly run: (git: () => Promise<GitEnd>, may?: () => Promise<boolean>) => Promise<LockedEnd>;
};

/** How git ended; `isForbidden` where it lost a race, and might not be run again. */
export type LockedEnd = GitEnd & { readonly held: string | null; readonly isForbidden: boolean };

type Patience = {
  readonly gitDir: string;
  readonly clock: Pick<Clock, 'sleep'>;
  readonly patienceMs: number;
  readonly signal: AbortSignal;
};

/** The lock of a work tree's index. The patience is one for all that is done through it; 0 means no end. */
export function indexLock({ gitDir, clock, patienceMs, signal }: Patience): IndexLock {
  const lock = join(gitDir, 'index.lock');
  let waitedMs = 0;

  async function pause(): Promise<boolean> {
    if (patienceMs > 0 && waitedMs >= patienceMs) return false;
    await clock.sleep(POLL_MS, signal);
    waitedMs += POLL_MS;
    return true;
  }

  async function wait(): Promise<{ waited: boolean; held: string | null }> {
    let waited = false;
    while (await exists(lock)) {
      if (!(await pause())) return { waited, held: lock };
      waited = true;
    }
    return { waited, held: null };
  }

  async function run(
    git: () => Promise<GitEnd>,
    may: () => Promise<boolean> = () => Promise.resolve(true),
  ): Promise<LockedEnd> {
    for (;;) {
      const { held } = await wait();
      if (held !== null) return { exitCode: null, output: '', timedOut: false, held, isForbidden: false };
      const ended = await git();
      if (!lostRace(ended) || !(await pause())) return { ...ended, held: null, isForbidden: false };
      if (!(await may())) return { ...ended, held: null, isForbidden: true };
    }
  }

  return { wait, run };
}

const POLL_MS = 50;

/** Exit code 128 is git's own; a hook that met a lock ends git with another one, and would meet it again. */
function lostRace({ exitCode, output }: GitEnd): boolean {
  return (
    exitCode === 128 && /\.lock': File exists|cannot lock ref .*(?:but expected|already exists)/s.test(output)
  );
}

async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false, // A lock that cannot be looked at is met again by git itself, with words.
  );
}
