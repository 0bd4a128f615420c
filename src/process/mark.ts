import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';

/**
 * The variable by which a process is known again, whatever session or group it made for itself: all that descend from
 * a call inherit it. It holds the marks of all calls around a process, outermost first.
 */
export const MARKS = '_REFINE_PLAN_CALLS';

type Env = Readonly<Record<string, string | undefined>>;

/** A mark that nothing else bears. */
export function newMark(): string {
  return randomBytes(8).toString('hex');
}

/** An environment with one more mark. */
export function withMark(env: Env, mark: string | undefined): Env {
  if (mark === undefined) return env;
  const around = env[MARKS];
  return { ...env, [MARKS]: around ? `${around} ${mark}` : mark };
}

/** Was a process started with this mark? False too where that cannot be seen. */
export function bearsMark(pid: number, mark: string): boolean {
  try {
    const env = readFileSync(`/proc/${pid}/environ`, 'latin1');
    return env.includes(mark) && env.split('\0').some((variable) => names(variable, mark));
  } catch {
    return false; // It is gone, belongs to somebody else, or there is no /proc.
  }
}

function names(variable: string, mark: string): boolean {
  const start = `${MARKS}=`;
  return variable.startsWith(start) && variable.slice(start.length).split(' ').includes(mark);
}
