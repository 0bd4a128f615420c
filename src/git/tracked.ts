import { openGit, type World } from './git.ts';

/** What git keeps at or below a path: names from the root, and whether each is a link or a repository of its own. */
export async function trackedBelow(
  path: string,
  { root, world: { env } }: { readonly root: string; readonly world: Pick<World, 'env'> },
): Promise<readonly { readonly name: string; readonly isLink: boolean }[]> {
  const git = openGit({ dir: root, env });
  // In any case of letters, for a disk may not tell them apart.
  const entries = await git.run('ls-files', '--stage', '-z', '--', `:(top,literal,icase)${path}`);
  return entries
    .split('\0')
    .filter((entry) => entry !== '')
    .map((entry) => ({
      name: entry.slice(entry.indexOf('\t') + 1),
      isLink: /^1[26]0000 /.test(entry),
    }));
}
