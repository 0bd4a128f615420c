import type { Fact } from '../core/fact.ts';
import { currentRound, type Run } from '../core/run.ts';
import type { Step } from '../core/step.ts';
import { unifiedDiff } from '../core/unified-diff.ts';
import type { Ports } from '../ports.ts';
import { reject } from './reject.ts';
import { baselineText, keptText } from './round-text.ts';

/** Has a person go over the findings before an implementer is called. */
export async function* confirmFindings(
  { findings }: Extract<Step, { do: 'confirm-findings' }>,
  run: Run,
  { user, signal }: Ports,
): AsyncGenerator<Fact> {
  const shown = findings.flatMap((id) => run.ledger.get(id)?.finding ?? []);
  yield {
    type: 'findings.confirmed',
    round: currentRound(run).number,
    ...(await user.triage(shown, signal)),
  };
}

/** Has a person look at the edits before they are written. What is not wanted is kept beside the round. */
export async function* confirmEdits(run: Run, ports: Ports): AsyncGenerator<Fact> {
  if (run.position.at !== 'writing') throw new Error('There is nothing to write.');
  const { relative } = run.started.plan;
  const round = currentRound(run);
  const before = await baselineText(run, ports.files);
  const text = await keptText(ports.files, run.position.proposal.candidate);
  const diff = unifiedDiff(relative, before, text);
  const approval = await ports.user.approve(diff, ports.signal);
  if (!approval.applied)
    await reject(ports.files, round.number, {
      call: round.edits?.call ?? '',
      problem: 'You did not want it.',
      text,
    });
  yield { type: 'edits.confirmed', round: round.number, ...approval };
}
