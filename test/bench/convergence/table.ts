import { QUIET, type Measured } from './measure.ts';

/** The runs of several strategies as a table in markdown. */
export function table(runs: Readonly<Record<string, readonly Measured[]>>): string {
  const rows = Object.entries(runs).map(([name, of]) => `| ${[name, ...cells(of)].join(' | ')} |`);
  return [`| ${HEADS.join(' | ')} |`, `|${HEADS.map(() => '---').join('|')}|`, ...rows].join('\n');
}

const HEADS = [
  'strategy', 'rounds', 'calls', 'units', 'left', 'unknown', 'noise edits', 'size', 'said quiet / false', 'handed over', 'of it real and left', 'sent back', 'decided',
  'r: all, blocking, counted', 'endings',
] as const; // prettier-ignore

function cells(of: readonly Measured[]): string[] {
  const mean = (value: (run: Measured) => number, digits = 1): string => meanOf(of, value).toFixed(digits);
  const quiet = of.filter(({ status }) => QUIET.includes(status));
  const wrong = quiet.filter(({ left }) => left > 0);
  const perFix = (value: (run: Measured) => number): string =>
    (meanOf(of, value) / meanOf(of, ({ fixes }) => fixes)).toFixed(2);
  return [
    mean(({ rounds }) => rounds),
    mean(({ calls }) => calls),
    mean(({ units }) => units),
    mean(({ left }) => left, 2),
    mean(({ unknown }) => unknown, 2),
    mean(({ noise }) => noise),
    `x${mean(({ size }) => size, 2)}`,
    `${percent(quiet.length, of.length)} / ${percent(wrong.length, quiet.length)}`,
    tallies(of, ({ handedOver }) => handedOver),
    tallies(of, ({ handedOverReal }) => handedOverReal),
    tallies(of, ({ sentBack }) => sentBack),
    tallies(of, ({ decided }) => decided),
    [perFix(({ induced }) => induced), perFix(({ inducedBlocking }) => inducedBlocking), perFix(({ countedInduced }) => countedInduced)].join(', '),
    endings(of),
  ];
}

/** The mean of a value over runs. */
export function meanOf(of: readonly Measured[], value: (run: Measured) => number): number {
  return of.reduce((sum, run) => sum + value(run), 0) / of.length;
}

function percent(part: number, whole: number): string {
  return whole === 0 ? '-' : `${Math.round((100 * part) / whole)} %`;
}

/** What is counted by name, as means per run. */
function tallies(of: readonly Measured[], value: (run: Measured) => Readonly<Record<string, number>>): string {
  const names = [...new Set(of.flatMap((run) => Object.keys(value(run))))].toSorted();
  return names.map((name) => `${name} ${meanOf(of, (run) => value(run)[name] ?? 0).toFixed(2)}`).join(', ');
}

function endings(of: readonly Measured[]): string {
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
