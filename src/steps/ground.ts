import type { Ground } from '../core/place-findings.ts';
import { currentRound, type Run } from '../core/run.ts';
import type { Ports } from '../ports.ts';

/** What findings are placed on: a text of the plan, who wrote its lines, and everything the run and the user know already. */
export async function groundOf(run: Run, plan: string, { dismissed }: Ports): Promise<Ground> {
  return {
    plan,
    births: run.lineage.births,
    ledger: run.ledger,
    floor: run.settings.confidence_floor,
    round: currentRound(run).number,
    dismissed: await dismissed(),
  };
}
