import type { Fact, FactOf } from '../core/fact.ts';
import { applyEdits, placeEdits, type PlacedEdit } from '../core/edits.ts';
import { keepEdges } from '../core/keep-shape.ts';
import { files } from '../core/paths.ts';
import { readEdits } from '../core/read-edits.ts';
import { currentRound, type Proposal, type Run } from '../core/run.ts';
import { driftIn, hasDrifted, type Drift, type Sentinels } from '../core/sentinels.ts';
import type { Step } from '../core/step.ts';
import type { Ports } from '../ports.ts';
import { placesOf } from './places.ts';
import { reject } from './reject.ts';
import { baselineText, keptText } from './round-text.ts';

type DriftChecked = FactOf<'drift.checked'>;

/** Compares new bytes with the sentinels taken before the edit. */
export async function* checkDrift(
  { of }: Extract<Step, { do: 'check-drift' }>,
  run: Run,
  ports: Ports,
): AsyncGenerator<Fact> {
  yield of === 'edits' ? await checkEdits(run, ports) : await checkFound(run, ports);
}

async function checkEdits(run: Run, ports: Ports): Promise<DriftChecked> {
  if (run.position.at !== 'checking') throw new Error('There is no edit to check.');
  const { proposal, work } = run.position;
  const round = currentRound(run).number;
  const text = await proposedText(run, ports, proposal);
  const drift = driftIn(text, sentinelsBefore(run));
  const { sha256, candidate, edits } = proposal;
  const checked: DriftChecked = { ...checkedAs('edits', round, drift), edits, sha256, candidate };
  if (!hasDrifted(drift)) return checked;

  await reject(ports.files, round, {
    call: currentRound(run).edits?.call ?? '',
    problem: `Would lose: ${drift.lost.join(', ') || 'a **load-bearing** mark'}`,
    text,
  });
  const isSecond = work.sentBack.some(({ cause }) => cause === 'drift');
  if (!isSecond || run.settings.edit_mode !== 'patch') return checked;
  return dropLosingEdits(run, ports, checked);
}

/** What was proposed. A step that died after it dropped edits left the rest in that file: then the edits are applied anew. */
async function proposedText(run: Run, ports: Ports, { sha256, candidate }: Proposal): Promise<string> {
  const text = await keptText(ports.files, candidate);
  if (ports.plan.digest(text) === sha256) return text;
  const baseline = await baselineText(run, ports.files);
  return keepEdges(baseline, applyEdits(baseline, await placedEdits(run, ports, baseline)));
}

/** The edits of the answer that was read, each at its place in the baseline. */
async function placedEdits(run: Run, ports: Ports, baseline: string): Promise<readonly PlacedEdit[]> {
  const round = currentRound(run);
  const answer = readEdits(await keptText(ports.files, files.answer(round.number, round.edits?.call ?? '')));
  if ('problem' in answer) return [];
  const known = new Set(answer.edits.flatMap(({ findings }) => findings));
  const placement = placeEdits(baseline, answer.edits, known);
  return 'problems' in placement ? [] : placement.placed;
}

/** The second try loses a string too: only the edits that lose it are dropped, and their findings handed over. */
async function dropLosingEdits(run: Run, ports: Ports, checked: DriftChecked): Promise<DriftChecked> {
  const round = currentRound(run);
  const baseline = await baselineText(run, ports.files);
  const placed = await placedEdits(run, ports, baseline);
  const kept = withoutLosers(baseline, placed, sentinelsBefore(run));
  if (kept.length === 0) return checked;
  const text = keepEdges(baseline, applyEdits(baseline, kept));
  if (text === baseline) return checked;
  await ports.files.write(files.candidate(round.number), text);
  const still = new Set(kept.flatMap(({ edit }) => edit.findings));
  const lost = new Set(placed.flatMap(({ edit }) => edit.findings).filter((id) => !still.has(id)));
  const why = `Its fix would lose ${checked.lost.join(', ') || 'a **load-bearing** mark'}.`;
  return {
    ...checked,
    ok: true,
    edits: placesOf(baseline, kept),
    handed_over: [...lost].map((id) => ({ id, because: 'drift', why })),
    sha256: ports.plan.digest(text),
  };
}

/** Drops, one at a time, the edit without which the fewest strings are lost, until none is. */
function withoutLosers(
  baseline: string,
  placed: readonly PlacedEdit[],
  sentinels: Sentinels,
): readonly PlacedEdit[] {
  const losses = (edits: readonly PlacedEdit[]): number => {
    const { lost, markersBefore, markersAfter } = driftIn(applyEdits(baseline, edits), sentinels);
    return lost.length + Math.max(0, markersBefore - markersAfter);
  };
  let kept = placed;
  while (kept.length > 0 && losses(kept) > 0) {
    const without = kept.map((dropped) => kept.filter((edit) => edit !== dropped));
    kept = without.reduce((best, candidate) => (losses(candidate) < losses(best) ? candidate : best));
  }
  return kept;
}

/**
 * The bytes that a commit left, as they were kept: they must hold the same strings. What has become of the plan since is
 * not looked at, for that is nobody's but a person's. A draft has no sentinels yet.
 */
async function checkFound(run: Run, ports: Ports): Promise<DriftChecked> {
  const { position, expected } = run;
  const round = run.rounds.length;
  const checked = { edits: [], sha256: expected.sha256, candidate: null };
  if (position.at === 'committing' && position.kind === 'draft')
    return { ...checkedAs('hook', round, driftIn('', { strings: [], markerLines: 0 })), ...checked };
  const text = await keptText(ports.files, files.candidate(round));
  return { ...checkedAs('hook', round, driftIn(text, sentinelsBefore(run))), ...checked };
}

function sentinelsBefore(run: Run): Sentinels {
  const { sentinels, marker_lines: markerLines } = currentRound(run).baseline;
  return { strings: sentinels, markerLines };
}

function checkedAs(
  of: 'edits' | 'hook',
  round: number,
  drift: Drift,
): Omit<DriftChecked, 'edits' | 'sha256' | 'candidate'> {
  const { lost, markersBefore, markersAfter } = drift;
  return {
    type: 'drift.checked',
    round,
    of,
    ok: !hasDrifted(drift),
    lost: [...lost],
    markers_before: markersBefore,
    markers_after: markersAfter,
    handed_over: [],
  };
}
