import { broken, measure, type Measured } from './measure.ts';
import type { Parameters } from './parameters.ts';
import { STRATEGIES } from './strategies.ts';
import { play } from './world.ts';

type Asked = {
  readonly strategy: string;
  readonly seeds: readonly number[];
  readonly parameters?: Partial<Parameters>;
};

/** Measures the runs of a strategy on the plans of these seeds. */
export async function measured({ strategy, seeds, parameters }: Asked): Promise<Measured[]> {
  const staging = STRATEGIES[strategy];
  if (!staging) throw new Error(`There is no strategy ${strategy}.`);
  const rows: Measured[] = [];
  for (const seed of seeds) {
    const played = play(seed, { ...staging, parameters: { ...staging.parameters, ...parameters } });
    rows.push(await played.then(measure, (error: unknown) => broken(seed, error)));
  }
  return rows;
}
