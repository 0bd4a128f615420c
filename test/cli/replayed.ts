import { compare, type Comparison, type RecordingEnd } from '../../src/core/replay/compare.ts';
import { decidedIn, endedAs } from '../../src/core/replay/decided.ts';
import { recordingOf } from '../../src/core/replay/recording.ts';
import { play, type Changes } from '../../src/cli/replay/play.ts';
import { PLAN } from '../rig/world.ts';
import { runOf, type World } from '../steps/world.ts';

export type Told = Comparison & { readonly end: RecordingEnd | null };

/** What a replay of the run of a simulated world comes to, beside it. */
export async function replayed(world: World, changes: Changes = {}): Promise<Told> {
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
export function difference({ rounds, ending, end, differs }: Told): unknown {
  const apart = rounds.filter((round) => round.differs.length > 0);
  return differs || end ? { apart, ending, end } : null;
}
