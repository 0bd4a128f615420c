import { setTimeout as delay } from 'node:timers/promises';
import { familyOf, processOf, processTable, type Process } from './process-table.ts';
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

type Leader = {
  readonly pid: number;
  readonly started: string | undefined;
  /** Null: the leader itself is never killed. */
  readonly killAfterMs: number | null;
};

/** How long after its leader somebody gets who ignored TERM, where the leader must not be killed. */
const GRACE_MS = 2000;

/** How long a process gets to vanish after KILL; only one that hangs in the kernel needs longer. */
const VANISH_MS = 2000;

/** Watches over the group of a child that was started detached. Its members are killed when this program exits. */
export function openGroup(pid: number | undefined, killAfterMs: number | null): ProcessGroup {
  if (pid === undefined) return NO_GROUP;
  const leader: Leader = { pid, started: processOf(pid)?.started, killAfterMs };
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
      if (killAfterMs !== null) return killFamily(leader, familyNow(leader));
      return cause === undefined ? Promise.resolve() : outlast(leader, told, GRACE_MS);
    },
    [Symbol.dispose]: () => void living.delete(leader),
  };
}

/** Waits for a family that was told to end, and kills who is left after the grace. */
async function outlast(leader: Leader, family: readonly Process[], graceMs: number): Promise<void> {
  const left = await waitUntilGone(leader, family, graceMs);
  if (left.length > 0) await killFamily(leader, left);
}

async function killFamily(leader: Leader, family: readonly Process[]): Promise<void> {
  send(leader, family, 'SIGKILL');
  await waitUntilGone(leader, family, VANISH_MS, 'SIGKILL');
}

/** Waits until nobody of a family is alive, or the time is over; returns who is left. */
async function waitUntilGone(
  leader: Leader,
  family: readonly Process[],
  ms: number,
  again?: NodeJS.Signals,
): Promise<readonly Process[]> {
  const deadline = performance.now() + ms;
  let left = survivors(leader, family);
  for (let pause = 5; left.length > 0 && performance.now() < deadline; pause = Math.min(pause * 2, 100)) {
    await delay(Math.min(pause, Math.max(1, deadline - performance.now())));
    left = survivors(leader, left);
    if (again) send(leader, left, again);
  }
  return left;
}

/** Those of a family that are alive, and who has joined it meanwhile. */
function survivors(leader: Leader, family: readonly Process[]): readonly Process[] {
  const known = family.map(({ pid }) => pid);
  const joined = familyNow(leader).filter(({ pid }) => !known.includes(pid));
  return [...family.filter(isAlive), ...joined];
}

function familyNow(leader: Leader): Process[] {
  const table = processTable();
  if (!table) return groupAnswers(leader) ? [withoutTable(leader)] : [];
  const namesake = table.find(({ pid }) => pid === leader.pid);
  if (namesake && namesake.started !== leader.started) return []; // The pid belongs to somebody else by now.
  return familyOf(leader.pid, table).filter(({ isZombie }) => !isZombie);
}

function isAlive(known: Process): boolean {
  if (known.started === '') return groupAnswers(known);
  const now = processOf(known.pid);
  return now !== undefined && now.started === known.started && !now.isZombie;
}

/** Where there is no process table, the leader stands for its whole group. */
function withoutTable({ pid }: Leader): Process {
  return { pid, parent: 0, group: pid, session: pid, started: '', isZombie: false };
}

function groupAnswers({ pid }: { readonly pid: number }): boolean {
  return signalTo(-pid, 0);
}

function send(leader: Leader, family: readonly Process[], signal: NodeJS.Signals): void {
  if (family.length > 0) signalTo(-leader.pid, signal);
  for (const { pid, group } of family.filter(isAlive)) if (group !== leader.pid) signalTo(pid, signal);
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
