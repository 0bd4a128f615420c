import { gammaP, gammaQuantile } from './gamma.ts';
import type { Interval } from './quantile.ts';

/**
 * What a run has seen of its own damage. `fixes` counts how often a finding was edited and applied, each finding of each
 * round once. `induced` counts admitted findings about lines that such a fix wrote (generation 1 and more). Defects that
 * nobody saw are not in it: it is about induced defects *seen* per fix, the true rate times the chance that the look at a
 * fix sees one.
 */
export type Damage = { readonly fixes: number; readonly induced: number };

export type Reproduction = Interval & {
  /** Induced findings per fix, drawn towards 0.5 as long as there are few fixes: its bias is (0.5 - r) / (fixes + 1). */
  readonly rate: number;
};

/**
 * The reproduction number of the defects of a run, with its middle 80 %: the posterior of a Poisson rate under Jeffreys'
 * shape 0.5 and one fix's worth of weight, Gamma(0.5 + induced, 1 + fixes). To average over runs, add up both counts first.
 */
export function reproduction({ fixes, induced }: Damage): Reproduction {
  const posterior = { shape: 0.5 + induced, rate: 1 + fixes };
  return {
    rate: posterior.shape / posterior.rate,
    low: gammaQuantile(0.1, posterior),
    high: gammaQuantile(0.9, posterior),
  };
}

/** The probability, under the same posterior, that a fix causes more than `rate` findings. */
export function probabilityAbove(rate: number, { fixes, induced }: Damage): number {
  return 1 - gammaP(0.5 + induced, rate * (1 + fixes));
}
