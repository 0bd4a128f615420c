import { oneLine } from '../../lib/text.ts';
import { summary, briefSummary } from '../../report/summary.ts';
import { jsonScreen, plainScreen, type Listener } from '../../ui/screen.ts';
import { themeFor, type Theme } from '../../ui/theme.ts';
import { restingLines } from '../../report/resting.ts';
import { pausedText } from '../ending.ts';
import type { CommonFlags } from '../flags.ts';
import { runNamed, shownPath, targetOf } from '../runs-here.ts';
import { ReaderGone, whileRead } from '../watch/reader.ts';
import { watchRun, type Watched } from '../watch/watch-run.ts';
import type { World } from '../world.ts';

/** `refine-plan status --watch [plan]`: a run told as it goes on, from another terminal or into a pipe, until it ends. */
export async function statusWatch(
  args: readonly string[],
  flags: CommonFlags,
  world: World,
): Promise<number> {
  const { dir } = await runNamed(args, flags, world);
  using _ = world.signals.heed();
  const theme = watchTheme(flags, world);
  const screen = await watchScreen(theme, flags, world);
  try {
    const watched = await watchRun(dir, screen, whileRead(world));
    screen.close?.();
    if (!flags.json) world.stdout.write(endingText(watched, { dir, theme }, flags, world));
  } catch (error) {
    if (!(error instanceof ReaderGone)) throw error;
  } finally {
    screen.close?.();
  }
  return 0;
}

/** What standard output can show, which is where watching is told. */
export function watchTheme({ noColor, quiet, json }: CommonFlags, { stdout, env }: World): Theme {
  return themeFor(stdout, env, { noColor, quiet: quiet || json });
}

async function watchScreen(theme: Theme, flags: CommonFlags, { stdout }: World): Promise<Listener> {
  if (flags.json) return jsonScreen(stdout);
  const volume = { isQuiet: flags.quiet, isVerbose: flags.verbose };
  if (!theme.isLive) return plainScreen(stdout, theme, volume);
  const { liveScreen } = await import('../../ui/live-screen.ts');
  return liveScreen(stdout, theme, volume);
}

function endingText(
  { run, ending }: Watched,
  { dir, theme: { isUnicode, double } }: { readonly dir: string; readonly theme: Theme },
  flags: CommonFlags,
  world: World,
): string {
  const plan = shownPath(run.started.plan.path, world);
  const style = {
    isUnicode,
    double,
    stateDir: oneLine(shownPath(dir, world)),
    plan,
    target: targetOf(plan, flags),
  };
  if (ending === null) return `${restingLines(run, style.target).join('\n')}\n`;
  if (ending.kind === 'paused') return pausedText(run.kind, ending.decision, style);
  return flags.quiet ? briefSummary(run, ending.outcome, style) : `\n${summary(run, ending.outcome, style)}`;
}
