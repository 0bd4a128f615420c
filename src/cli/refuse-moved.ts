import { runMoved } from '../errors/planted.ts';
import type { Resolution } from './resolve.ts';

/**
 * Refuses to work on a run that was recorded elsewhere (`from`; null: here) unless the repository is trusted: what it names
 * would be run, and what it kept be written, and nobody here may have chosen either.
 */
export function refuseMoved(
  run: { readonly id: string; readonly dir: string; readonly from: string | null },
  { isTrusted }: Pick<Resolution, 'isTrusted'>,
): void {
  if (run.from !== null && !isTrusted) throw runMoved({ ...run, from: run.from });
}
