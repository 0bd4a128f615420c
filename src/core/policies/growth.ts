import { count, linesOf } from '../../lib/text.ts';
import type { PlacedEdit } from '../edits.ts';

/** Bytes that the edits for one finding may add, or four lines of the plan's usual length where these are more. */
const FINDING_BYTES = 600;
const FINDING_LINES = 4;

/** Shares of the original plan that a round, and a whole run, may add. */
const ROUND_SHARE = 0.15;
const RUN_SHARE = 0.25;

/** A smaller plan is budgeted as if it had this many bytes: 15 % of 2,000 bytes would not hold a single fix. */
const SMALLEST_PLAN = 15_000;

/** A budget that edits exceed, in bytes. `findings` are those to ask again: without their growth the rest fits. */
export type Overgrowth = {
  readonly what: 'finding' | 'round' | 'run';
  readonly findings: readonly string[];
  readonly grown: number;
  readonly allowed: number;
};

export type OverBudget = {
  readonly over: readonly Overgrowth[];
  /** The edits that add text for any of these findings. */
  readonly edits: readonly PlacedEdit[];
  /** What the implementer is told. */
  readonly problem: string;
};

/**
 * What of the edits makes the plan grow more than it may; null where all of it fits. `original` and `grownSoFar` are bytes:
 * the size of the plan when the run began, and what the run's applied fixes added less what they removed. Edits that
 * remove as much as they add always fit, also where an earlier round used the budget up.
 */
export function overBudget(
  before: string,
  placed: readonly PlacedEdit[],
  { original, grownSoFar }: { readonly original: number; readonly grownSoFar: number },
): OverBudget | null {
  const perFinding = growthOf(before, placed);
  const total = placed.reduce((sum, edit) => sum + growth(before, edit), 0);
  const size = Math.max(original, SMALLEST_PLAN);
  const left = Math.max(0, Math.floor(size * RUN_SHARE) - grownSoFar);
  const over = [
    ...alone(perFinding, Math.max(FINDING_BYTES, FINDING_LINES * usualLine(before))),
    ...together('round', perFinding, { grown: total, allowed: Math.floor(size * ROUND_SHARE) }),
    ...together('run', perFinding, { grown: total, allowed: left }),
  ];
  if (over.length === 0) return null;
  const blamed = new Set(over.flatMap(({ findings }) => findings));
  return {
    over,
    edits: placed.filter(
      (edit) => growth(before, edit) > 0 && edit.edit.findings.some((id) => blamed.has(id)),
    ),
    problem: [...over.map(sentence), 'Replace text instead of adding to it, or delete.'].join('\n'),
  };
}

/** Bytes each finding adds less those it removes; an edit for several counts for each in equal parts. */
function growthOf(before: string, placed: readonly PlacedEdit[]): ReadonlyMap<string, number> {
  const grown = new Map<string, number>();
  for (const edit of placed) {
    const ids = new Set(edit.edit.findings);
    for (const id of ids) grown.set(id, (grown.get(id) ?? 0) + growth(before, edit) / ids.size);
  }
  return grown;
}

function growth(before: string, { edit, start, end }: PlacedEdit): number {
  return bytes(edit.new_text) - bytes(before.slice(start, end));
}

/** UTF-8 bytes, with every line end as one. */
function bytes(text: string): number {
  return new TextEncoder().encode(text.replace(/\r\n/g, '\n')).length;
}

/** The mean length of the lines that hold text: plans are wrapped, or have a line a paragraph. */
function usualLine(text: string): number {
  const lines = linesOf(text).filter((line) => line.trim() !== '');
  return lines.length === 0 ? 0 : bytes(lines.join('')) / lines.length;
}

function alone(perFinding: ReadonlyMap<string, number>, allowed: number): Overgrowth[] {
  return [...perFinding]
    .filter(([, grown]) => grown > allowed)
    .map(([id, grown]) => ({
      what: 'finding',
      findings: [id],
      grown: Math.ceil(grown),
      allowed: Math.floor(allowed),
    }));
}

/** A budget that all edits share. The findings that grow most are to blame, as many as it takes. */
function together(
  what: 'round' | 'run',
  perFinding: ReadonlyMap<string, number>,
  { grown, allowed }: { grown: number; allowed: number },
): Overgrowth[] {
  if (grown <= 0 || grown <= allowed) return [];
  const findings: string[] = [];
  let rest = grown;
  for (const [id, share] of [...perFinding].toSorted(([, a], [, b]) => b - a)) {
    if (share <= 0 || rest <= allowed) break;
    findings.push(id);
    rest -= share;
  }
  return [{ what, findings, grown, allowed }];
}

function sentence({ what, findings, grown, allowed }: Overgrowth): string {
  const who = what === 'finding' ? `The edits for ${findings.join(', ')} add` : 'All edits together add';
  const where = { finding: 'for one finding', round: 'into one round', run: 'into the rest of the run' }[
    what
  ];
  const room = allowed === 0 ? 'no room is left in this run' : `${count(allowed, 'byte')} fit ${where}`;
  const which = what === 'finding' ? '' : ` Most of it is for ${findings.join(', ')}.`;
  return `${who} ${count(grown, 'byte')}; ${room}.${which}`;
}
