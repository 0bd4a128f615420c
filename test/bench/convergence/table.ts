import type { Measured, Tally } from './measure.ts';

/** The runs of each strategy, by its name. */
export type Runs = Readonly<Record<string, readonly Measured[]>>;

/** Statuses that say that nothing is left to be done. */
export const QUIET: readonly string[] = ['completed_clean', 'completed_converged', 'completed_verified'];

/** What the strategies cost and leave, as a table in markdown; and what became of the rest, as another. */
export function tables(runs: Runs): string {
  return [markdown(runs, COLUMNS), markdown(runs, MORE)].join('\n\n');
}

type Columns = Readonly<Record<string, (of: readonly Measured[]) => string>>;

function markdown(runs: Runs, columns: Columns): string {
  const names = Object.keys(columns);
  const rows = Object.entries(runs).map(([name, of]) =>
    row([name, ...names.map((column) => columns[column]?.(of) ?? '')]),
  );
  return [row(['strategy', ...names]), row(['strategy', ...names].map(() => '---')), ...rows].join('\n');
}

function row(cells: readonly string[]): string {
  return `| ${cells.join(' | ')} |`;
}

const COLUMNS: Columns = {
  rounds: (of) => meanOf(of, ({ rounds }) => rounds).toFixed(1),
  calls: (of) => meanOf(of, ({ calls }) => calls).toFixed(1),
  units: (of) =>
    `${meanOf(of, ({ units }) => units).toFixed(1)} ± ${errorOf(of, ({ units }) => units).toFixed(1)}`,
  'blocking left': (of) =>
    `${meanOf(of, ({ left }) => left).toFixed(2)} ± ${errorOf(of, ({ left }) => left).toFixed(2)}`,
  'unknown to the user': (of) => meanOf(of, ({ unknown }) => unknown).toFixed(2),
  'noise edits': (of) => meanOf(of, ({ noise }) => noise).toFixed(1),
  size: (of) => `x${meanOf(of, ({ size }) => size).toFixed(2)}`,
  'nothing left, said': (of) => percent(quiet(of).length, of.length),
  'of that false': (of) => percent(quiet(of).filter(({ left }) => left > 0).length, quiet(of).length),
  'r: true, blocking, found, counted': (of) => RATES.map((value) => perFix(of, value).toFixed(2)).join(', '),
};

const RATES: readonly ((run: Measured) => number)[] = [
  ({ induced }) => induced,
  ({ inducedBlocking }) => inducedBlocking,
  ({ inducedFound }) => inducedFound,
  ({ inducedCounted }) => inducedCounted,
];

const MORE: Columns = {
  endings: (of) => shares(of),
  'handed over': (of) => means(of, ({ handedOver }) => handedOver),
  'blocking, left, handed over': (of) => means(of, ({ handedOverReal }) => handedOverReal),
  'sent back': (of) => means(of, ({ sentBack }) => sentBack),
  decided: (of) => means(of, ({ decided }) => decided),
  'same id again': (of) =>
    percent(
      sumOf(of, ({ sameId }) => sameId),
      sumOf(of, ({ raisedAgain }) => raisedAgain),
      1,
    ),
  'ids of two defects': (of) =>
    percent(
      sumOf(of, ({ mergedIds }) => mergedIds),
      sumOf(of, ({ ids }) => ids),
      1,
    ),
};

/** The mean of a value over runs. */
export function meanOf(of: readonly Measured[], value: (run: Measured) => number): number {
  return sumOf(of, value) / of.length;
}

/** Something per finding that was fixed, over all runs together. */
export function perFix(of: readonly Measured[], value: (run: Measured) => number): number {
  return sumOf(of, value) / sumOf(of, ({ fixes }) => fixes);
}

/** The runs that said that nothing is left. */
export function quiet(of: readonly Measured[]): readonly Measured[] {
  return of.filter(({ status }) => QUIET.includes(status));
}

function sumOf(of: readonly Measured[], value: (run: Measured) => number): number {
  return of.reduce((sum, run) => sum + value(run), 0);
}

/** The standard error of a mean. */
function errorOf(of: readonly Measured[], value: (run: Measured) => number): number {
  const mean = meanOf(of, value);
  return Math.sqrt(of.reduce((sum, run) => sum + (value(run) - mean) ** 2, 0)) / of.length;
}

function percent(part: number, whole: number, digits = 0): string {
  return whole === 0 ? '-' : `${((100 * part) / whole).toFixed(digits)} %`;
}

/** What is counted by name, as means per run. */
function means(of: readonly Measured[], value: (run: Measured) => Tally): string {
  const names = [...new Set(of.flatMap((run) => Object.keys(value(run))))].toSorted();
  return names.map((name) => `${name} ${meanOf(of, (run) => value(run)[name] ?? 0).toFixed(2)}`).join(', ');
}

function shares(of: readonly Measured[]): string {
  const times = new Map<string, number>();
  for (const { status, reason } of of) {
    const name = [status, reason].filter(Boolean).join(' ');
    times.set(name, (times.get(name) ?? 0) + 1);
  }
  return [...times]
    .toSorted(([, a], [, b]) => b - a)
    .map(([name, n]) => `${name} ${percent(n, of.length)}`)
    .join(', ');
}
