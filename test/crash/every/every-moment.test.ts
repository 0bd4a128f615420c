import { describe, expect, it } from 'vitest';
import { copyWorld } from './copied-world.ts';
import { differences } from './differences.ts';
import { inTwoLanes, part } from './lanes.ts';
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
    const all = momentsOf(effects);
    const moments = part(all);
    const failures: string[] = [];

    await inTwoLanes(moments, async (kill, warm) => {
      using world = copyWorld(template, scenario);
      const { signal } = await world.start({ kill });
      const [known, before] = [await world.known(), world.made().length];
      const { code, stderr } = await world.resume(warm);

      const isOver = stderr.startsWith('There is no interrupted run');
      const wanted = { signal: 'SIGKILL', code: isOver ? 2 : 0, repeated: [], ...expected };
      const repeated = world
        .made()
        .slice(before)
        .filter((prompt) => known.includes(prompt));
      const other = differences(wanted, { signal, code, repeated, ...(await world.outcome()) });
      if (other.length > 0)
        failures.push(`Killed ${kill.edge} ${kill.effect}:\n${other.join('\n')}\n${stderr}`);
    });

    const count = moments.length === all.length ? `${all.length}` : `${moments.length} of ${all.length}`;
    process.stdout.write(
      `${scenario.mode}, ${scenario.strategy}: ${effects.length} effects; killed at ${count} moments\n`,
    );
    expect(failures).toEqual([]);
  });
});
