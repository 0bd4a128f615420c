import { bearsMark } from './mark.ts';
import { processOf, type Process } from './process-table.ts';

/** What was started: the process by its pid and the time it started, and the mark that all its descendants inherit. */
export type Origin = {
  readonly pid: number | null;
  readonly started: string | undefined;
  readonly mark: string | undefined;
  /** We wait for it ourselves, so its group and session are still its own just after it is gone. */
  readonly isOurs: boolean;
};

/**
 * All who come from an origin, itself included, and nobody else: who bears its mark, their descendants, and everybody in
 * a session of one of these, for no process can join the session of a stranger.
 */
export function familyOf(origin: Origin, table: readonly Process[]): Process[] {
  const family = new Map(rootsOf(origin, table).map((it) => [it.pid, it]));
  const foreign = new Set([0, table.find(({ pid }) => pid === process.pid)?.session]);
  for (let size = -1; size !== family.size;) {
    size = family.size;
    const sessions = new Set([...family.values()].map(({ session }) => session));
    for (const it of table)
      if (family.has(it.parent) || (sessions.has(it.session) && !foreign.has(it.session)))
        family.set(it.pid, it);
  }
  return [...family.values()];
}

function rootsOf({ pid, started, mark, isOurs }: Origin, table: readonly Process[]): Process[] {
  const namesake = table.find((it) => it.pid === pid);
  const isReused = namesake !== undefined && namesake.started !== started;
  const isRoot = (it: Process): boolean => {
    if (it === namesake && !isReused) return true;
    if (isOurs && pid !== null && !isReused && [it.group, it.session].includes(pid)) return true;
    // What is older than the origin cannot come from it, and need not be looked at.
    return mark !== undefined && Number(it.started) >= Number(started ?? 0) && bearsMark(it.pid, mark);
  };
  return table.filter(isRoot);
}

/** This process and all that are around it: who must not be ended, whatever they bear. */
export function ourOwn(): ReadonlySet<number> {
  const own = new Set<number>();
  for (
    let pid: number | undefined = process.pid;
    pid !== undefined && !own.has(pid);
    pid = processOf(pid)?.parent
  )
    own.add(pid);
  return own;
}
