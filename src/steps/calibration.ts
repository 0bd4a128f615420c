import { mutations, seed, type Seeded } from '../core/calibrate/mutations.ts';
import { recall, score, scored } from '../core/calibrate/score.ts';
import type { Fact, FactOf } from '../core/fact.ts';
import { files } from '../core/paths.ts';
import { placeFindings } from '../core/place-findings.ts';
import { readReview } from '../core/reading.ts';
import { currentRound, type Run } from '../core/run.ts';
import type { Step } from '../core/step.ts';
import { randomFrom } from '../lib/random.ts';
import type { Ports } from '../ports.ts';
import { baselineText, keptText } from './round-text.ts';

/** Defects that are planted in the copy, where the plan has room for so many. */
const WANTED = 6;

/** A copy of a plan with planted defects: the same for the same plan, so that nothing of it has to be kept. */
export function plantedIn(plan: string, digest: (text: string) => string): Seeded {
  const random = randomFrom(Number.parseInt(digest(plan).slice(0, 8), 16));
  return seed(plan, mutations(plan, random, WANTED));
}

/** Counts how many of the planted defects the reviewer found. What it says of the copy is used for nothing else. */
export async function* scoreCalibration(
  { call, problem }: Extract<Step, { do: 'score-calibration' }>,
  run: Run,
  ports: Ports,
): AsyncGenerator<Fact> {
  const { number: round } = currentRound(run);
  const nothing: FactOf<'calibration.scored'> = {
    type: 'calibration.scored',
    round,
    call,
    problem,
    seeded: 0,
    found: 0,
    recall: null,
    defects: [],
  };
  if (call === null) {
    yield nothing;
    return;
  }
  const { text, seeds } = plantedIn(await baselineText(run, ports.files), ports.plan.digest);
  const reading = readReview(await keptText(ports.files, files.answer(round, call)));
  if ('problem' in reading || seeds.length === 0) {
    const why = 'problem' in reading ? reading.problem : 'The plan has no place for a planted defect.';
    yield { ...nothing, problem: why };
    return;
  }
  const ground = { plan: text, births: [], ledger: new Map(), floor: 0, round, dismissed: [] };
  const found = placeFindings(reading.findings, ground);
  const result = score(seeds, found);
  const { mean, low, high } = recall(result);
  yield {
    ...nothing,
    ...result,
    recall: { mean, low, high },
    defects: seeds.map((one) => ({
      operator: one.operator,
      describes: one.describes,
      found: scored(one, found) !== null,
    })),
  };
}
