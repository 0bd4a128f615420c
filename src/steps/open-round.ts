import type { Fact } from '../core/fact.ts';
import { countLines } from '../lib/text.ts';
import { files } from '../core/paths.ts';
import { unfitBytes } from '../core/plan-text.ts';
import type { Run } from '../core/run.ts';
import { sentinelsOf } from '../core/sentinels.ts';
import type { Step } from '../core/step.ts';
import type { Ports } from '../ports.ts';
import { planSeen } from './look-around.ts';
import { shiftTo } from './shift.ts';

/** Reads the plan once: its exact bytes are the round's baseline, and the sentinels are taken from them. */
export async function* openRound(
  { round, mode }: Extract<Step, { do: 'open-round' }>,
  run: Run,
  ports: Ports,
): AsyncGenerator<Fact> {
  const plan = await ports.plan.read();
  // What a commit hook left was not somebody's to take: it may be no plan at all.
  if (plan?.sha256 !== run.expected.sha256 || unfitBytes(plan.text)) {
    yield await planSeen(run, ports, 'between-rounds');
    return;
  }
  const shift = await shiftTo(plan.text, run, ports);
  await ports.files.write(files.baseline(round), plan.text);
  const sentinels = sentinelsOf(plan.text);
  yield {
    type: 'round.started',
    round,
    mode,
    sha256: plan.sha256,
    ...(shift && { shift }),
    lines: countLines(plan.text),
    sentinels: sentinels.strings.map(({ text, line }) => ({ text, line })),
    marker_lines: sentinels.markerLines,
  };
}
