import { describe, expect, it } from 'vitest';
import { loop, type Effects, type Rules } from '../../src/core/loop.ts';

/* A loop that counts to three: its run is a number, a step names what to add, and a fact is what was added. */
const COUNTING: Rules<number, string, number, string> = {
  next: (run) => (run < 3 ? `after ${run}` : 'end'),
  endingOf: (step) => (step === 'end' ? 'counted' : undefined),
  evolve: (run, fact) => run + fact,
};

type Told = { readonly log: string[]; readonly effects: Effects<number, string, number> };

/** What happens in order, where each step comes to these facts. */
function telling(facts: (step: string) => readonly number[]): Told {
  const log: string[] = [];
  return {
    log,
    effects: {
      async *perform(step, run) {
        log.push(`does ${step} with ${run}`);
        for (const fact of facts(step)) yield await Promise.resolve(fact);
      },
      remember: async (fact, run) => {
        await Promise.resolve();
        log.push(`remembers ${fact} as ${run}`);
      },
    },
  };
}

async function played(run: number, { log, effects }: Told): Promise<string> {
  const going = loop(run, COUNTING, effects);
  for (;;) {
    const { value, done } = await going.next();
    if (done) return value;
    log.push(`yields ${value}`);
  }
}

describe('the loop', () => {
  it('does step after step to the end, and remembers a fact before anybody sees it', async () => {
    const told = telling((step) => (step === 'after 0' ? [1, 1] : [1]));

    await expect(played(0, told)).resolves.toBe('counted');
    expect(told.log).toEqual([
      'does after 0 with 0',
      'remembers 1 as 1',
      'yields 1',
      'remembers 1 as 2',
      'yields 1',
      'does after 2 with 2',
      'remembers 1 as 3',
      'yields 1',
    ]);
  });

  it('does nothing for a run that is at its end', async () => {
    const told = telling(() => [1]);

    await expect(played(3, told)).resolves.toBe('counted');
    expect(told.log).toEqual([]);
  });

  it('stops at a step that comes to nothing, and names it', async () => {
    const told = telling((step) => (step === 'after 1' ? [] : [1]));

    await expect(played(0, told)).rejects.toThrow(/^A step came to nothing: "after 1"$/);
    expect(told.log.at(-1)).toBe('does after 1 with 1');
  });
});
