import { readFile } from 'node:fs/promises';
import { hostname } from 'node:os';

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
  const started = await startOf(process.pid);
  return { host: hostname(), boot: boot.trim(), pid: process.pid, started };
}

/** Is a process surely gone? Of another host, or of another boot of this one, nobody here can tell. */
export async function isGone(name: ProcessName, own: ProcessName): Promise<boolean> {
  if (name.host !== own.host || name.boot !== own.boot) return false;
  return (await startOf(name.pid)) !== name.started;
}

/** When a process started: field 22 of /proc/<pid>/stat, in clock ticks; '' when it is gone or a zombie. Elsewhere, whether it answers. */
async function startOf(pid: number): Promise<string> {
  if (process.platform === 'linux') {
    const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '');
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return fields[0] === 'Z' ? '' : (fields[19] ?? '');
  }
  try {
    process.kill(pid, 0);
    return 'alive';
  } catch {
    return '';
  }
}
