import { jsonText } from '../../lib/json-text.ts';
import { lockHolder } from '../../store/lock.ts';
import { jsonReport } from '../../report/json.ts';
import { nextAction, verdict } from '../../report/verdict.ts';
import { oneLine } from '../../lib/text.ts';
import type { CommonFlags } from '../flags.ts';
import { runNamed, shownPath, targetOf } from '../runs-here.ts';
import type { World } from '../world.ts';

/** `refine-plan status [plan]`: where a run stands, read from its journal. */
export async function status(args: readonly string[], flags: CommonFlags, world: World): Promise<number> {
  const { run, dir, facts } = await runNamed(args, flags, world);
  const owner = await lockHolder(run.started.plan.path);
  const isRunning = owner?.run === run.id;
  if (flags.json) {
    world.stdout.write(
      `${jsonText({ ...jsonReport(run, dir), running: isRunning, last_at: facts.at(-1)?.ts })}\n`,
    );
    return 0;
  }
  const { position } = run;
  const plan = shownPath(run.started.plan.path, world);
  const lines =
    position.at === 'finished'
      ? [
          `${verdict(run, position.outcome)}.`,
          `Next     ${nextAction(run, position.outcome, targetOf(plan, flags))}`,
        ]
      : [
          isRunning
            ? `Running: round ${run.rounds.length}, ${position.at} (process ${owner.pid}).`
            : `Interrupted in round ${run.rounds.length}, while ${position.at}.`,
          ...(isRunning
            ? []
            : [
                `Next     refine-plan ${run.kind === 'review' ? 'review' : 'resume'} ${targetOf(plan, flags)}`,
              ]),
        ];
  const about = [
    `Run      ${run.id}`,
    `Plan     ${oneLine(plan)}`,
    `State    ${shownPath(dir, world)}`,
    `Last     ${facts.at(-1)?.type ?? ''} at ${facts.at(-1)?.ts ?? ''}`,
  ];
  world.stdout.write(`${[lines[0], ...about, ...lines.slice(1)].join('\n')}\n`);
  return 0;
}
