import { closeSync, openSync, readdirSync, readSync } from 'node:fs';
import { hasProcessTable } from '../lib/platform.ts';

/** A process as /proc shows it. A pid is used again some day, so the start time belongs to its identity. */
export type Process = {
  readonly pid: number;
  readonly parent: number;
  readonly group: number;
  readonly session: number;
  readonly started: string;
  /** A process that has ended, but that nobody has taken notice of yet, still has a pid. */
  readonly isZombie: boolean;
};

/** Every process there is; undefined where the system does not tell. */
export function processTable(): Process[] | undefined {
  if (!hasProcessTable()) return undefined;
  try {
    return readdirSync('/proc')
      .filter((name) => /^\d+$/.test(name))
      .flatMap((pid) => processOf(Number(pid)) ?? []);
  } catch {
    return undefined; // It is not mounted here.
  }
}

/** One process; undefined where it is gone, or where there is no /proc. */
export function processOf(pid: number): Process | undefined {
  try {
    return parseStat(pid, textOf(`/proc/${pid}/stat`));
  } catch {
    return undefined; // It has ended since it was listed.
  }
}

const BUFFER = Buffer.alloc(4096);

/** In three system calls, where reading a file of unknown size takes seven: a table is made of some hundred of these. */
function textOf(path: string): string {
  const file = openSync(path, 'r');
  try {
    return BUFFER.toString('latin1', 0, readSync(file, BUFFER));
  } finally {
    closeSync(file);
  }
}

// The name of a program may hold spaces and parentheses, so the fields are counted from the last parenthesis on.
function parseStat(pid: number, stat: string): Process | undefined {
  const [state, parent, group, session, ...rest] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  const started = rest[15];
  if (started === undefined) return undefined;
  return {
    pid,
    parent: Number(parent),
    group: Number(group),
    session: Number(session),
    started,
    isZombie: state === 'Z' || state === 'X',
  };
}
