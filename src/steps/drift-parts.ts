import { placeEdits, type PlacedEdit } from '../core/edits.ts';
import type { FactOf, Undone } from '../core/fact.ts';
import { files } from '../core/paths.ts';
import { overBudget } from '../core/policies/growth.ts';
import { isUnwatched } from '../core/policies/strategy.ts';
import { assemble } from '../core/propose.ts';
import { readEdits } from '../core/read-edits.ts';
import { currentRound, type Proposal, type Run, type Work } from '../core/run.ts';
import { driftIn } from '../core/sentinels.ts';
import type { Ports } from '../ports.ts';
import { placesOf } from './places.ts';
import { editedText, editsInPlace, takeBackIn } from './read-in-place.ts';
import { revertEdits, takeBack } from './reverts.ts';
import { baselineText, keptText } from './round-text.ts';
import { sentinelsBefore } from './sentinels-before.ts';

/** What a proposal is made of: edits and fixes taken back, or a text as the implementer left it and what is taken back in it. */
type Parts = {
  readonly baseline: string;
  readonly placed: readonly PlacedEdit[];
  readonly reverts: readonly PlacedEdit[];
};
type InPlace = { readonly baseline: string; readonly edited: string; readonly text: string };

/** Takes a proposal apart again, the edits that were licensed and none else. */
export async function partsOf(run: Run, ports: Ports, { reverts }: Proposal): Promise<Parts | InPlace> {
  const baseline = await baselineText(run, ports.files);
  const { number, edits } = currentRound(run);
  const work = { ...workOf(run), reverts };
  const call = edits?.call ?? '';
  if (run.settings.edit_mode === 'in-place' && call !== '') {
    const edited = (await editedText(call, run, ports)) ?? baseline;
    return { baseline, edited, text: (await takeBackIn(edited, work, run, ports)).text };
  }
  const back = await takeBack(reverts, { baseline, text: baseline }, run, ports);
  const answer =
    call === '' ? { edits: [] } : readEdits(await keptText(ports.files, files.answer(number, call)));
  const all = 'problem' in answer ? [] : answer.edits;
  const kept = all.filter((_, index) => edits?.kept?.includes(index));
  const placement = placeEdits(baseline, kept, new Set(kept.flatMap(({ findings }) => findings)));
  return {
    baseline,
    placed: 'placed' in placement ? placement.placed : [],
    reverts: revertEdits(baseline, back),
  };
}

/** What is left of a proposal without what makes it lose load-bearing text. */
type Rest = {
  readonly text: string;
  readonly edits: FactOf<'edits.read'>['edits'];
  readonly reverts: readonly Undone[];
  /** Findings whose edits are dropped for what they lose, and those whose are for what they add. */
  readonly lost: readonly string[];
  readonly overgrown: readonly string[];
  /** Edits of the implementer are among what is dropped: it may be asked for others. */
  readonly isOthers: boolean;
};

/** Drops what loses load-bearing text: single edits, or the fixes taken back, all of them. Null where nothing would be left. */
export async function withoutLosers(run: Run, ports: Ports, proposal: Proposal): Promise<Rest | null> {
  const parts = await partsOf(run, ports, proposal);
  if ('edited' in parts) return withoutReverts(run, parts, proposal);
  if (!currentRound(run).edits?.kept) return null; // a version that did not record what it had licensed
  const { baseline, placed } = parts;
  const { kept, overgrown } = fewer(run, parts);
  const rest = assemble(baseline, kept.placed, kept.reverts);
  if (rest.text === baseline && placed.length > 0) return null;
  const still = new Set(kept.placed.flatMap(({ edit }) => edit.findings));
  const gone = (edits: readonly PlacedEdit[]): string[] =>
    [...new Set(edits.flatMap(({ edit }) => edit.findings))].filter((id) => !still.has(id));
  return {
    text: rest.text,
    edits: rest.text === baseline ? [] : placesOf(baseline, rest.placed),
    reverts: kept.reverts.length > 0 ? proposal.reverts : [],
    lost: gone(placed.filter((edit) => !overgrown.includes(edit))),
    overgrown: gone(overgrown),
    isOthers: kept.placed.length < placed.length,
  };
}

/** In place there are no single edits to drop. */
function withoutReverts(run: Run, { baseline, edited }: InPlace, { reverts }: Proposal): Rest | null {
  const isKept = reverts.length > 0 && lossesOf(edited, run) === 0;
  if (!isKept) return null;
  const edits = editsInPlace({ baseline, edited }, { text: edited, undone: [] }, workOf(run));
  return { text: edited, edits, reverts: [], lost: [], overgrown: [], isOthers: false };
}

type Kept = Pick<Parts, 'placed' | 'reverts'>;

/** What stays once nothing is lost, and what stays does not add more than may be. */
function fewer(run: Run, { baseline, placed, reverts }: Parts): { kept: Kept; overgrown: PlacedEdit[] } {
  const budget = { original: run.started.bytes, grownSoFar: run.grown - run.grownBeside };
  const overgrown: PlacedEdit[] = [];
  let kept: Kept = { placed, reverts };
  for (;;) {
    kept = lossless(run, baseline, kept);
    const over = isUnwatched(run) ? null : overBudget(baseline, kept.placed, budget);
    if (!over || kept.placed.length === placed.length) return { kept, overgrown };
    overgrown.push(...over.edits);
    kept = { ...kept, placed: kept.placed.filter((edit) => !over.edits.includes(edit)) };
  }
}

/** Drops, one at a time, that without which the fewest strings are lost, until none is. */
function lossless(run: Run, baseline: string, all: Kept): Kept {
  const losses = (kept: Kept): number => lossesOf(assemble(baseline, kept.placed, kept.reverts).text, run);
  let kept = all;
  while (kept.placed.length + kept.reverts.length > 0 && losses(kept) > 0) {
    const { placed, reverts } = kept;
    const without = [
      ...(reverts.length > 0 ? [{ placed, reverts: [] }] : []),
      ...placed.map((dropped) => ({ placed: placed.filter((edit) => edit !== dropped), reverts })),
    ];
    kept = without.reduce((best, next) => (losses(next) < losses(best) ? next : best));
  }
  return kept;
}

function lossesOf(text: string, run: Run): number {
  const { lost, markersBefore, markersAfter } = driftIn(text, sentinelsBefore(run));
  return lost.length + Math.max(0, markersBefore - markersAfter);
}

function workOf({ position }: Run): Work {
  if (position.at !== 'checking') throw new Error('There is no edit to check.');
  return position.work;
}
