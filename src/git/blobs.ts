import { literal } from './open-repo.ts';
import type { Git } from './git.ts';

/** The blob that a commit holds at a path; undefined where it holds none. */
export function blobAt(git: Git, commit: string, path: string): Promise<string | undefined> {
  return git.find('rev-parse', '--verify', '--quiet', `${commit}:${path}`);
}

/** What the index holds at a path. The stage is 0, unless a merge left a conflict there. */
export async function stagedAt(
  git: Git,
  path: string,
): Promise<{ readonly blob: string; readonly stage: number } | undefined> {
  const [entry] = (await git.run('ls-files', '--stage', '-z', '--', literal(path))).split('\0');
  const match = /^\d+ ([0-9a-f]+) (\d)\t/.exec(entry ?? '');
  return match?.[1] === undefined ? undefined : { blob: match[1], stage: Number(match[2]) };
}

/**
 * Whether the file on disk, after filters and line end conversion, is what a commit holds (null: what the index holds).
 * A commit without it never matches.
 */
export async function isFileAt(git: Git, commit: string | null, path: string): Promise<boolean> {
  const blob = commit === null ? (await stagedAt(git, path))?.blob : await blobAt(git, commit, path);
  if (blob === undefined) return false;
  const file = (await git.run('hash-object', '--', path)).trim();
  if (file === blob) return true;
  // hash-object does not look into the index, but `core.autocrlf` leaves a file alone that has CRLF there.
  const diff = ['-c', 'diff.autoRefreshIndex=true', 'diff', '--quiet', '--no-ext-diff', '--no-textconv'];
  return git.holds(...diff, ...(commit === null ? [] : [commit]), '--', literal(path));
}
