import type { Fact, FactOf } from '../core/fact.ts';
import type { EditsAnswer } from '../core/edits-schema.ts';
import { keepShape } from '../core/keep-shape.ts';
import { hunksBetween } from '../core/ledger/hunks.ts';
import type { Hunk } from '../core/ledger/line-map.ts';
import { files } from '../core/paths.ts';
import { maySendBack } from '../core/policies/send-back.ts';
import { propose } from '../core/propose.ts';
import { readEdits } from '../core/read-edits.ts';
import { currentRound, type Run, type Work } from '../core/run.ts';
import type { Step } from '../core/step.ts';
import type { Ports } from '../ports.ts';
import { placesOf } from './places.ts';
import { reject } from './reject.ts';
import { baselineText, keptText } from './round-text.ts';

type EditsRead = FactOf<'edits.read'>;

/** Reads what the implementer answered, applies it in memory, and keeps the new text beside the round. */
export async function* readEditsStep(
  { call }: Extract<Step, { do: 'read-edits' }>,
  run: Run,
  ports: Ports,
): AsyncGenerator<Fact> {
  if (run.position.at !== 'implementing') throw new Error('There is no implementer to read.');
  const { work } = run.position;
  const read =
    run.settings.edit_mode === 'patch'
      ? await readPatch(call, work, run, ports)
      : await readInPlace(call, work, run, ports);
  yield read;
}

async function readPatch(call: string, work: Work, run: Run, ports: Ports): Promise<EditsRead> {
  const round = currentRound(run).number;
  const baseline = await baselineText(run, ports.files);
  const answer = readEdits(await keptText(ports.files, files.answer(round, call)));
  const nothing = { ...nothingRead(round, call) };
  if ('problem' in answer) return { ...nothing, result: 'malformed', problem: answer.problem };

  await ports.files.write(files.edits(round), `${JSON.stringify(answer, null, 2)}\n`);
  const proposed = propose(baseline, answer, work.findings, maySendBack(run, work, 'skipped'));
  const declined = answer.declined.filter(({ finding, reason }) => isDeclined(finding, reason, work, answer));
  const said = { ...nothing, summary: answer.summary, declined, skipped: [...proposed.skipped] };
  if (proposed.result !== 'fits') {
    if (proposed.result !== 'declined')
      await reject(ports.files, round, { call, problem: proposed.problem, edits: answer.edits });
    return { ...said, result: proposed.result, problem: proposed.problem };
  }
  const edits = placesOf(baseline, proposed.placed);
  await keepCandidate(ports, round, proposed.text, summaryOf(run, answer, edits));
  return {
    ...said,
    result: 'fits',
    edits,
    sha256: ports.plan.digest(proposed.text),
    candidate: files.candidate(round),
  };
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

function nothingRead(round: number, call: string): Omit<EditsRead, 'result'> {
  return {
    type: 'edits.read',
    round,
    call,
    problem: null,
    summary: '',
    edits: [],
    declined: [],
    skipped: [],
    sha256: null,
    candidate: null,
  };
}

/** A finding that was edited after all is not declined; one that was never sent cannot be. */
function isDeclined(finding: string, reason: string, work: Work, answer: EditsAnswer): boolean {
  const isEdited = answer.edits.some(({ findings }) => findings.includes(finding));
  return work.findings.includes(finding) && reason.trim() !== '' && !isEdited;
}

async function keepCandidate(ports: Ports, round: number, text: string, summary: string): Promise<void> {
  await ports.files.write(files.candidate(round), text);
  await ports.files.write(files.summary(round), `${summary.trim()}\n`);
}

/** Written from the edits, not from what the agent says of them. */
function summaryOf(run: Run, answer: EditsAnswer, edits: EditsRead['edits']): string {
  const { relative } = run.started.plan;
  const places = edits.map(({ findings, lines }) => `${findings.join(', ')} at ${relative}:${lines.start}`);
  return [answer.summary.trim(), `Edits: ${places.join('; ')}.`].filter(Boolean).join('\n\n');
}

function linesOfHunk([, , start, size]: Hunk): { start: number; end: number } {
  return { start, end: start + Math.max(0, size - 1) };
}
