import { runProcess } from '../process/run-process.ts';
import type { Attempt, Env } from './agent-cli.ts';
import { unfinished } from './failures.ts';

/** The oldest codex whose options and events are understood. */
export const OLDEST_CODEX = '0.100.0';

const known = new Map<string, string>();
const LIMIT = { timeoutMs: 30_000, idleTimeoutMs: 0 };

/** The version a program tells, asked once; null where it tells none. A failure where it cannot be started. */
export async function versionOf(
  program: { readonly file: string; readonly env: Env; readonly cwd: string },
  signal: AbortSignal,
): Promise<Attempt<string | null>> {
  const key = `${program.file}\0${program.env.PATH}`;
  const before = known.get(key);
  if (before !== undefined) return { ok: true, value: before };

  const collect = { from: 'stdout', most: 1000 } as const;
  const end = await runProcess({ ...program, ...LIMIT, args: ['--version'], collect }, signal);
  const failure = unfinished(program.file, end, { ...LIMIT, trouble: null });
  if (failure) return { ok: false, failure };
  const version = versionIn(end.output);
  if (version !== null) known.set(key, version);
  return { ok: true, value: version };
}

/** The first `1.2.3` in a text. */
export function versionIn(text: string): string | null {
  return /\b\d+\.\d+\.\d+\b/.exec(text)?.[0] ?? null;
}

/** Is a version lower than another, number by number? */
export function isTooOld(version: string, oldest: string): boolean {
  const [have, need] = [version, oldest].map((it) => it.split('.').map(Number));
  const at = [0, 1, 2].find((place) => have?.[place] !== need?.[place]);
  return at !== undefined && (have?.[at] ?? 0) < (need?.[at] ?? 0);
}
