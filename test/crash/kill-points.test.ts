import { describe, expect, it } from 'vitest';
import { crashingWorld, record, type CrashingWorld } from './crashing-world.ts';

/*
 * The built program, real git, a real journal: killed at every fact of a run of three rounds, and resumed. Nothing may
 * differ from the run that nobody killed.
 */

const LANES = [0, 1];

describe('a run of three rounds', () => {
  it('killed at any fact comes to the same end when it is resumed', { timeout: 300_000 }, async () => {
    using undisturbed = crashingWorld();
    await undisturbed.run();
    const expected = undisturbed.outcome();
    const cuts = expected.history.length - 1;

    const lanes = LANES.map(async (lane) => {
      for (let facts = 1 + lane; facts <= cuts; facts += LANES.length) {
        using world = crashingWorld();
        await world.runAndKill(facts);
        const known = journalled(world);
        const { code, stderr } = await world.resume();

        expect({ code, stderr, ...world.outcome() }, after(facts, expected)).toEqual({
          code: 0,
          stderr: '',
          ...expected,
        });
        expect(repeated(world, known), after(facts, expected)).toEqual([]);
      }
    });
    await Promise.all(lanes);

    expect(cuts).toBeGreaterThanOrEqual(27);
  });

  it.each([
    ['before the next fact is written, its effects done', true],
    ['before the next step does anything', false],
  ])('cut off %s, comes to the same end when it is resumed', { timeout: 300_000 }, async (_, ahead) => {
    const lanes = LANES.map(async (lane) => {
      using world = crashingWorld();
      await world.run();
      const expected = world.outcome();
      const { facts, rewind } = record(world);

      for (let count = 1 + lane; count < facts.length; count += LANES.length) {
        rewind(count, { ahead });
        const [known, before] = [journalled(world), world.callsMade().length];
        const { code, stderr } = await world.resume();

        expect({ code, stderr, ...world.outcome() }, after(count, expected)).toEqual({
          code: 0,
          stderr: '',
          ...expected,
        });
        expect(
          world
            .callsMade()
            .slice(before)
            .filter((call) => known.includes(call)),
        ).toEqual([]);
      }
    });
    await Promise.all(lanes);
  });
});

/** The calls that the journal knows as finished, as `reviewer/1`. */
function journalled(world: CrashingWorld): string[] {
  return world
    .facts()
    .flatMap(({ type, role, round }) => (type === 'call.finished' ? [`${role}/${round}`] : []));
}

/** Calls that were made again although they were known as finished. */
function repeated(world: CrashingWorld, known: readonly string[]): string[] {
  const made = world.callsMade();
  return known.filter((call) => made.filter((other) => other === call).length > 1);
}

function after(facts: number, { history }: { readonly history: readonly string[] }): string {
  return `after fact ${facts}, ${history[facts - 1]}`;
}
