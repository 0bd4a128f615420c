import { BROKEN, type Measured } from './measure.ts';
import { meanOf, perFix, quiet, type Runs } from './table.ts';

/** What the benchmark promises, and whether it holds; null where the runs it speaks of were not made. */
export type Target = { readonly what: string; readonly measured: string; readonly isMet: boolean | null };

/** Judges every target. `bounds` are the most calls and decisions that a run of a strategy may take. */
export function targets(runs: Runs, bounds: Readonly<Record<string, Bound>>): Target[] {
  return [
    compared(runs, 'rounds costs at most a third of bare re-review', (rounds, bare) => {
      const [cost, most] = [meanOf(rounds, ({ units }) => units), meanOf(bare, ({ units }) => units) / 3];
      return { measured: `${cost.toFixed(1)} of ${most.toFixed(1)} units`, isMet: cost <= most };
    }),
    compared(runs, 'rounds leaves no more blocking defects than bare re-review', (rounds, bare) => {
      const [left, most] = [meanOf(rounds, (run) => run.left), meanOf(bare, (run) => run.left)];
      return { measured: `${left.toFixed(2)} against ${most.toFixed(2)}`, isMet: left <= most };
    }),
    compared(runs, 'rounds leaves no more that the user does not know of', (rounds, bare) => {
      const [left, most] = [meanOf(rounds, (run) => run.unknown), meanOf(bare, (run) => run.unknown)];
      return { measured: `${left.toFixed(2)} against ${most.toFixed(2)}`, isMet: left <= most };
    }),
    about(runs, 'frozen', 'frozen leaves at most 3.1 of 8 blocking defects at 7.5 units', (of) => {
      const [left, cost] = [meanOf(of, (run) => run.left), meanOf(of, ({ units }) => units)];
      return { measured: `${left.toFixed(2)} at ${cost.toFixed(1)}`, isMet: left <= 3.1 && cost <= 7.5 };
    }),
    ...Object.entries(runs).map(([name, of]) => bounded(name, of, bounds[name])),
    ...Object.entries(runs)
      .filter(([name]) => name.startsWith('void'))
      .map(([name, of]) => ({
        what: `${name}: citations of nothing never lead to an approval`,
        measured: `${quiet(of).length} of ${of.length} runs`,
        isMet: quiet(of).length === 0,
      })),
    ...['rounds', 'frozen'].map((name) =>
      about(runs, name, `${name} counts the findings its fixes caused within 0.05 per fix`, (of) => {
        const [found, counted] = [
          perFix(of, (run) => run.inducedFound),
          perFix(of, (run) => run.inducedCounted),
        ];
        return {
          measured: `${counted.toFixed(3)} for ${found.toFixed(3)}`,
          isMet: Math.abs(counted - found) <= 0.05,
        };
      }),
    ),
  ];
}

/** The most that a run may take; null: nothing was proven. */
export type Bound = { readonly calls: number; readonly decisions: number };

type Judged = Pick<Target, 'measured'> & { readonly isMet: boolean };

function about(runs: Runs, name: string, what: string, judge: (of: readonly Measured[]) => Judged): Target {
  const of = runs[name];
  return of ? { what, ...judge(of) } : { what, measured: 'not run', isMet: null };
}

function compared(
  runs: Runs,
  what: string,
  judge: (rounds: readonly Measured[], bare: readonly Measured[]) => Judged,
): Target {
  const { A: bare } = runs;
  return bare
    ? about(runs, 'rounds', what, (rounds) => judge(rounds, bare))
    : { what, measured: 'not run', isMet: null };
}

function bounded(name: string, of: readonly Measured[], bound: Bound | undefined): Target {
  const what = `${name}: no run exceeds its bound`;
  if (!bound) return { what, measured: 'no bound is known', isMet: null };
  const [calls, decisions] = [
    Math.max(...of.map((run) => run.calls)),
    Math.max(...of.map((run) => run.decisions)),
  ];
  const threw = of.filter(({ reason }) => reason === BROKEN);
  const seeds =
    threw.length === 0
      ? ''
      : `; ${threw.length} threw, seeds ${threw
          .slice(0, 5)
          .map(({ seed }) => seed)
          .join(', ')}`;
  return {
    what,
    measured: `${calls} of ${bound.calls} calls, ${decisions} of ${bound.decisions} decisions${seeds}`,
    isMet: calls <= bound.calls && decisions <= bound.decisions && threw.length === 0,
  };
}

/** The targets as a list in markdown. */
export function list(all: readonly Target[]): string {
  const mark = (isMet: boolean | null): string => (isMet === null ? ' ' : isMet ? 'x' : '!');
  return all.map(({ what, measured, isMet }) => `- [${mark(isMet)}] ${what}: ${measured}`).join('\n');
}
