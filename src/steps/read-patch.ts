import type { PlacedEdit } from '../core/edits.ts';
import type { EditsAnswer } from '../core/edits-schema.ts';
import type { HandedOver } from '../core/fact.ts';
import { handedOverBy, license, unlicensed, type Licensed } from '../core/license.ts';
import { files } from '../core/paths.ts';
import { whyUnfit } from '../core/plan-text.ts';
import { maySendBack } from '../core/policies/send-back.ts';
import { isUnwatched } from '../core/policies/strategy.ts';
import { assemble, propose } from '../core/propose.ts';
import { readEdits } from '../core/read-edits.ts';
import { currentRound, type Run, type Work } from '../core/run.ts';
import type { Ports } from '../ports.ts';
import { keepCandidate, nothingRead, type EditsRead } from './edits-read.ts';
import { placesOf } from './places.ts';
import { reject } from './reject.ts';
import { revertsFor } from './reverts.ts';
import { baselineText, keptText } from './round-text.ts';

const NOTHING: EditsAnswer = { summary: '', edits: [], declined: [] };

/** Reads edits as data: placed, licensed, within what the plan may grow, and applied in memory, all or none. */
export async function readPatch(call: string | null, work: Work, run: Run, ports: Ports): Promise<EditsRead> {
  const round = currentRound(run).number;
  const baseline = await baselineText(run, ports.files);
  const reverts = await revertsFor(work.reverts, baseline, run, ports);
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
  if (proposed.result !== 'fits' && reverts.length === 0)
    return proposed.result === 'declined'
      ? { ...said, result: 'declined', problem: proposed.problem }
      : refuse(proposed.result, proposed.problem);

  const findings = work.findings.flatMap((id) => run.ledger.get(id)?.finding ?? []);
  const placed = proposed.result === 'fits' ? proposed.placed : [];
  const expanded = [...work.expanded, ...work.design];
  const proposal = { baseline, placed, findings, expanded, round };
  const licensed = isUnwatched(run) ? unlicensed(placed) : license(proposal, run, ports.plan.digest);
  const again = problemOf(licensed, run, work);
  if (again) return refuse(again.result, again.problem);

  const isTooMuch = new Set(licensed.growth?.edits);
  const kept = licensed.placed.filter((edit) => !isTooMuch.has(edit));
  const result = assemble(baseline, kept, reverts);
  const judged = { ...said, ...judgedBy(licensed, kept, run, baseline) };
  if (result.text === baseline)
    return { ...judged, result: 'declined', problem: 'None of the edits may be applied.' };
  const unfit = whyUnfit(result.text);
  if (unfit !== null) return refuse('unfit', unfit);
  const edits = placesOf(baseline, result.placed);
  await keepCandidate(ports, round, result.text, summaryOf(run, answer, edits));
  return {
    ...judged,
    result: 'fits',
    edits,
    sha256: ports.plan.digest(result.text),
    candidate: files.candidate(round),
  };
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

/** What of the edits is not applied, and which findings are left to the user for it. */
function judgedBy(
  { outside, contests, growth }: Licensed,
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
  ];
  return {
    outside: outside.map(({ edit, why, lines }) => ({
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
