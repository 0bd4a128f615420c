import { oneLine } from '../lib/text.ts';
import type { Resolution } from './resolve.ts';
import type { World } from './world.ts';

/** Says what the repository's own config file asked for and did not get. */
export function sayIgnored({ ignored, ignoredIn }: Resolution, world: World): void {
  if (ignored.length === 0) return;
  world.stderr.write(
    `! ${oneLine(ignoredIn)} sets ${ignored.join(', ')}; ignored, because a repository may not decide what runs on your machine, what agents are told, where files go, which guard is given up, or what is said in your name. --trust-project allows it, and so does "trustedProjects" in your own config file.\n`,
  );
}

type Prompts = Readonly<Record<string, string>>;

/** Says which agents will be told something else than when the run began: the settings of a run are recorded, its prompts are not. */
export function sayOtherPrompts(began: Prompts, now: Prompts, world: World): void {
  for (const name of new Set([...Object.keys(began), ...Object.keys(now)])) {
    if (began[name] === now[name]) continue;
    const what =
      now[name] === undefined
        ? 'one of your own, and goes on with that of this package'
        : began[name] === undefined
          ? 'that of this package, and goes on with one of your own'
          : 'yours as it was then, and goes on with yours as it is now';
    world.stderr.write(`! This run began with another prompt "${name}": ${what}.\n`);
  }
}
