import { jsonText } from '../../lib/json-text.ts';
import { restingLines } from '../../report/resting.ts';
import { nextAction, verdict } from '../../report/verdict.ts';
import { oneLine } from '../../lib/text.ts';
import type { Run } from '../../core/run.ts';
import type { CommonFlags } from '../flags.ts';
import { processOf } from '../run-alive.ts';
import { runNamed, shownPath, targetOf } from '../runs-here.ts';
import type { World } from '../world.ts';

/** `refine-plan status [plan]`: where a run stands, read from its journal. */
export async function status(args: readonly string[], flags: CommonFlags, world: World): Promise<number> {
  if (flags.watch) return (await import('./status-watch.ts')).statusWatch(args, flags, world);
  const { run, dir, facts } = await runNamed(args, flags, world);
  const pid = await processOf(run, dir);
  if (flags.json) {
    const { jsonReport } = await import('../../report/json.ts');
    world.stdout.write(
      `${jsonText({ ...jsonReport(run, dir), running: pid !== undefined, last_at: facts.at(-1)?.ts })}\n`,
    );
    return 0;
  }
  const plan = shownPath(run.started.plan.path, world);
  const [first, ...next] = linesOf(run, pid, targetOf(plan, flags));
  const about = [
    `Run      ${run.id}`,
    `Plan     ${oneLine(plan)}`,
    `State    ${shownPath(dir, world)}`,
    `Last     ${facts.at(-1)?.type ?? ''} at ${facts.at(-1)?.ts ?? ''}`,
  ];
  world.stdout.write(`${[first, ...about, ...next].join('\n')}\n`);
  return 0;
}

function linesOf(run: Run, pid: number | undefined, target: string): readonly string[] {
  const { position } = run;
  if (position.at === 'finished')
    return [`${verdict(run, position.outcome)}.`, `Next     ${nextAction(run, position.outcome, target)}`];
  if (pid === undefined) return restingLines(run, target);
  return [`Running: round ${run.rounds.length}, ${position.at} (process ${pid}).`];
}
