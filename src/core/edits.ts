import type { Edit } from './edits-schema.ts';
import { condense, type Condensed } from './ledger/condense.ts';

/** An edit with its place in the baseline, in UTF-16 units. */
export type PlacedEdit = { readonly edit: Edit; readonly start: number; readonly end: number };

export type Placement = { readonly placed: readonly PlacedEdit[] } | { readonly problems: readonly string[] };

/**
 * Finds every edit in the baseline: each `old_text` exactly once, none overlapping, no unknown finding. Line ends are
 * the plan's own: an `old_text` written with `\n` matches where the plan has `\r\n`.
 */
export function placeEdits(plan: string, edits: readonly Edit[], known: ReadonlySet<string>): Placement {
  const problems: string[] = [];
  const placed: PlacedEdit[] = [];
  const folded = condense(plan, /\r\n/g, () => '\n');
  for (const [index, edit] of edits.entries()) {
    const name = `Edit ${index + 1}`;
    const problem = unknownFindings(edit, known) ?? placeOne(folded, edit);
    if (typeof problem === 'string') problems.push(`${name} ${problem}`);
    else placed.push(problem);
  }
  const sorted = placed.toSorted((a, b) => a.start - b.start);
  for (const [index, next] of sorted.entries()) {
    const previous = sorted[index - 1];
    if (previous && next.start < previous.end) {
      problems.push(`Edits ${edits.indexOf(previous.edit) + 1} and ${edits.indexOf(next.edit) + 1} overlap.`);
    }
  }
  return problems.length > 0 ? { problems } : { placed: sorted };
}

/** The plan with all edits applied; nothing outside their old text changes. */
export function applyEdits(plan: string, placed: readonly PlacedEdit[]): string {
  const pieces: string[] = [];
  let at = 0;
  for (const { edit, start, end } of placed) {
    const old = plan.slice(start, end);
    pieces.push(
      plan.slice(at, start),
      withLineEnds(edit.new_text, lineEndOf(old) ?? lineEndOf(plan) ?? '\n'),
    );
    at = end;
  }
  return pieces.join('') + plan.slice(at);
}

function unknownFindings(edit: Edit, known: ReadonlySet<string>): string | undefined {
  const unknown = edit.findings.filter((id) => !known.has(id));
  if (edit.findings.length === 0) return 'names no finding.';
  return unknown.length > 0 ? `names findings that were not sent: ${unknown.join(', ')}.` : undefined;
}

function placeOne(plan: Condensed, edit: Edit): PlacedEdit | string {
  const old = withLineEnds(edit.old_text, '\n');
  if (old === '') return 'has an empty old_text; copy the text it stands next to.';
  const at = plan.text.indexOf(old);
  if (at === -1) return `names text that is not in the plan: ${excerpt(old)}.`;
  if (plan.text.includes(old, at + 1))
    return `names text that occurs more than once: ${excerpt(old)}; copy more of it.`;
  return { edit, start: plan.offsetOf(at), end: plan.offsetOf(at + old.length) };
}

function withLineEnds(text: string, end: string): string {
  return text.replace(/\r?\n/g, end);
}

function lineEndOf(text: string): string | undefined {
  return /\r?\n/.exec(text)?.[0];
}

function excerpt(text: string): string {
  const line = text.trim().split('\n', 1)[0] ?? '';
  return JSON.stringify(line.length > 80 ? `${line.slice(0, 80)}…` : line);
}
