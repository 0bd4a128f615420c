import type { Place } from './place.ts';
import { notConfirmed } from '../errors/undo.ts';
import { choose } from '../ui/choose.ts';
import { themeFor } from '../ui/theme.ts';
import { isGiven, type CommonFlags } from './flags.ts';
import { isUnattended } from './unattended.ts';
import type { World } from './world.ts';

type Question = {
  /** As a question: `Restore the plan?` */
  readonly message: string;
  /** As the subject of a sentence: `Restoring a plan`. */
  readonly what: string;
  readonly resolution: Place['resolution'];
};

/** Asks whoever is at the terminal for a yes. `--yes` says it beforehand; with nobody there it has to. */
export async function isConfirmed(
  { message, what, resolution }: Question,
  flags: CommonFlags,
  world: World,
): Promise<boolean> {
  if (isGiven(flags, 'yes')) return true;
  if (flags.json || isUnattended(resolution, world)) throw notConfirmed(what);
  return askYes(message, flags, world);
}

/** Yes or no, with the cursor on no. */
export async function askYes(message: string, flags: CommonFlags, world: World): Promise<boolean> {
  const choices = [
    { value: 'yes', name: 'yes' },
    { value: 'no', name: 'no' },
  ];
  const answer = await choose(
    { message, choices, first: 'no', signal: world.signals.signal },
    { input: world.stdin, output: world.stderr },
    themeFor(world.stderr, world.env, { noColor: flags.noColor, quiet: false }),
  );
  return answer === 'yes';
}
