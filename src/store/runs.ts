import { open } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { replay } from '../core/evolve-all.ts';
import type { FactOf, Stamped } from '../core/fact.ts';
import type { Run } from '../core/run.ts';
import { readStamped } from './fact-line.ts';
import { readToEnd, type HowRead, type JournalEnd } from './journal.ts';
import { planOf, whereItIs } from './moved.ts';
import { runDirectories } from './run-directory.ts';

/** A run as its first and last facts tell it: enough to list it without reading the journal. */
export type RunGlance = {
  readonly id: string;
  readonly dir: string;
  readonly kind: 'refine' | 'review';
  readonly plan: string;
  /** Where its first fact has the plan, if that is elsewhere: the repository was moved, or copied here. */
  readonly movedFrom: string | null;
  readonly startedAt: string;
  readonly status: FactOf<'run.finished'>['status'] | 'in_progress';
  readonly round: number;
  readonly lastAt: string;
};

/** A run as its whole journal tells it. */
export type KeptRun = {
  readonly dir: string;
  readonly run: Run;
  readonly facts: readonly Stamped[];
  /** Up to where its journal was read and checked. */
  readonly end?: JournalEnd;
};

/** Every run below the state roots, newest first. Directories whose journal never got a first fact are passed over. */
export async function listRuns(roots: readonly string[]): Promise<RunGlance[]> {
  const dirs = (await Promise.all([...new Set(roots)].map(runDirectories))).flat();
  const glances = (await Promise.all(dirs.map(glance))).filter((found) => found !== undefined);
  return glances.toSorted(newestFirst);
}

/** Of those that began in one second, `-10` came after `-2`. A collator would take longer to load than all else here. */
export function newestFirst(a: RunGlance, b: RunGlance): number {
  if (a.startedAt !== b.startedAt) return a.startedAt < b.startedAt ? 1 : -1;
  return b.id.length - a.id.length || (a.id < b.id ? 1 : -1);
}

/** Reads a run back from its journal; undefined when nothing of it was recorded. Only to be shown, it need not be checked. */
export async function loadRun(dir: string, how: HowRead = {}): Promise<KeptRun | undefined> {
  const read = await readToEnd(join(dir, 'events.jsonl'), how);
  const run = replay(basename(dir), read.facts);
  return run && { dir, run: await whereItIs(run, dir), ...read };
}

/** A run at a glance; undefined where its journal has no first fact. */
export async function glance(dir: string): Promise<RunGlance | undefined> {
  const ends = await firstAndLast(join(dir, 'events.jsonl'));
  if (!ends || ends.first.type !== 'run.started') return undefined;
  const { first, last } = ends;
  const plan = await planOf(first.plan, dir);
  return {
    id: basename(dir),
    dir,
    kind: first.kind,
    plan,
    movedFrom: plan === first.plan.path ? null : first.plan.path,
    startedAt: first.ts,
    status: last.type === 'run.finished' ? last.status : 'in_progress',
    round: last.type === 'run.finished' ? last.rounds : 'round' in last ? last.round : 0,
    lastAt: last.ts,
  };
}

/** The fact that a journal begins with; undefined where it begins with none of ours. */
export async function readFirst(path: string): Promise<Stamped | undefined> {
  return (await firstAndLast(path))?.first;
}

const WINDOW = 64 * 1024;

async function firstAndLast(path: string): Promise<{ first: Stamped; last: Stamped } | undefined> {
  const file = await open(path, 'r');
  try {
    const { size } = await file.stat();
    const head = await readAt(file, 0, Math.min(WINDOW, size));
    const first = parse(head.slice(0, Math.max(0, head.indexOf('\n'))));
    for (let window = WINDOW; ; window *= 8) {
      const tail = await readAt(file, Math.max(0, size - window), Math.min(window, size));
      const last = lastFact(tail.slice(0, tail.lastIndexOf('\n')).split('\n'));
      if (last) return first && { first, last };
      if (window >= size) return undefined;
    }
  } finally {
    await file.close();
  }
}

/** The last fact that we know. What a newer version wrote is passed over; damage is reported once the run is loaded. */
function lastFact(lines: readonly string[]): Stamped | undefined {
  for (const line of lines.toReversed()) {
    const fact = parse(line);
    if (fact) return fact;
  }
  return undefined;
}

async function readAt(
  file: Awaited<ReturnType<typeof open>>,
  position: number,
  length: number,
): Promise<string> {
  const { buffer, bytesRead } = await file.read(Buffer.alloc(length), 0, length, position);
  return buffer.toString('utf8', 0, bytesRead);
}

/** Half a line of a window, or a damaged one, is no fact: the caller looks further or gives up. */
function parse(line: string): Stamped | undefined {
  const fact = readStamped(line);
  return typeof fact === 'string' ? undefined : fact;
}
