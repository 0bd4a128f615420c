import type { Fact } from '../core/fact.ts';
import { currentRound, type Run } from '../core/run.ts';
import type { Step } from '../core/step.ts';

/** Says which findings go to the implementer and how, which are left to the user, and which fixes are taken back. */
export async function* acceptFindings(
  { do: _, handedOver, ...admission }: Extract<Step, { do: 'accept-findings' }>,
  run: Run,
): AsyncGenerator<Fact> {
  yield {
    type: 'findings.accepted',
    round: currentRound(run).number,
    findings: [...admission.findings],
    expanded: [...admission.expanded],
    design: [...admission.design],
    guard: [...admission.guard],
    handed_over: [...handedOver],
    reverts: admission.reverts.map(({ finding, because }) => ({ finding, because: [...because] })),
  };
}
