import { describe, expect, it } from 'vitest';
import { compare, type Comparison, type RecordingEnd } from '../../src/core/replay/compare.ts';
import { decidedIn, endedAs } from '../../src/core/replay/decided.ts';
import { recordingOf } from '../../src/core/replay/recording.ts';
import { play, type Changes } from '../../src/cli/replay/play.ts';
import { DEFECTS, PLAN } from '../rig/world.ts';
import { declining, edits, failing, review } from '../steps/answers.ts';
import { failsAt } from '../steps/power.ts';
import { endOf, factsOf, live, lived, openWorld, runOf, type Given, type World } from '../steps/world.ts';

type Told = Comparison & { readonly end: RecordingEnd | null };

/** What a replay of this world's run comes to beside it. */
async function replayed(world: World, changes: Changes = {}): Promise<Told> {
  const { disk, given } = world;
  const recording = recordingOf(runOf(world).id, disk.journal);
  if (!recording) throw new Error('There is no recording.');
  const read = async (name: string): Promise<string | undefined> =>
    name === 'plan.initial.md' ? (given.plan ?? PLAN) : disk.files.get(name);
  const result = await play(recording, { read, changes });
  const recorded = { rounds: decidedIn(recording.run), ended: endedAs(recording.run) };
  return { ...compare(recorded, result), end: result.end };
}

/** Where a replay is not its recording; null where it is, to the end. */
function difference({ rounds, ending, end, differs }: Told): unknown {
  const apart = rounds.filter((round) => round.differs.length > 0);
  return differs || end ? { apart, ending, end } : null;
}

describe('under its own settings', () => {
  it('x', async () => {
    const world = await lived();
    console.log(endOf(world), factsOf(world, 'round.started').length);
    expect(difference(await replayed(world))).toBeNull();
  });
});
void [DEFECTS, declining, edits, failing, review, failsAt, live, openWorld]; export type { Given };
