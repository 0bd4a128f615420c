import { currentRound, type Run } from '../core/run.ts';
import { files } from '../core/paths.ts';
import { runDamaged } from '../errors/store.ts';
import type { RunFiles } from '../ports.ts';

/** The baseline text of the current round, as it was kept when the round opened. */
export async function baselineText(run: Run, kept: RunFiles): Promise<string> {
  return keptText(kept, files.baseline(currentRound(run).number));
}

/** A text that the run directory must have. Throws a `UserError` when somebody removed it. */
export async function keptText(kept: RunFiles, name: string): Promise<string> {
  const text = await kept.read(name);
  if (text === undefined) throw runDamaged(await dirOf(kept), name, 'is gone');
  return text;
}

/** The run directory itself. */
export function dirOf(kept: RunFiles): Promise<string> {
  return kept.pathOf('.');
}
