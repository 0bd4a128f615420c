import { setTimeout as delay } from 'node:timers/promises';
import { groupTarget } from '../lib/platform.ts';
import { familyOf, ourOwn, type Origin } from './family.ts';
import { processOf, processTable, type Process } from './process-table.ts';
import type { Cause } from './timers.ts';

export type ProcessGroup = {
  /** Begins to end the group: TERM, and KILL after the grace. The first cause counts; later ones change nothing. */
  readonly end: (cause: Cause) => void;
  readonly cause: () => Cause | undefined;
  /** Resolves when the end that was begun is complete; at once where none was. */
  readonly ended: () => Promise<void>;
  /** After the leader has exited: kills what it left running. Of one that is not to be killed only what was told to end. */
  readonly sweep: () => Promise<void>;
  readonly [Symbol.dispose]: () => void;
};

type Leader = Origin & {
  /** Null: the leader itself is never killed. */
  readonly killAfterMs: number | null;
};

/** How long after its leader somebody gets who ignored TERM, where the leader must not be killed. */
const GRACE_MS = 2000;

/** How long a process gets to vanish after KILL; only one that hangs in the kernel needs longer. */
const VANISH_MS = 2000;

/** Watches over the family of a child that was started detached. Its members are killed when this program exits. */
export function openGroup(
  pid: number | undefined,
  { killAfterMs, mark }: { readonly killAfterMs: number | null; readonly mark: string | undefined },
): ProcessGroup {
  if (pid === undefined) return NO_GROUP;
  const leader: Leader = { pid, started: processOf(pid)?.started, mark, isOurs: true, killAfterMs };
  let cause: Cause | undefined;
  let told: readonly Process[] = [];
  let ending = Promise.resolve();
  watchExit();
  living.add(leader);

  return {
    end(why) {
      if (cause !== undefined) return;
      cause = why;
      told = familyNow(leader);
      send(leader, told, 'SIGTERM');
      if (killAfterMs !== null) ending = outlast(leader, told, killAfterMs);
    },
    cause: () => cause,
    ended: () => ending,
    sweep() {
      if (killAfterMs !== null) return killFamily(leader, familyNow(leader)).then(() => undefined);
      return cause === undefined ? Promise.resolve() : outlast(leader, told, GRACE_MS);
    },
    [Symbol.dispose]: () => void living.delete(leader),
  };
}

/**
 * Ends the family of an origin that another process started and did not live to end. Says who was there, and who is
 * still there in spite of it; undefined where that cannot be seen.
 */
export async function endFamily(
  origin: Origin,
  graceMs = GRACE_MS,
): Promise<{ readonly found: readonly Process[]; readonly left: readonly Process[] } | undefined> {
  const table = processTable();
  if (!table) return undefined;
  const found = familyNow(origin);
  send(origin, found, 'SIGTERM');
  const deaf = await waitUntilGone(origin, found, graceMs);
  return { found, left: deaf.length > 0 ? await killFamily(origin, deaf) : [] };
}

/** Waits for a family that was told to end, and kills who is left after the grace. */
async function outlast(origin: Origin, family: readonly Process[], graceMs: number): Promise<void> {
  const left = await waitUntilGone(origin, family, graceMs);
  if (left.length > 0) await killFamily(origin, left);
}

function killFamily(origin: Origin, family: readonly Process[]): Promise<readonly Process[]> {
  send(origin, family, 'SIGKILL');
  return waitUntilGone(origin, family, VANISH_MS, 'SIGKILL');
}

/** Waits until nobody of a family is alive, or the time is over; returns who is left. */
async function waitUntilGone(
  origin: Origin,
  family: readonly Process[],
  ms: number,
  again?: NodeJS.Signals,
): Promise<readonly Process[]> {
  const deadline = performance.now() + ms;
  let left = survivors(origin, family);
  for (let pause = 5; left.length > 0 && performance.now() < deadline; pause = Math.min(pause * 2, 100)) {
    await delay(Math.min(pause, Math.max(1, deadline - performance.now())));
    left = survivors(origin, left);
    if (again) send(origin, left, again);
  }
  return left;
}

/** Those of a family that are alive, and who has joined it meanwhile. */
function survivors(origin: Origin, family: readonly Process[]): readonly Process[] {
  const known = family.map(({ pid }) => pid);
  const joined = familyNow(origin).filter(({ pid }) => !known.includes(pid));
  return [...family.filter(isAlive), ...joined];
}

function familyNow(origin: Origin): Process[] {
  const table = processTable();
  if (table) return familyOf(origin, table).filter(({ isZombie }) => !isZombie);
  return origin.pid !== null && signalTo(groupTarget(origin.pid), 0) ? [withoutTable(origin.pid)] : [];
}

function isAlive(known: Process): boolean {
  if (known.started === '') return signalTo(groupTarget(known.pid), 0);
  const now = processOf(known.pid);
  return now !== undefined && now.started === known.started && !now.isZombie;
}

/** Where there is no process table, the leader stands for its whole group. */
function withoutTable(pid: number): Process {
  return { pid, parent: 0, group: pid, session: pid, started: '', isZombie: false };
}

function send({ pid: leader }: Origin, family: readonly Process[], signal: NodeJS.Signals): void {
  if (family.length === 0) return;
  const own = ourOwn();
  const others = family.filter(({ pid }) => !own.has(pid));
  // As long as one of them is in the leader's group, that group is theirs.
  if (leader !== null && !own.has(leader) && others.some(({ group }) => group === leader))
    signalTo(groupTarget(leader), signal);
  for (const { pid, group } of others.filter(isAlive)) if (group !== leader) signalTo(pid, signal);
}

/** False where there is nobody to take the signal. */
function signalTo(pid: number, signal: NodeJS.Signals | 0): boolean {
  try {
    return process.kill(pid, signal);
  } catch (error) {
    // EPERM means that somebody is there and belongs to another user; nothing more can be done about it.
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

const NO_GROUP: ProcessGroup = {
  end: () => undefined,
  cause: () => undefined,
  ended: () => Promise.resolve(),
  sweep: () => Promise.resolve(),
  [Symbol.dispose]: () => undefined,
};

const living = new Set<Leader>();
let isWatching = false;

/** One hook for all groups: a program that exits takes its children with it. */
function watchExit(): void {
  if (isWatching) return;
  isWatching = true;
  process.on('exit', () => {
    for (const leader of living)
      send(leader, familyNow(leader), leader.killAfterMs === null ? 'SIGTERM' : 'SIGKILL');
  });
}
