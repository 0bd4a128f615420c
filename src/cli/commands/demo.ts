import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { interruptRound } from '../demo/interrupt-round.ts';
import { PLAN, setStage, type Stage } from '../demo/stage.ts';
import type { CommonFlags } from '../flags.ts';
import { themeFor } from '../../ui/theme.ts';
import type { World } from '../world.ts';
import { resume } from './resume.ts';
import { run } from './run.ts';

/** On a terminal each scripted agent seems to think for so long, in milliseconds, that one sees what goes on. */
const PAUSE = 1200;

/**
 * `refine-plan demo`: the whole loop, for real, on a bundled plan in a temporary repository, with scripted agents; with a
 * question, and an interruption that is resumed.
 */
export async function demo(_: readonly string[], given: CommonFlags, world: World): Promise<number> {
  const { isLive } = themeFor(world.stderr, world.env, {
    noColor: given.noColor,
    quiet: given.quiet || given.json,
  });
  const pauseMs = isLive ? PAUSE : 0;
  const stage = await setStage(world, pauseMs);
  const say = (text: string): void => {
    if (!given.json) world.stderr.write(text);
  };
  say(introduction(stage));
  const settings = new Map<string, unknown>([
    ['reviewer', stage.agent],
    ['implementer', stage.agent],
    ['edit-mode', 'patch'],
  ]);
  const flags = { ...given, settings, config: undefined };
  const staged = { ...world, cwd: stage.dir, env: stage.env };

  const early = await untilInterrupted(stage, pauseMs, flags, staged);
  if (early !== null) return early;
  say(INTERRUPTED);
  await writeFile(stage.curtain, '');
  const page = new Map([...settings, ['report', [join(stage.dir, 'report.html')]]]);
  const exitCode = await resume([PLAN], { ...flags, settings: page }, staged);
  say(await afterwards(stage));
  return exitCode;
}

function introduction({ dir }: Stage): string {
  return `A demonstration in ${dir}
The agents are scripts that come with this program: no model is called, and nothing leaves this machine.

`;
}

const INTERRUPTED = `
That was Ctrl-C, pressed by the demonstration itself in the middle of a review. Going on with: refine-plan resume

`;

/** The first half; its exit code where it came to an end before anybody interrupted it. */
async function untilInterrupted(
  { dir }: Stage,
  afterMs: number,
  flags: CommonFlags,
  world: World,
): Promise<number | null> {
  const [stop, over] = [new AbortController(), new AbortController()];
  const { heed } = world.signals;
  const signals = { heed, signal: AbortSignal.any([world.signals.signal, stop.signal]) };
  const interrupting = interruptRound(dir, { round: 2, afterMs, stop, over: over.signal });
  try {
    return await run([PLAN], flags, { ...world, signals });
  } catch (error) {
    if (error !== stop.signal.reason) throw error;
    return null;
  } finally {
    over.abort(new Error('The first half is over.'));
    await interrupting;
  }
}

async function afterwards({ dir, git }: Stage): Promise<string> {
  const commits = (await git('log', '--format=  %h %s')).trimEnd();
  return `
Its commits, each of the plan alone:
${commits}
Look at what it did: git -C ${dir} log -p --stat
`;
}
