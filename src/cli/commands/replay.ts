import { compare } from '../../core/replay/compare.ts';
import { decidedIn, endedAs } from '../../core/replay/decided.ts';
import { recordingOf } from '../../core/replay/recording.ts';
import { noSuchRun } from '../../errors/store.ts';
import { jsonText } from '../../lib/json-text.ts';
import { replayJson, replayText } from '../../report/replay.ts';
import { openRunFiles } from '../../store/run-directory.ts';
import { loadRun } from '../../store/runs.ts';
import { themeFor } from '../../ui/theme.ts';
import type { CommonFlags } from '../flags.ts';
import { play } from '../replay/play.ts';
import { changedSettings, changesFrom } from '../replay/settings.ts';
import { runNamed } from '../runs-here.ts';
import type { World } from '../world.ts';

/** `refine-plan replay <run>`: a recorded run decided again, offline, under other settings as far as its answers carry. */
export async function replay(args: readonly string[], flags: CommonFlags, world: World): Promise<number> {
  const changes = changesFrom(flags.settings);
  const { dir } = await runNamed(args, flags, world);
  const kept = await loadRun(dir); // read again, and checked: it is not only shown, the loop goes by it
  const recording = kept && recordingOf(kept.run.id, kept.facts);
  if (!recording) throw noSuchRun(args[0] ?? '');
  const replayed = await play(recording, { read: openRunFiles(dir).read, changes });
  const told = {
    run: recording.id,
    settings: changedSettings(recording.started.settings, changes),
    comparison: compare({ rounds: decidedIn(recording.run), ended: endedAs(recording.run) }, replayed),
    end: replayed.end,
  };
  const { isUnicode } = themeFor(world.stdout, world.env, { noColor: flags.noColor, quiet: false });
  world.stdout.write(flags.json ? `${jsonText(replayJson(told))}\n` : replayText(told, { isUnicode }));
  return 0;
}
