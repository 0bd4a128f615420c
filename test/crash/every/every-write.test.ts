import { describe, expect, it } from 'vitest';
import { copyWorld } from './copied-world.ts';
import { differences } from './differences.ts';
import { inTwoLanes, part } from './lanes.ts';
import { effectsOf, writesOf } from './moments.ts';
import { SCENARIOS, templateWorld } from './template.ts';

const SENTENCES = {
  ENOSPC:
    /There is no space left to write .*\. Nothing was half recorded; the run can go on from where it is\.\nFree some space on that disk, then run: refine-plan resume\n$/,
  EIO: /The disk reports an error at .*\. Nothing was half recorded; the run can go on from where it is\.\nSee what is wrong with that disk \(dmesg names it\), then run: refine-plan resume\n$/,
} as const;

/*
 * The built program on a disk that is full, or fails, from one write on: half of that write is done, and then nothing more
 * can be written. The run stops with a sentence, and goes on once the disk is well.
 */
describe.each(SCENARIOS.filter(({ mode, strategy }) => (mode === 'patch') === (strategy === 'rounds')))(
  'a run, $mode, $strategy, on a disk that from one write on',
  (scenario) => {
    it.each(['ENOSPC', 'EIO'] as const)('says %s, stops and can go on', async (code) => {
      using template = templateWorld(scenario);
      using undisturbed = copyWorld(template, scenario);
      const writes = writesOf(await effectsOf(undisturbed));
      const expected = await undisturbed.outcome();
      const tried = part(writes);
      const failures: string[] = [];

      await inTwoLanes(tried, async (effect, warm) => {
        using world = copyWorld(template, scenario);
        const stopped = await world.start({ fail: { code, effect } });
        const [known, before] = [await world.known(), world.made().length];
        const resumed = await world.resume(warm);

        const isOver = resumed.stderr.startsWith('There is no interrupted run');
        const wanted = { stopped: 3, isTold: true, code: isOver ? 2 : 0, repeated: [], ...expected };
        const other = differences(wanted, {
          stopped: stopped.code,
          isTold: SENTENCES[code].test(stopped.stderr),
          code: resumed.code,
          repeated: world
            .made()
            .slice(before)
            .filter((prompt) => known.includes(prompt)),
          ...(await world.outcome()),
        });
        if (other.length > 0)
          failures.push(`${effect}:\n${other.join('\n')}\n${stopped.stderr}\nthen\n${resumed.stderr}`);
      });

      const count =
        tried.length === writes.length ? `${writes.length}` : `${tried.length} of ${writes.length}`;
      process.stdout.write(`${scenario.mode}, ${scenario.strategy}: ${code} at ${count} writes\n`);
      expect(failures).toEqual([]);
    });
  },
);
