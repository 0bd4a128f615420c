import type { Fact, FactOf, HandedOver } from '../core/fact.ts';
import { files } from '../core/paths.ts';
import { notTakenBack } from '../core/policies/regenerating.ts';
import { assemble } from '../core/propose.ts';
import { currentRound, type Proposal, type Run } from '../core/run.ts';
import { driftIn, hasDrifted, type Drift } from '../core/sentinels.ts';
import type { Step } from '../core/step.ts';
import type { Ports } from '../ports.ts';
import { partsOf, withoutLosers } from './drift-parts.ts';
import { reject } from './reject.ts';
import { keptText } from './round-text.ts';
import { sentinelsBefore } from './sentinels-before.ts';
import { leftText } from './shift.ts';

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
  const { sha256, candidate, reverts } = proposal;
  const checked: DriftChecked = {
    ...checkedAs('edits', round, drift),
    reverts: [...reverts],
    sha256,
    candidate,
  };
  if (!hasDrifted(drift)) return checked;

  await reject(ports.files, round, {
    call: currentRound(run).edits?.call || 'Without a call',
    problem: `Would lose: ${drift.lost.join(', ') || 'a **load-bearing** mark'}`,
    text,
  });
  const rest = await withoutLosers(run, ports, proposal);
  const isSecond = work.sentBack.some(({ cause }) => cause === 'drift');
  if (!rest || (rest.isOthers && !isSecond)) return checked;
  await ports.files.write(files.candidate(round), rest.text);
  const why = `would lose ${drift.lost.join(', ') || 'a **load-bearing** mark'}`;
  return {
    ...checked,
    ok: true,
    edits: rest.edits,
    reverts: [...rest.reverts],
    handed_over: [
      ...rest.lost.map((id): HandedOver => ({ id, because: 'drift', why: `Its fix ${why}.` })),
      ...rest.overgrown.map((id): HandedOver => ({ id, because: 'growth', why: OVERGROWN })),
      ...notTakenBack(rest.reverts.length > 0 ? [] : reverts, 'drift', `that ${why}`),
    ],
    sha256: ports.plan.digest(rest.text),
  };
}

const OVERGROWN = 'Without the edits that were dropped, its fix adds more to the plan than may be.';

/** What was proposed. A step that died after it dropped edits left the rest in that file: then it is made anew. */
async function proposedText(run: Run, ports: Ports, proposal: Proposal): Promise<string> {
  const text = await keptText(ports.files, proposal.candidate);
  if (ports.plan.digest(text) === proposal.sha256) return text;
  const parts = await partsOf(run, ports, proposal);
  return 'edited' in parts ? parts.text : assemble(parts.baseline, parts.placed, parts.reverts).text;
}

/**
 * The bytes that a commit left, as they were kept: they must hold the same strings. What has become of the plan since is
 * not looked at, for that is nobody's but a person's. A draft has no sentinels yet.
 */
async function checkFound(run: Run, ports: Ports): Promise<DriftChecked> {
  const { position, expected } = run;
  const round = run.rounds.length;
  const checked = { sha256: expected.sha256, candidate: null };
  if (position.at === 'committing' && position.kind === 'draft')
    return { ...checkedAs('hook', round, driftIn('', { strings: [], markerLines: 0 })), ...checked };
  const text = await leftText(run, ports);
  return { ...checkedAs('hook', round, driftIn(text, sentinelsBefore(run))), ...checked };
}

function checkedAs(
  of: 'edits' | 'hook',
  round: number,
  drift: Drift,
): Omit<DriftChecked, 'sha256' | 'candidate'> {
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
