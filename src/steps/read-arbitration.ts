import { applyArbitration, reconcile, refutesEverything } from '../core/arbiter/arbitrate.ts';
import { stacked } from '../core/arbiter/guard-stacking.ts';
import { readArbitration } from '../core/arbiter/read.ts';
import type { Fact, FactOf, Ruling } from '../core/fact.ts';
import { files } from '../core/paths.ts';
import { currentRound, type Run } from '../core/run.ts';
import type { Step } from '../core/step.ts';
import type { Ports } from '../ports.ts';
import { candidatesOf, shownTo } from './arbiter-order.ts';
import { keptText } from './round-text.ts';

type Read = FactOf<'arbitration.read'>;

/** Reads the arbiter's facts and derives the gates. Whatever is in the way of a ruling, the findings stay as they were. */
export async function* readArbitrationStep(
  { call, problem }: Extract<Step, { do: 'read-arbitration' }>,
  run: Run,
  ports: Ports,
): AsyncGenerator<Fact> {
  const round = currentRound(run).number;
  const nothing: Read = {
    type: 'arbitration.read',
    round,
    call,
    result: 'void',
    problem,
    rulings: [],
    stacked: [],
  };
  if (call === null || run.position.at !== 'arbitrating') {
    yield nothing;
    return;
  }
  const { refuted } = run.position;
  const text = await keptText(ports.files, files.answer(round, call));
  await ports.files.write(files.arbiter(round), text);
  const rulings = rulingsIn(text, run, refuted === null ? 'first' : 'second');
  if ('problem' in rulings) {
    yield { ...nothing, result: 'unreadable', problem: rulings.problem };
    return;
  }
  if (refuted === null && refutesEverything(rulings)) {
    yield { ...nothing, result: 'refutes-all', rulings };
    return;
  }
  const first =
    refuted === null
      ? null
      : rulingsIn(await keptText(ports.files, files.answer(round, refuted)), run, 'first');
  const final = first && !('problem' in first) ? reconcile(shownTo(run, 'first'), first, rulings) : rulings;
  yield { ...nothing, result: 'ruled', rulings: final, stacked: stackedOf(final, run) };
}

function rulingsIn(
  text: string,
  run: Run,
  asking: 'first' | 'second',
): Ruling[] | { readonly problem: string } {
  const shown = shownTo(run, asking);
  const read = readArbitration(text, { count: shown.length });
  return 'problem' in read ? read : applyArbitration(shown, read, candidatesOf(run, shown));
}

/** Guards that pile up on one cause are a matter of design. */
function stackedOf(rulings: readonly Ruling[], { ledger }: Run): string[] {
  const admitted = rulings
    .filter(({ gate, same_as: same }) => gate === 'actionable' && same === null)
    .flatMap(({ id, cause, fix_kind }) => {
      const finding = ledger.get(id)?.finding;
      return finding ? [{ ...finding, cause, fix_kind }] : [];
    });
  return stacked(admitted, ledger);
}
