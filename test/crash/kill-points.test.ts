import { describe, expect, it } from 'vitest';
import { crashingWorld, record, type CrashingWorld } from './crashing-world.ts';

/*
 * The built program, real git, a real journal: killed at every fact of a run of three rounds, and resumed. Nothing may
 * differ from the run that nobody killed.
 */

const FACTS = 31;
const PATIENCE = { timeout: 300_000 };

describe('a run of three rounds', () => {
  it('killed at any fact, comes to the same end when it is resumed', PATIENCE, async () => {
    using undisturbed = crashingWorld();
    await undisturbed.run();
    const expected = undisturbed.outcome();
    expect(expected.history).toHaveLength(FACTS);

    await inTwoLanes(async (facts) => {
      using world = crashingWorld();
      await world.runAndKill(facts);
      const known = world.callsKnown();

      expect(await world.resume(), `killed at fact ${facts}`).toEqual(expected);
      expect(twice(world.callsMade()).filter((call) => known.includes(call))).toEqual([]);
    });
  });

  it(
    'whose power fails with effects done that no fact tells of, comes to the same end',
    PATIENCE,
    async () => {
      expect(await cutEverywhere({ ahead: true })).toBe(FACTS - 1);
    },
  );

  it('whose power fails before anything more is done, comes to the same end', PATIENCE, async () => {
    const before = ['call.finished', 'edits.applied', 'commit.created', 'run.finished'];

    expect(await cutEverywhere({ ahead: false, before })).toBe(10);
  });
});

/** Cuts off the run after each fact, or where one of these would come next, and lets it be resumed; counts. */
async function cutEverywhere({
  ahead,
  before,
}: {
  ahead: boolean;
  before?: readonly string[];
}): Promise<number> {
  const worlds: CrashingWorld[] = [];
  const lanes = [0, 1].map(async () => {
    const world = crashingWorld();
    worlds.push(world);
    await world.run();
    return { world, expected: world.outcome(), ...record(world) };
  });
  const ready = await Promise.all(lanes);

  let cuts = 0;
  await inTwoLanes(async (facts, lane) => {
    const { world, expected, rewind, facts: all } = ready[lane] ?? raise('There are two lanes.');
    if (before && !before.includes(all[facts]?.type ?? '')) return;
    cuts += 1;
    rewind(facts, { ahead });
    const [known, made] = [world.callsKnown(), world.callsMade().length];

    expect(await world.resume(), `cut off after fact ${facts}`).toEqual(expected);
    expect(
      world
        .callsMade()
        .slice(made)
        .filter((call) => known.includes(call)),
    ).toEqual([]);
  });
  for (const world of worlds) world[Symbol.dispose]();
  return cuts;
}

/** Every number of facts that a run may be cut off after, the odd ones beside the even ones. */
async function inTwoLanes(cut: (facts: number, lane: number) => Promise<void>): Promise<void> {
  const lanes = [0, 1].map(async (lane) => {
    for (let facts = 1 + lane; facts < FACTS; facts += 2) await cut(facts, lane);
  });
  await Promise.all(lanes);
}

function twice(list: readonly string[]): string[] {
  return list.filter((item, index) => list.indexOf(item) !== index);
}

function raise(message: string): never {
  throw new Error(message);
}
