import type { PlacedEdit } from '../core/edits.ts';
import { revertFix } from '../core/contested/revert.ts';
import { changesBetween } from '../core/changes.ts';
import type { Admission } from '../core/step.ts';
import { outlineOf } from '../core/ledger/blocks.ts';
import { files } from '../core/paths.ts';
import type { Run } from '../core/run.ts';
import type { Ports } from '../ports.ts';
import { keptText } from './round-text.ts';
import { lineOffsets } from '../lib/text.ts';

/** The edits of the baseline that take fixes back. What later fixes did elsewhere stays. */
export async function revertsFor(
  reverts: Admission['reverts'],
  baseline: string,
  run: Run,
  ports: Ports,
): Promise<PlacedEdit[]> {
  let text = baseline;
  for (const { finding } of reverts) text = (await without(finding, text, run, ports)) ?? text;
  if (text === baseline) return [];
  const offsets = lineOffsets(baseline);
  return changesBetween(
    baseline,
    text,
    reverts.map(({ finding }) => finding),
  ).map((change) => {
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

/** The text without what the last fix of a finding wrote; null where that cannot be told apart any more. */
async function without(
  finding: string,
  text: string,
  run: Run,
  { files: kept }: Ports,
): Promise<string | null> {
  const round = run.rounds.findLast(({ applied }) => applied?.findings.includes(finding));
  if (!round?.applied) return null;
  const before = await keptText(kept, files.baseline(round.number));
  const after = await keptText(kept, files.candidate(round.number));
  const own = round.applied.edits
    .filter(({ findings }) => findings.includes(finding))
    .map(({ lines }) => lines);
  return revertFix(text, { before, after, lines: own, blocks: outlineOf(after).blocks });
}
