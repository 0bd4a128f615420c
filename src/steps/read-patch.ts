import type { PlacedEdit } from '../core/edits.ts';
import type { EditsAnswer } from '../core/edits-schema.ts';
import type { HandedOver } from '../core/fact.ts';
import { handedOverBy, license, linesOfEdit, unlicensed, type Licensed } from '../core/license.ts';
import { files } from '../core/paths.ts';
import { whyUnfit } from '../core/plan-text.ts';
import { stands } from '../core/policies/regenerating.ts';
import { maySendBack } from '../core/policies/send-back.ts';
import { isUnwatched } from '../core/policies/strategy.ts';
import { assemble, propose, type Proposed } from '../core/propose.ts';
import { readEdits } from '../core/read-edits.ts';
import { currentRound, type Run, type Work } from '../core/run.ts';
import type { Ports } from '../ports.ts';
import { keepCandidate, nothingRead, type EditsRead } from './edits-read.ts';
import { placesOf } from './places.ts';
import { reject } from './reject.ts';
import { revertEdits, takeBack, type TakenBack } from './reverts.ts';
import { baselineText, keptText } from './round-text.ts';

const NOTHING_LEFT = { result: 'unedited', problem: 'None of the edits may be applied.' } as const;

const NOTHING: EditsAnswer = { summary: '', edits: [], declined: [] };

/** Reads edits as data: placed, licensed, within what the plan may grow, and applied in memory, all or none. */
export async function readPatch(call: string | null, work: Work, run: Run, ports: Ports): Promise<EditsRead> {
  const round = currentRound(run).number;
  const baseline = await baselineText(run, ports.files);
  const back = await takeBack(work.reverts, { baseline, text: baseline }, run, ports);
  const nothing = nothingRead(round, call);
  const answer = call === null ? NOTHING : readEdits(await keptText(ports.files, files.answer(round, call)));
  if ('problem' in answer) return { ...nothing, result: 'malformed', problem: answer.problem };

  await ports.files.write(files.edits(round), `${JSON.stringify(answer, null, 2)}\n`);
  const proposed = propose(baseline, answer, work.findings, maySendBack(run, work, 'skipped'));
  const declined = answer.declined.filter(({ finding, reason }) => isDeclined(finding, reason, work, answer));
  const said = { ...nothing, summary: answer.summary, declined, skipped: [...proposed.skipped] };
  const refuse = async (result: EditsRead['result'], problem: string): Promise<EditsRead> => {
    await reject(ports.files, round, { call: call ?? '', problem, edits: answer.edits });
    return { ...said, result, problem };
  };
  const unusable = refusalOf(proposed, back, run, work);
  if (unusable) return refuse(unusable.result, unusable.problem);

  const findings = work.findings.flatMap((id) => run.ledger.get(id)?.finding ?? []);
  const placed = proposed.result === 'fits' ? proposed.placed : [];
  const expanded = [...work.expanded, ...work.design];
  const proposal = { baseline, placed, findings, expanded, round };
  const licensed =
    isUnwatched(run) || placed.length === 0 ? unlicensed(placed) : license(proposal, run, ports.plan.digest);
  const again = problemOf(licensed, run, work);
  if (again) return refuse(again.result, again.problem);

  const isTooMuch = new Set(licensed.growth?.edits);
  const kept = licensed.placed.filter((edit) => !isTooMuch.has(edit));
  const result = assemble(baseline, kept, revertEdits(baseline, back));
  const made = kept.filter((edit) => !result.dropped.includes(edit));
  const isNothing = result.text === baseline;
  const judged = {
    ...said,
    ...judgedBy(
      {
        ...licensed,
        dropped: result.dropped,
        handed: [
          ...unanswered(said, proposed, work),
          ...stands(isNothing ? [...back.failed, ...back.undone] : back.failed),
        ],
      },
      made,
      run,
      baseline,
    ),
  };
  if (isNothing) {
    const { result: why, problem } = proposed.result === 'declined' ? proposed : NOTHING_LEFT;
    return { ...judged, result: why, problem };
  }
  const unfit = whyUnfit(result.text);
  if (unfit !== null) return refuse('unfit', unfit);
  const edits = placesOf(baseline, result.placed);
  await keepCandidate(ports, round, result.text, summaryOf(run, answer, edits));
  return {
    ...judged,
    result: 'fits',
    edits,
    kept: made.map(({ edit }) => answer.edits.indexOf(edit)),
    reverts: [...back.undone],
    sha256: ports.plan.digest(result.text),
    candidate: files.candidate(round),
  };
}

/** Edits that come to nothing. Once nobody is asked again, that is no reason to keep what is to be taken back. */
function refusalOf(
  proposed: Proposed,
  { undone }: TakenBack,
  run: Run,
  work: Work,
): Exclude<Proposed, { result: 'fits' }> | undefined {
  if (proposed.result === 'fits' || proposed.result === 'declined') return undefined;
  return undone.length === 0 || maySendBack(run, work, proposed.result) ? proposed : undefined;
}

/** What is worth asking again for, once: edits that lie elsewhere, or that make the plan grow more than it may. */
function problemOf(
  { without, outside, growth }: Licensed,
  run: Run,
  work: Work,
): { readonly result: 'growth' | 'skipped'; readonly problem: string } | undefined {
  if (growth && maySendBack(run, work, 'growth')) return { result: 'growth', problem: growth.problem };
  if (without.length === 0 || !maySendBack(run, work, 'skipped')) return undefined;
  const why = outside.map(
    ({ edit, why: reason, lines }) => `${edit.edit.findings.join(', ')} at line ${lines.start}: ${reason}`,
  );
  const problem = `Edits may change the block a finding is about and three others, and nothing that is protected. Not applied: ${why.join('; ')}.`;
  return { result: 'skipped', problem };
}

/** Findings that were sent, and that nothing came of: the rest of the round goes on without them. */
function unanswered(
  { declined, skipped }: Pick<EditsRead, 'declined' | 'skipped'>,
  proposed: Proposed,
  { findings }: Work,
): HandedOver[] {
  if (proposed.result === 'fits') return [];
  const answered = new Set([...declined.map(({ finding }) => finding), ...skipped]);
  const why = `Its edit could not be made: ${proposed.problem}`;
  return findings.filter((id) => !answered.has(id)).map((id) => ({ id, because: 'declined', why }));
}

type Unmade = Licensed & {
  /** In text that goes with a fix. */
  readonly dropped: readonly PlacedEdit[];
  readonly handed: readonly HandedOver[];
};

/** What of the edits is not applied, and which findings are left to the user for it. */
function judgedBy(
  { outside, contests, growth, dropped, handed: others }: Unmade,
  kept: readonly PlacedEdit[],
  run: Run,
  baseline: string,
): Pick<EditsRead, 'outside' | 'handed_over' | 'frozen'> {
  const edited = new Set(kept.flatMap(({ edit }) => edit.findings));
  const lost = (edits: readonly PlacedEdit[]): string[] =>
    [...new Set(edits.flatMap(({ edit }) => edit.findings))].filter((id) => !edited.has(id));
  const leave = (ids: readonly string[], because: HandedOver['because'], why: string): HandedOver[] =>
    ids.map((id) => ({ id, because, why }));
  const handed = [
    ...handedOverBy(contests, run),
    ...leave(lost(growth?.edits ?? []), 'growth', growth?.problem ?? ''),
    ...leave(
      lost(outside.map(({ edit }) => edit)),
      'licence',
      'Its edits lay outside of what it is about, so they were not applied.',
    ),
    ...leave(lost(dropped), 'regenerates', 'Its edit lay in the text of a fix that is taken back.'),
    ...others,
  ];
  return {
    outside: [
      ...outside,
      ...dropped.map((edit) => ({ edit, why: 'taken-back', lines: linesOfEdit(baseline, edit) })),
    ].map(({ edit, why, lines }) => ({
      findings: [...edit.edit.findings],
      lines: { start: lines.start, end: lines.end },
      excerpt: baseline.slice(edit.start, edit.end).slice(0, 200),
      why,
    })),
    handed_over: [...new Map(handed.map((item) => [item.id, item])).values()],
    frozen: contests.flatMap(({ lines }) => lines.map(({ start, end }) => ({ start, end }))),
  };
}

/** A finding that was edited after all is not declined; one that was never sent cannot be. */
function isDeclined(finding: string, reason: string, work: Work, answer: EditsAnswer): boolean {
  const isEdited = answer.edits.some(({ findings }) => findings.includes(finding));
  return work.findings.includes(finding) && reason.trim() !== '' && !isEdited;
}

/** Written from the edits, not from what the agent says of them. */
function summaryOf(run: Run, answer: EditsAnswer, edits: EditsRead['edits']): string {
  const { relative } = run.started.plan;
  const places = edits.map(({ findings, lines }) => `${findings.join(', ')} at ${relative}:${lines.start}`);
  return [answer.summary.trim(), `Edits: ${places.join('; ')}.`].filter(Boolean).join('\n\n');
}
