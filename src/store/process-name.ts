import { readFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { hasProcessTable } from '../lib/platform.ts';
import { processOf } from '../process/process-table.ts';

/** A process by name: its id, the time it started, and the boot of the host it runs on. */
export type ProcessName = {
  readonly host: string;
  readonly boot: string;
  readonly pid: number;
  readonly started: string;
};

/** What this process is called. */
export async function ownName(): Promise<ProcessName> {
  const boot = await readFile('/proc/sys/kernel/random/boot_id', 'utf8').catch(() => ''); // Linux only
  return { host: hostname(), boot: boot.trim(), pid: process.pid, started: startOf(process.pid) };
}

/** Is a process surely gone? Of another host, or of another boot of this one, nobody here can tell. */
export function isGone(name: ProcessName, own: ProcessName): boolean {
  if (name.host !== own.host || name.boot !== own.boot) return false;
  return startOf(name.pid) !== name.started;
}

/** When a process started, in clock ticks since the boot; '' when it is gone or a zombie. Without a table, whether it answers. */
function startOf(pid: number): string {
  if (hasProcessTable()) {
    const found = processOf(pid);
    return found && !found.isZombie ? found.started : '';
  }
  try {
    process.kill(pid, 0);
    return 'alive';
  } catch {
    return '';
  }
}
