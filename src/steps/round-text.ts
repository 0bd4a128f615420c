import { currentRound, type Run } from '../core/run.ts';
import { files } from '../core/paths.ts';
import type { RunFiles } from '../ports.ts';

/** The baseline text of the current round, as it was kept when the round opened. */
export async function baselineText(run: Run, kept: RunFiles): Promise<string> {
  return keptText(kept, files.baseline(currentRound(run).number));
}

/** A text that the run directory must have. Throws when somebody removed it. */
export async function keptText(kept: RunFiles, name: string): Promise<string> {
  const text = await kept.read(name);
  if (text === undefined) throw new Error(`The run directory has lost ${name}.`);
  return text;
}
