import { arbiterPrompt } from '../core/arbiter/prompt.ts';
import type { Finding } from '../core/finding.ts';
import { blocksIn, outlineOf } from '../core/ledger/blocks.ts';
import { files } from '../core/paths.ts';
import { deltaPrompt, fixPrompt, reviewPrompt, type Subject } from '../core/prompts.ts';
import { currentRound, type Run } from '../core/run.ts';
import type { Call } from '../core/step.ts';
import { fill } from '../core/template.ts';
import { unifiedDiff } from '../core/unified-diff.ts';
import { verifyPrompt } from '../core/verify/prompt.ts';
import { fixedRound, underCheck } from '../core/verify/scope.ts';
import type { Ports } from '../ports.ts';
import { candidatesOf, shownTo } from './arbiter-order.ts';
import { baselineText, keptText } from './round-text.ts';
import { leftText } from './shift.ts';

/** What the agent of a call is told. */
export async function callPrompt(call: Call, run: Run, ports: Ports): Promise<string> {
  const { templates } = ports;
  const baseline = await baselineText(run, ports.files);
  const subject = subjectOf(run, baseline, ports);
  switch (call.purpose) {
    case 'review':
    case 'second-look':
    case 'audit':
      return reviewFor(call, '', subject, run, ports);
    case 'calibrate': {
      const { plantedIn } = await import('./calibration.ts');
      const copy = plantedIn(baseline, ports.plan.digest).text;
      return reviewFor(call, '', subjectOf(run, copy, ports), run, ports);
    }
    case 'hunt':
      return reviewFor(call, templates[lensOf(call.seat)], subject, run, ports);
    case 'arbitrate': {
      const asking = run.position.at === 'arbitrating' && run.position.refuted !== null ? 'second' : 'first';
      const shown = shownTo(run, asking);
      const about = { shown, candidates: candidatesOf(run, shown) };
      return arbiterPrompt(templates.arbitrate, subject, about) + again(templates.retry, call.problem);
    }
    case 'verify':
      return (await verifyFor(subject, run, ports)) + again(templates.retry, call.problem);
    case 'fix':
      return fixFor(subject, run, ports) + again(templates['send-back'], whyRefused(run, call.problem));
    case 'last-look':
      return lastLookFor(baseline, run, ports);
  }
}

const LENSES = ['lens-1', 'lens-2', 'lens-3'] as const;

/** Each hunt looks through another lens. */
function lensOf(seat: number): (typeof LENSES)[number] {
  return LENSES[seat % LENSES.length] ?? LENSES[0];
}

function reviewFor(
  call: Call,
  lens: string,
  subject: Subject,
  { settings }: Run,
  { templates }: Ports,
): string {
  const prompt = reviewPrompt(templates.review, subject, { floor: settings.confidence_floor, lens });
  return prompt + again(templates.retry, call.problem);
}

/** The verifier is shown the plan after the last fix, and what that fix changed. */
async function verifyFor(subject: Subject, run: Run, { files: kept, templates }: Ports): Promise<string> {
  const fixed = fixedRound(run);
  const before = fixed ? await keptText(kept, files.baseline(fixed.number)) : subject.plan;
  const outline = outlineOf(subject.plan);
  const touched = (fixed?.applied?.changes ?? []).flatMap(({ lines }) =>
    blocksIn(outline, { start: lines.start, end: Math.max(lines.end, lines.start) }),
  );
  return verifyPrompt(templates.verify, subject, {
    findings: underCheck(run).map(({ finding }) => finding),
    diff: unifiedDiff(subject.path, before, subject.plan),
    touched: [...new Set(touched)],
  });
}

function fixFor(subject: Subject, run: Run, { templates }: Ports): string {
  const { position, settings } = run;
  if (position.at !== 'implementing' && position.at !== 'refused')
    throw new Error('There is nothing to fix.');
  const { work } = position;
  return fixPrompt(templates[settings.edit_mode === 'patch' ? 'fix-patch' : 'fix-in-place'], subject, {
    findings: byId(run, work.findings),
    expanded: work.expanded,
    design: work.design,
    guard: work.guard,
    notes: currentRound(run).confirmed?.notes ?? [],
    sentinels: currentRound(run).baseline.sentinels.map(({ text }) => text),
  });
}

async function lastLookFor(before: string, run: Run, ports: Ports): Promise<string> {
  const round = currentRound(run);
  const subject = subjectOf(run, await leftText(run, ports), ports);
  return deltaPrompt(ports.templates.delta, subject, {
    before,
    findings: byId(run, round.applied?.findings ?? []),
    floor: run.settings.confidence_floor,
  });
}

/** A drift is remembered as what it would lose; an agent has to be told what that list is. */
function whyRefused({ position }: Run, problem: string | null): string | null {
  const sentBack = 'work' in position ? position.work.sentBack : [];
  const cause = position.at === 'refused' ? position.cause : sentBack.at(-1)?.cause;
  if (problem === null || cause !== 'drift') return problem;
  if (problem === '') return 'It would lose a line that is marked **load-bearing**.';
  return `It would lose load-bearing strings, which must stay exactly as they are:\n${problem}`;
}

/** The boundary is taken from a digest of the text, so the text cannot contain it on purpose. */
function subjectOf(run: Run, plan: string, ports: Ports): Subject {
  const { plan: path, repo } = run.started;
  const repository = repo?.root ?? path.path.slice(0, -path.relative.length - 1);
  return {
    path: path.relative,
    repository,
    plan,
    boundary: `=====${ports.plan.digest(plan).slice(0, 16)}=====`,
  };
}

function byId(run: Run, ids: readonly string[]): Finding[] {
  return ids.flatMap((id) => run.ledger.get(id)?.finding ?? []);
}

function again(template: string, problem: string | null): string {
  return problem === null ? '' : fill(template, { problem });
}
