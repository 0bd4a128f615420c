import { changesBetween, meet, spanBefore, spansAfter } from '../core/changes.ts';
import type { HandedOver } from '../core/fact.ts';
import { keepShape } from '../core/keep-shape.ts';
import { hunksBetween } from '../core/ledger/hunks.ts';
import type { Hunk, Span } from '../core/ledger/line-map.ts';
import { files } from '../core/paths.ts';
import { whyUnfit } from '../core/plan-text.ts';
import { stands } from '../core/policies/regenerating.ts';
import { maySendBack } from '../core/policies/send-back.ts';
import { currentRound, type Run, type Work } from '../core/run.ts';
import type { Ports } from '../ports.ts';
import { keepCandidate, nothingRead, type EditsRead } from './edits-read.ts';
import { reject } from './reject.ts';
import { takeBack, type TakenBack } from './reverts.ts';
import { baselineText, keptText } from './round-text.ts';

/** Reads the plan as the implementer left it in its scratch directory, and takes back in it what is to go. */
export async function readInPlace(call: string, work: Work, run: Run, ports: Ports): Promise<EditsRead> {
  const round = currentRound(run).number;
  const baseline = await baselineText(run, ports.files);
  const summary = await keptText(ports.files, files.answer(round, call));
  const nothing = { ...nothingRead(round, call), summary };
  const edited = await editedText(call, run, ports);
  if (edited === undefined)
    return { ...nothing, result: 'malformed', problem: 'The plan was not left behind as a text file.' };

  const back = await takeBackIn(edited, work, run, ports);
  if (edited === baseline && (back.undone.length === 0 || maySendBack(run, work, 'noop')))
    return { ...nothing, result: 'noop', problem: UNCHANGED };
  const problem = whyUnfit(back.text);
  if (problem !== null) {
    await reject(ports.files, round, { call, problem, text: edited });
    return { ...nothing, result: 'unfit', problem };
  }
  const handed_over = [...(edited === baseline ? unanswered(work) : []), ...stands(back.failed)];
  if (back.text === baseline)
    return {
      ...nothing,
      result: 'unedited',
      problem: UNCHANGED,
      handed_over: [...handed_over, ...stands(back.undone)],
    };
  await keepCandidate(ports, round, back.text, summary);
  return {
    ...nothing,
    result: 'fits',
    edits: editsInPlace({ baseline, edited }, back, work),
    reverts: [...back.undone],
    handed_over,
    sha256: ports.plan.digest(back.text),
    candidate: files.candidate(round),
  };
}

const UNCHANGED = 'The plan was left as it was: not a byte changed.';

/** What the implementer made of the plan, in the shape that the plan has; undefined where it left no text. */
export async function editedText(
  call: string,
  run: Run,
  { files: kept }: Ports,
): Promise<string | undefined> {
  const edited = await kept.read(files.edited(currentRound(run).number, call));
  return edited === undefined ? undefined : keepShape(await baselineText(run, kept), edited);
}

/** An edit in place names no finding: a fix whose text it changed too is not taken back, for the edit would go with it. */
export async function takeBackIn(edited: string, work: Work, run: Run, ports: Ports): Promise<TakenBack> {
  const baseline = await baselineText(run, ports.files);
  const back = await takeBack(work.reverts, { baseline, text: edited }, run, ports);
  const own = spansAfter(changesBetween(baseline, edited, []));
  const taken = changesBetween(edited, back.text, []).map(spanBefore);
  const isApart = taken.every((span) => own.every((other) => !touch(span, other)));
  return isApart ? back : { text: edited, undone: [], failed: work.reverts };
}

function touch(a: Span, b: Span): boolean {
  return meet(a, b) || (a.start === b.start && a.end === b.end);
}

/** The stretches that changed: for the fixes taken back, or for every finding that was sent. */
export function editsInPlace(
  { baseline, edited }: { readonly baseline: string; readonly edited: string },
  { text, undone }: Pick<TakenBack, 'text' | 'undone'>,
  { findings }: Work,
): EditsRead['edits'] {
  const back = spansAfter(changesBetween(edited, text, []));
  const ids = undone.map(({ finding }) => finding);
  return hunksBetween(baseline, text).map((hunk) => {
    const lines = linesOfHunk(hunk);
    const isBack = back.some((span) => meet(span, lines) || span.start === lines.start);
    return { findings: isBack ? ids : [...findings], lines };
  });
}

function linesOfHunk([, , start, size]: Hunk): EditsRead['edits'][number]['lines'] {
  return { start, end: start + Math.max(0, size - 1) };
}

function unanswered({ findings }: Work): HandedOver[] {
  return findings.map((id) => ({ id, because: 'declined', why: UNCHANGED }));
}
