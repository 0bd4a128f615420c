import { describe, expect, it } from 'vitest';
import { copyWorld } from './copied-world.ts';
import { inTwoLanes } from './lanes.ts';
import { effectsOf, momentsOf } from './moments.ts';
import { SCENARIOS, templateWorld } from './template.ts';

/*
 * The built program, real git, killed by SIGKILL at every moment at which its death leaves something else on disk than at
 * the one before, and resumed. Nothing may differ from the run that nobody killed.
 */
describe.each(SCENARIOS)('a run, $mode, $strategy', (scenario) => {
  it('comes to the same end wherever it is killed, and leaves nothing behind', async () => {
    using template = templateWorld(scenario);
    using undisturbed = copyWorld(template, scenario);
    const effects = await effectsOf(undisturbed);
    const expected = await undisturbed.outcome();
    const moments = momentsOf(effects);
    const failures: string[] = [];

    await inTwoLanes(moments, async (kill, warm) => {
      using world = copyWorld(template, scenario);
      const { signal } = await world.start({ kill });
      const [known, before] = [await world.known(), world.made().length];
      const { code, stderr } = await world.resume(warm);
      const again = world.made().slice(before);
      const isOver = stderr.startsWith('There is no interrupted run');
      try {
        expect({ signal, code, ...(await world.outcome()) }).toEqual({ signal: 'SIGKILL', code: isOver ? 2 : 0, ...expected });
        expect(again.filter((prompt) => known.includes(prompt))).toEqual([]);
      } catch (error) {
        failures.push(`${kill.edge} ${kill.effect}: ${code} ${stderr.slice(0, 300)}\n${error instanceof Error ? error.message : error}`);
      }
    });

    console.log(`${scenario.mode}, ${scenario.strategy}: ${effects.length} effects, killed at ${moments.length} moments`);
    expect(failures.join('\n\n')).toBe('');
  });
});
