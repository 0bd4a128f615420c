import { changesBetween } from '../core/changes.ts';
import { appliedRecords, stateOf } from '../core/contested/fix-record.ts';
import type { Fact, FactOf } from '../core/fact.ts';
import { outlineOf } from '../core/ledger/blocks.ts';
import { lineMapOf } from '../core/ledger/hunks.ts';
import type { Span } from '../core/ledger/line-map.ts';
import { takenBack } from '../core/policies/regenerating.ts';
import { currentRound, type Run } from '../core/run.ts';
import type { Ports } from '../ports.ts';
import { lookAround, planSeen } from './look-around.ts';
import { restoredBy } from './reverts.ts';
import { baselineText, keptText } from './round-text.ts';

/** Writes the checked text over the baseline, and over nothing else. Repeated, it finds its own bytes and is done. */
export async function* writePlan(run: Run, ports: Ports): AsyncGenerator<Fact> {
  if (run.position.at !== 'writing') throw new Error('There is nothing to write.');
  const { proposal } = run.position;
  const before = await baselineText(run, ports.files);
  const text = await keptText(ports.files, proposal.candidate);

  const isWritten = (await ports.plan.read())?.sha256 === proposal.sha256;
  if (!isWritten) {
    let isDisturbed = false;
    for await (const fact of lookAround(run, ports, 'before-write')) {
      isDisturbed = true;
      yield fact;
    }
    if (isDisturbed) return;
    const outcome = await ports.plan.write(text, run.expected.sha256);
    if ('found' in outcome) {
      yield await planSeen(run, ports, 'before-write');
      return;
    }
  }
  const {
    reverts,
    placed: { edits },
  } = proposal;
  const restored = await restoredBy(reverts, { text, edits }, run, ports);
  yield appliedEdits(run, { before, text, restored }, ports);
}

type Applied = {
  readonly before: string;
  readonly text: string;
  readonly restored: NonNullable<FactOf<'edits.applied'>['restored']>;
};

/** What was written: for whom, where, and what it took out and put in. */
function appliedEdits(
  run: Run,
  { before, text, restored }: Applied,
  { plan }: Ports,
): FactOf<'edits.applied'> {
  if (run.position.at !== 'writing') throw new Error('There is nothing to write.');
  const { proposal } = run.position;
  const { edits } = proposal.placed;
  const round = currentRound(run).number;
  const map = lineMapOf(before, text);
  const records = appliedRecords(round, changesBetween(before, text, []), outlineOf(text).blocks);
  return {
    type: 'edits.applied',
    round,
    sha256_before: run.expected.sha256,
    sha256_after: proposal.sha256,
    growth: Buffer.byteLength(text) - Buffer.byteLength(before),
    findings: [...new Set(edits.flatMap(({ findings }) => findings))],
    ...takenBack(proposal.reverts),
    restored,
    state_before: plan.digest(stateOf(before)),
    state_after: plan.digest(stateOf(text)),
    hunks: map.hunks.map(([a, b, c, d]): [number, number, number, number] => [a, b, c, d]),
    moves: map.moves.map(([a, b, c]): [number, number, number] => [a, b, c]),
    // Last: a reader can leave these until they are asked for.
    edits,
    changes: records.map(({ removed, added, lines }) => ({
      removed,
      added,
      lines: { start: lines.start, end: lines.end },
      findings: findingsAt(lines, edits),
    })),
  };
}

/** For whom a stretch was changed; a deletion stands between two lines. */
function findingsAt({ start, end }: Span, edits: FactOf<'edits.applied'>['edits']): string[] {
  const near = edits.filter(
    ({ lines }) => lines.start <= Math.max(end, start) && start <= Math.max(lines.end, lines.start),
  );
  return [...new Set(near.flatMap(({ findings }) => findings))];
}
