import type { FactOf, Fact } from '../core/fact.ts';
import { keepShape } from '../core/keep-shape.ts';
import { hunksBetween } from '../core/ledger/hunks.ts';
import type { Hunk } from '../core/ledger/line-map.ts';
import { files } from '../core/paths.ts';
import { whyUnfit } from '../core/plan-text.ts';
import { currentRound, type Run, type Work } from '../core/run.ts';
import type { Step } from '../core/step.ts';
import type { Ports } from '../ports.ts';
import { keepCandidate, nothingRead, type EditsRead } from './edits-read.ts';
import { readPatch } from './read-patch.ts';
import { reject } from './reject.ts';
import { baselineText, keptText } from './round-text.ts';

/** Reads what the implementer answered, applies it in memory, and keeps the new text beside the round. */
export async function* readEditsStep(
  { call }: Extract<Step, { do: 'read-edits' }>,
  run: Run,
  ports: Ports,
): AsyncGenerator<Fact> {
  if (run.position.at !== 'implementing') throw new Error('There is no implementer to read.');
  const { work } = run.position;
  const isPatch = call === null || run.settings.edit_mode === 'patch';
  yield isPatch ? await readPatch(call, work, run, ports) : await readInPlace(call, work, run, ports);
}

async function readInPlace(call: string, work: Work, run: Run, ports: Ports): Promise<EditsRead> {
  const round = currentRound(run).number;
  const baseline = await baselineText(run, ports.files);
  const summary = await keptText(ports.files, files.answer(round, call));
  const edited = await ports.files.read(files.edited(round, call));
  const nothing = { ...nothingRead(round, call), summary };
  if (edited === undefined)
    return { ...nothing, result: 'malformed', problem: 'The plan was not left behind as a text file.' };

  const text = keepShape(baseline, edited);
  if (text === baseline)
    return { ...nothing, result: 'noop', problem: 'The plan was left as it was: not a byte changed.' };
  const problem = whyUnfit(text);
  if (problem !== null) {
    await reject(ports.files, round, { call, problem, text: edited });
    return { ...nothing, result: 'unfit', problem };
  }
  const hunks = hunksBetween(baseline, text) ?? [];
  await keepCandidate(ports, round, text, summary);
  const edits = hunks.map((hunk) => ({ findings: [...work.findings], lines: linesOfHunk(hunk) }));
  return {
    ...nothing,
    result: 'fits',
    edits,
    sha256: ports.plan.digest(text),
    candidate: files.candidate(round),
  };
}

function linesOfHunk([, , start, size]: Hunk): FactOf<'edits.read'>['edits'][number]['lines'] {
  return { start, end: start + Math.max(0, size - 1) };
}
