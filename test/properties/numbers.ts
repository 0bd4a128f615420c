/**
 * How often a property is tried, and from which seed: `npm run test:properties -- 100000 42`. A failure prints its seed and
 * path; with that seed it is met again.
 */
export function numbers(usual: number): { readonly numRuns: number; readonly seed?: number } {
  const [runs, seed] = [process.env['PROPERTY_RUNS'], process.env['PROPERTY_SEED']];
  const numRuns = runs === undefined ? usual : Number(runs);
  return seed === undefined ? { numRuns } : { numRuns, seed: Number(seed) };
}
