import type { FactOf } from '../core/fact.ts';
import { blobAt, isFileAt, stagedAt } from './blobs.ts';
import { openGit, type Git, type World } from './git.ts';
import { pathIn } from './open-repo.ts';

type Status = FactOf<'run.started'>['dirty'];
type At = { readonly root: string; readonly world: Pick<World, 'env'> };

/** How a file differs from HEAD: by the blobs, after filters, and not by what `git status` takes them for. */
export async function planStatus(path: string, { root, world: { env } }: At): Promise<Status> {
  const git = openGit({ dir: root, env });
  const name = await pathIn(root, path);
  const head = await blobAt(git, 'HEAD', name);
  const staged = (await stagedAt(git, name))?.blob;

  if (head === undefined && (staged === undefined || (await isEmptyBlob(staged, git)))) return 'untracked';
  if (staged !== head && !(await isFileAt(git, null, name))) return 'partly-staged';
  return (await isFileAt(git, 'HEAD', name)) ? 'clean' : 'modified';
}

/** The staged version of a file, as git stores it; null where none is staged. */
export async function stagedText(path: string, { root, world: { env } }: At): Promise<string | null> {
  const git = openGit({ dir: root, env });
  const staged = await stagedAt(git, await pathIn(root, path));
  return staged ? git.run('cat-file', 'blob', staged.blob) : null;
}

/** The same, where it is neither what HEAD holds nor what is on disk: a commit of the file forgets that version. */
export async function otherStagedText(path: string, at: At): Promise<string | null> {
  return (await planStatus(path, at)) === 'partly-staged' ? stagedText(path, at) : null;
}

/** What `git add --intent-to-add` leaves in the index stands for nothing. */
async function isEmptyBlob(blob: string, git: Git): Promise<boolean> {
  return (await git.run('cat-file', '-s', blob)).trim() === '0';
}
