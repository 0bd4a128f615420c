import type { Finding } from '../core/finding.ts';
import { deltaPrompt, fixPrompt, reviewPrompt, type Subject } from '../core/prompts.ts';
import { currentRound, type Run } from '../core/run.ts';
import type { Step } from '../core/step.ts';
import { fill } from '../core/template.ts';
import { files } from '../core/paths.ts';
import type { Ports } from '../ports.ts';
import { baselineText, keptText } from './round-text.ts';

/** What the agent of a call is told. */
export async function callPrompt(
  step: Extract<Step, { do: 'call' }>,
  run: Run,
  ports: Ports,
): Promise<string> {
  const { settings } = run;
  switch (step.purpose) {
    case 'review':
    case 'second-look': {
      const subject = subjectOf(run, await baselineText(run, ports.files), ports);
      return (
        reviewPrompt(ports.templates.review, subject, settings.confidence_floor) +
        again(ports.templates.retry, step.problem)
      );
    }
    case 'fix':
      return (await fixFor(run, ports)) + again(ports.templates['send-back'], whyRefused(run, step.problem));
    case 'last-look': {
      const round = currentRound(run);
      const subject = subjectOf(run, await keptText(ports.files, files.candidate(round.number)), ports);
      const before = await baselineText(run, ports.files);
      return deltaPrompt(ports.templates.delta, subject, {
        before,
        findings: byId(run, round.applied?.findings ?? []),
        floor: settings.confidence_floor,
      });
    }
  }
}

async function fixFor(run: Run, ports: Ports): Promise<string> {
  const { position } = run;
  if (position.at !== 'implementing' && position.at !== 'refused')
    throw new Error('There is nothing to fix.');
  const template = ports.templates[run.settings.edit_mode === 'patch' ? 'fix-patch' : 'fix-in-place'];
  const subject = subjectOf(run, await baselineText(run, ports.files), ports);
  return fixPrompt(template, subject, {
    findings: byId(run, position.work.findings),
    expanded: position.work.expanded,
    sentinels: currentRound(run).baseline.sentinels.map(({ text }) => text),
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
