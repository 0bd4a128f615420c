import { describe, expect, it } from 'vitest';
import { copyWorld } from './copied-world.ts';
import { differences } from './differences.ts';
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
    const stride = Number(process.env['STRIDE'] ?? 1);
    const moments = momentsOf(effects).filter((_, i) => i % stride === Number(process.env['AT'] ?? 0));
    let n = 0;
    const failures: string[] = [];

    await inTwoLanes(moments, async (kill, warm) => {
      using world = copyWorld(template, scenario);
      const { signal } = await world.start({ kill });
      const [known, before] = [await world.known(), world.made().length];
      const { code, stderr } = await world.resume(warm);
      n += 1;
      process.stderr.write(
        `${n}/${moments.length} ${Math.round(performance.now())} ${kill.edge} ${kill.effect}\n`,
      );
      const again = world.made().slice(before);
      const isOver = stderr.startsWith('There is no interrupted run');
      const found = {
        signal,
        code,
        repeated: again.filter((prompt) => known.includes(prompt)),
        ...(await world.outcome()),
      };
      const wanted = { signal: 'SIGKILL', code: isOver ? 2 : 0, repeated: [], ...expected };
      const other = differences(wanted, found);
      if (other.length > 0)
        failures.push(`Killed ${kill.edge} ${kill.effect}:\n${other.join('\n')}\n${stderr}`);
      if (other.length > 0) process.stderr.write(`${failures.at(-1)}\n`);
    });

    console.log(
      `${scenario.mode}, ${scenario.strategy}: ${effects.length} effects, killed at ${moments.length} moments`,
    );
    expect(failures).toEqual([]);
  });
});
