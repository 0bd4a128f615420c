import { readdirSync, readFileSync } from 'node:fs';
import type { World } from './world.ts';

/** A process that has to do with a world: it works there, is told of it, or was started with its name. */
export type Seen = { readonly pid: number; readonly command: string };

/**
 * All living processes of a world, looked for among all there are: by what stands in their environment and arguments. A
 * zombie is dead.
 */
export function processesOf({ root }: Pick<World, 'root'>): Seen[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name) && Number(name) !== process.pid)
    .filter(
      (pid) => isAlive(pid) && (read(pid, 'environ').includes(root) || read(pid, 'cmdline').includes(root)),
    )
    .map((pid) => ({ pid: Number(pid), command: read(pid, 'cmdline').replaceAll('\0', ' ').trim() }));
}

function isAlive(pid: string): boolean {
  const stat = read(pid, 'stat');
  return stat !== '' && !/^[ZX]/.test(stat.slice(stat.lastIndexOf(')') + 2));
}

function read(pid: string, name: string): string {
  try {
    return readFileSync(`/proc/${pid}/${name}`, 'latin1');
  } catch {
    return ''; // It is gone, or belongs to somebody else.
  }
}
