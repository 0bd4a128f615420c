import { PROJECT_FILE } from './config-file.ts';
import type { Resolution } from './resolve.ts';
import type { World } from './world.ts';

/** Says what the repository's own config file asked for and did not get. */
export function sayIgnored({ ignored }: Resolution, world: World): void {
  if (ignored.length === 0) return;
  world.stderr.write(
    `! ${PROJECT_FILE} sets ${ignored.join(', ')}; ignored, because a repository may not decide what runs on your machine, what agents are told, or where files go. --trust-project allows it.\n`,
  );
}
