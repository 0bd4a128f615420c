import type { Policies } from '../core/settings.ts';
import type { Notice, User } from '../ports.ts';
import { jsonScreen, plainScreen, type Listener } from '../ui/screen.ts';
import { themeFor, type Theme } from '../ui/theme.ts';
import { policyUser } from '../ui/user.ts';
import type { CommonFlags } from './flags.ts';
import { inputEnded } from './interruption.ts';
import type { World } from './world.ts';

/** What a run is shown on, and who is asked. */
export type Screen = {
  readonly theme: Theme;
  readonly listeners: readonly Listener[];
  readonly announce: (notice: Notice) => void;
} & Disposable;

/** Opens the screen that fits: JSON Lines on stdout, a live terminal, or plain lines. */
export async function openScreen(
  flags: CommonFlags,
  world: World,
  { isMute }: { readonly isMute: boolean },
): Promise<Screen> {
  const theme = themeFor(world.stderr, world.env, {
    noColor: flags.noColor,
    quiet: flags.quiet || flags.json,
  });
  const listeners = isMute ? [] : [await screenFor(theme, flags, world)];
  return {
    theme,
    listeners,
    announce: (notice) => {
      for (const { onNotice } of listeners) onNotice?.(notice);
    },
    [Symbol.dispose]: () => {
      for (const { close } of listeners) close?.();
    },
  };
}

async function screenFor(theme: Theme, flags: CommonFlags, world: World): Promise<Listener> {
  if (flags.json) return jsonScreen(world.stdout);
  const volume = { isQuiet: flags.quiet, isVerbose: flags.verbose };
  if (!theme.isLive) return plainScreen(world.stderr, theme, volume);
  const { liveScreen } = await import('../ui/live-screen.ts');
  return liveScreen(world.stderr, theme, volume);
}

/** A person at the terminal, or the policies. */
export async function openUser(
  policies: Policies,
  isUnattended: boolean,
  { noColor }: CommonFlags,
  world: World,
  waits?: (message: string) => void,
): Promise<User> {
  if (isUnattended) return policyUser(policies);
  const { promptingUser } = await import('../ui/prompting-user.ts');
  return promptingUser(policies, {
    terminal: { input: world.stdin, output: world.stderr },
    theme: themeFor(world.stderr, world.env, { noColor, quiet: false }),
    interrupted: inputEnded,
    ...(waits ? { waits } : {}),
  });
}
