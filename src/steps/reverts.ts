import type { PlacedEdit } from '../core/edits.ts';
import { revertFix } from '../core/contested/revert.ts';
import { changesBetween, meet, spanBefore } from '../core/changes.ts';
import type { FactOf, Undone } from '../core/fact.ts';
import type { Admission } from '../core/step.ts';
import { outlineOf } from '../core/ledger/blocks.ts';
import { lineMapOf } from '../core/ledger/hunks.ts';
import { mapPlace, type Span } from '../core/ledger/line-map.ts';
import { restoredFrom } from '../core/ledger/provenance.ts';
import { files } from '../core/paths.ts';
import type { Round, Run } from '../core/run.ts';
import type { Ports } from '../ports.ts';
import { keptText } from './round-text.ts';
import { lineOffsets } from '../lib/text.ts';

type Reverts = Admission['reverts'];

/** A text without fixes: those that it is really without, and those that could not be taken out of it. */
export type TakenBack = {
  readonly text: string;
  readonly undone: readonly Undone[];
  readonly failed: Reverts;
};

/** Takes fixes out of a text that came of the baseline. What later fixes did elsewhere stays. */
export async function takeBack(
  reverts: Reverts,
  { baseline, text: current }: { readonly baseline: string; readonly text: string },
  run: Run,
  ports: Ports,
): Promise<TakenBack> {
  const undone: Undone[] = [];
  const failed: Reverts[number][] = [];
  let text = current;
  for (const revert of reverts) {
    const round = fixOf(revert.finding, run);
    const next = round && (await without(revert.finding, text, round, ports));
    if (!round || next == null) {
      failed.push(revert);
      continue;
    }
    const { went, along } = affected(revert, round, changedIn(baseline, current, next), run);
    const stays = revert.because.filter((id) => !went.includes(id));
    if (stays.length > 0) failed.push({ finding: revert.finding, because: stays });
    if (went.length === 0) continue;
    text = next;
    undone.push({ finding: revert.finding, because: went, along });
  }
  return { text, undone, failed: failed.filter(({ because }) => because.length > 0) };
}

/** The round in which a finding was last fixed. */
function fixOf(finding: string, { rounds }: Run): Fixed | undefined {
  return rounds.findLast(
    (round): round is Fixed =>
      round.applied?.findings.includes(finding) === true && !round.applied.reverted.includes(finding),
  );
}

type Fixed = Round & { readonly applied: FactOf<'edits.applied'> };

/** The text without what a fix wrote; null where that cannot be told apart any more. */
async function without(
  finding: string,
  text: string,
  { number, applied }: Fixed,
  { files: kept, plan }: Ports,
): Promise<string | null> {
  const before = await keptText(kept, files.baseline(number));
  const after = await keptText(kept, files.candidate(number));
  if (plan.digest(after) !== applied.sha256_after) return null; // an earlier version put what a hook made of it there
  const own = applied.edits.filter(({ findings }) => findings.includes(finding)).map(({ lines }) => lines);
  return revertFix(text, { before, after, lines: own, blocks: outlineOf(after).blocks });
}

/** Is a place of the baseline among the lines that are others without the fixes? */
function changedIn(baseline: string, current: string, text: string): (lines: Span) => boolean {
  const map = lineMapOf(baseline, current);
  const changed = changesBetween(current, text, []).map(spanBefore);
  return (lines) => {
    const { start, end } = mapPlace(lines, map);
    return changed.some((span) => meet(span, { start, end }) || (span.start === start && span.end === end));
  };
}

/** Of the findings about a fix, those whose text goes with it; and others whose fixes go along, in whole or in part. */
function affected(
  { finding, because }: Reverts[number],
  { number, applied }: Fixed,
  isChanged: (lines: Span) => boolean,
  { ledger, fixes }: Run,
): { readonly went: string[]; readonly along: string[] } {
  const together = applied.edits.filter(({ findings }) => findings.includes(finding));
  const since = fixes.records.all.filter(({ round, lines }) => round >= number && isChanged(lines));
  const others = new Set([...together, ...since].flatMap(({ findings }) => findings));
  return {
    went: because.filter((id) => {
      const lines = ledger.get(id)?.finding.anchor.lines;
      return lines != null && isChanged(lines);
    }),
    along: [...others].filter(
      (id) => id !== finding && !because.includes(id) && FIXED.has(ledger.get(id)?.status ?? ''),
    ),
  };
}

const FIXED: ReadonlySet<string> = new Set(['addressed', 'closed', 'lapsed']);

/** What lies between a text and itself without fixes, as edits for these. */
export function revertEdits(baseline: string, { text, undone }: TakenBack): PlacedEdit[] {
  const findings = undone.map(({ finding }) => finding);
  const offsets = lineOffsets(baseline);
  return changesBetween(baseline, text, findings).map((change) => {
    const start = offsets[change.at - 1] ?? baseline.length;
    const end = offsets[change.at - 1 + change.removed.length] ?? baseline.length;
    const isGlued = start === baseline.length && start > 0 && !baseline.endsWith('\n'); // behind a last line without an end
    const new_text = (isGlued ? '\n' : '') + change.added.map((line) => `${line}\n`).join('');
    return {
      edit: { findings: [...change.findings], old_text: baseline.slice(start, end), new_text },
      start,
      end,
    };
  });
}

/** Whose the lines are that stand again as they did before the fixes that a text is without. */
export async function restoredBy(
  undone: readonly Undone[],
  { text, edits }: { readonly text: string; readonly edits: FactOf<'edits.applied'>['edits'] },
  run: Run,
  { files: kept }: Ports,
): Promise<NonNullable<FactOf<'edits.applied'>['restored']>> {
  const back = new Set(undone.map(({ finding }) => finding));
  const rounds = new Set(undone.flatMap(({ finding }) => fixOf(finding, run) ?? []));
  const latestFirst = [...rounds].toSorted((a, b) => b.number - a.number);
  const before = await Promise.all(
    latestFirst.map(async ({ number, lineage }) => ({
      births: lineage.births,
      map: lineMapOf(await keptText(kept, files.baseline(number)), text),
    })),
  );
  return edits
    .filter(({ findings }) => findings.every((id) => back.has(id)))
    .flatMap(({ lines }) => restoredFrom(before, lines))
    .map(({ lines, round, findings }) => ({
      lines: { start: lines.start, end: lines.end },
      round,
      findings: [...findings],
    }));
}
