import type { Fact } from '../core/fact.ts';
import { files } from '../core/paths.ts';
import { placeFindings } from '../core/place-findings.ts';
import { readReview } from '../core/reading.ts';
import { currentRound, type Run } from '../core/run.ts';
import type { Step } from '../core/step.ts';
import type { Ports } from '../ports.ts';
import { groundOf } from './ground.ts';
import { parkedText } from './parked-text.ts';
import { keptText } from './round-text.ts';
import { leftText } from './shift.ts';

/** Reads what the verifier says of the last fix. It is reported, never acted on; where it fails, that is said. */
export async function* takeLastLook(
  step: Extract<Step, { do: 'take-last-look' }>,
  run: Run,
  ports: Ports,
): AsyncGenerator<Fact> {
  const round = currentRound(run).number;
  const unlooked = (problem: string): Fact => ({
    type: 'last-look.taken',
    round,
    call: step.call,
    problem,
    findings: [],
  });
  if (step.call === null) {
    yield unlooked(step.problem ?? '');
    return;
  }
  const answer = await keptText(ports.files, files.answer(round, step.call));
  await ports.files.write(files.verify(round), answer);
  const reading = readReview(answer);
  if ('problem' in reading) {
    yield unlooked(reading.problem);
    return;
  }
  const plan = await leftText(run, ports);
  const findings = placeFindings(reading.findings, await groundOf(run, plan, ports));
  const parked = findings.filter(({ gate }) => gate === 'actionable');
  if (parked.length > 0) await ports.files.write(files.parked(round), parkedText(parked));
  yield { type: 'last-look.taken', round, call: step.call, problem: null, findings };
}
