import { stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { openGit, type World } from './git.ts';

type In = { readonly root: string; readonly world: Pick<World, 'env'> };

/** What is kept beside a plan, and is none itself, however wide the glob is. */
const BESIDE = /\.dismissed\.json$/;

/** Files that match a glob from the root and that git knows or would add: relative paths, the newest first, then by name. */
export async function planCandidates(glob: string, { root, world }: In): Promise<string[]> {
  const names = (await listed(`:(glob)${glob}`, { root, world })).filter((name) => !BESIDE.test(name));
  const found = await Promise.all(
    names.map(async (name) => {
      const file = await stat(join(root, name)).catch(() => null); // Deleted, and git was not told yet.
      return file?.isFile() ? [{ name, time: file.mtimeMs }] : [];
    }),
  );
  const newestFirst = found.flat().toSorted((a, b) => b.time - a.time || (a.name < b.name ? -1 : 1));
  return newestFirst.map(({ name }) => name);
}

/** Directories, relative to the root, that hold a file which git knows or would add; the root itself is `.`. */
export async function fileDirs({ root, world }: In): Promise<string[]> {
  const files = await listed(':/', { root, world });
  return [...new Set(files.map((name) => dirname(name)))].toSorted();
}

async function listed(pathspec: string, { root, world: { env } }: In): Promise<string[]> {
  const git = openGit({ dir: root, env });
  const files = await git.run('ls-files', '--cached', '--others', '--exclude-standard', '-z', '--', pathspec);
  return [...new Set(files.split('\0'))].filter((name) => name !== '');
}
