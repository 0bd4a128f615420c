import { readFile, realpath, stat } from 'node:fs/promises';
import type { Dismissal } from '../core/dismissal.ts';
import { UserError } from '../errors.ts';
import { dismissedDamaged, dismissedUnreadable, dismissedUnwritable } from '../errors/dismissed.ts';
import { oneLine } from '../lib/text.ts';
import { atomicWrite } from './atomic-write.ts';

/** Where what was dismissed of a plan is kept: beside its real path, for the user to commit. */
export function dismissedFile(plan: string): string {
  return `${plan}.dismissed.json`;
}

/** What was dismissed of the plan at this real path, oldest first; nothing where there is no such file. */
export async function readDismissals(plan: string): Promise<readonly Dismissal[]> {
  const path = dismissedFile(plan);
  const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT' || error.code === 'ENAMETOOLONG') return null; // a name too long was never written
    throw dismissedUnreadable(path, error);
  });
  if (text === null) return [];
  const { KeptDismissals } = await import('./dismissed-schema.ts'); // few plans have any, and it is long to load
  const kept = KeptDismissals.safeParse(jsonOf(text, path));
  if (kept.success) return kept.data;
  const { path: where = [], message = '' } = kept.error.issues[0] ?? {};
  throw dismissedDamaged(path, `${where.length > 0 ? `at ${where.join('.')}: ` : ''}${message}`);
}

function jsonOf(text: string, path: string): unknown {
  try {
    return JSON.parse(text.replace(/^\ufeff/, ''));
  } catch (error) {
    throw dismissedDamaged(
      path,
      `it is no JSON (${oneLine(error instanceof Error ? error.message : String(error))})`,
    );
  }
}

/** Keeps what was dismissed of a plan: the whole list at once, in its order. A link is followed; the mode stays. */
export async function writeDismissals(plan: string, dismissals: readonly Dismissal[]): Promise<void> {
  const path = dismissedFile(plan);
  const target = await realpath(path).catch(() => path); // not there yet
  const mode = await stat(target).then(
    (file) => file.mode & 0o7777,
    () => null,
  );
  const content = `${JSON.stringify(dismissals, null, 2)}\n`;
  await atomicWrite(target, content, {
    mode: 0o666, // as far as the umask goes: it is a file of the repository like any other
    ...(mode === null ? {} : { prepare: (file) => file.chmod(mode) }),
  }).catch((error: unknown) => {
    throw error instanceof UserError ? dismissedUnwritable(path, error.cause) : error;
  });
}
