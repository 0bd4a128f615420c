import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { afterAll } from 'vitest';

const made: string[] = [];

afterAll(() => {
  for (const dir of made.splice(0)) rmSync(dir, { recursive: true, force: true });
});

/** A fresh directory that is gone after the test file. */
export function freshDir(): string {
  const dir = realpathSync(mkdtempSync(join(tmpdir(), 'refine-plan-test-')));
  made.push(dir);
  return dir;
}

/** An executable file; the text needs its own first line. */
export function program(dir: string, name: string, text: string): string {
  mkdirSync(dir, { recursive: true });
  const path = join(dir, name);
  writeFileSync(path, text);
  chmodSync(path, 0o755);
  return path;
}

/** An environment in which the programs of these directories are found first. */
export function envWith(dirs: readonly string[], more: Record<string, string> = {}): Record<string, string> {
  const path = [...dirs, process.env.PATH ?? ''].join(delimiter);
  return { PATH: path, HOME: freshDir(), TMPDIR: process.env.TMPDIR ?? '/tmp', ...more };
}

/** Is a process alive? A zombie is dead, though a signal still reaches its pid. */
export function isAlive(pid: number): boolean {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
    return !/^[ZX]/.test(stat.slice(stat.lastIndexOf(')') + 2));
  } catch {
    return false;
  }
}

export const NEVER = new AbortController().signal;
