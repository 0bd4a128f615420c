import type { Fact } from '../core/fact.ts';
import { currentRound, type Run } from '../core/run.ts';
import type { Step } from '../core/step.ts';

/** Says which findings go to the implementer, and which are left to the user. */
export async function* acceptFindings(
  { findings, expanded, handedOver }: Extract<Step, { do: 'accept-findings' }>,
  run: Run,
): AsyncGenerator<Fact> {
  yield {
    type: 'findings.accepted',
    round: currentRound(run).number,
    findings: [...findings],
    expanded: [...expanded],
    handed_over: handedOver.map((id) => ({
      id,
      because: 'stuck' as const,
      why: 'It was fixed before and came back.',
    })),
  };
}
