import { measure, type Measured } from './measure.ts';
import { STRATEGIES } from './strategies.ts';
import { play } from './world.ts';

/** Measures the runs of a strategy on the plans of these seeds. */
export async function measured(strategy: string, seeds: readonly number[]): Promise<Measured[]> {
  const staging = STRATEGIES[strategy];
  if (!staging) throw new Error(`There is no strategy ${strategy}. There are: ${Object.keys(STRATEGIES).join(', ')}.`);
  const rows: Measured[] = [];
  for (const seed of seeds) rows.push(measure(await play(seed, staging)));
  return rows;
}
