import { applyEdits, placeEdits, type PlacedEdit } from './edits.ts';
import type { EditsAnswer } from './edits-schema.ts';
import { keepEdges } from './keep-shape.ts';

/** What an implementer's edits come to, before the drift check. */
export type Proposed =
  | {
      readonly result: 'fits';
      readonly text: string;
      readonly placed: readonly PlacedEdit[];
      readonly skipped: readonly string[];
    }
  | {
      readonly result: 'noop' | 'unfit' | 'skipped' | 'declined';
      readonly problem: string;
      readonly skipped: readonly string[];
    };

/** Applies edits to the baseline in memory, all or nothing, and says whether every finding has an answer. */
export function propose(
  baseline: string,
  answer: EditsAnswer,
  sent: readonly string[],
  mayAskAgain: boolean,
): Proposed {
  const known = new Set(sent);
  const placement = placeEdits(baseline, answer.edits, known);
  if ('problems' in placement) return refuse('unfit', placement.problems.join('\n'));

  const placed = placement.placed.filter(({ edit }) => edit.new_text !== edit.old_text); // saying a text again resolves nothing
  const edited = new Set(placed.flatMap(({ edit }) => edit.findings));
  const declined = new Set(
    answer.declined.filter(({ reason }) => reason.trim() !== '').map(({ finding }) => finding),
  );
  const skipped = sent.filter((id) => !edited.has(id) && !declined.has(id));
  if (answer.edits.length === 0 && skipped.length === 0)
    return refuse('declined', 'Every finding was declined.');

  const text = keepEdges(baseline, applyEdits(baseline, placed));
  if (text === baseline)
    return refuse('noop', 'The edits change nothing: the plan would be the same bytes as before.', skipped);
  if (skipped.length > 0 && mayAskAgain) {
    return refuse('skipped', `${skipped.join(', ')}: neither an edit nor a reason to decline.`, skipped);
  }
  return { result: 'fits', text, placed, skipped };
}

/** The baseline with fixes taken back and edits made; an edit of text that goes with a fix is dropped. */
export function assemble(
  baseline: string,
  placed: readonly PlacedEdit[],
  reverts: readonly PlacedEdit[],
): {
  readonly text: string;
  readonly placed: readonly PlacedEdit[];
  readonly dropped: readonly PlacedEdit[];
} {
  const apart = placed.filter(
    (edit) => !reverts.some(({ start, end }) => edit.start < end && start < edit.end),
  );
  const all = [...apart, ...reverts].toSorted((a, b) => a.start - b.start || a.end - b.end);
  return {
    text: keepEdges(baseline, applyEdits(baseline, all)),
    placed: all,
    dropped: placed.filter((edit) => !apart.includes(edit)),
  };
}

function refuse(
  result: 'noop' | 'unfit' | 'skipped' | 'declined',
  problem: string,
  skipped: readonly string[] = [],
): Proposed {
  return { result, problem, skipped };
}
