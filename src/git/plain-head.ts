import { lstat, readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';

const BRANCH = /^ref: refs\/heads\/(.+)\n$/;
const COMMIT = /^(?:[0-9a-f]{40}|[0-9a-f]{64})\n$/;

/**
 * Where HEAD is, read from the files of git without starting it, which is most of what looking costs
 * (https://git-scm.com/docs/gitrepository-layout). Undefined where they do not say it plainly, and git must be asked: a
 * branch whose ref is packed or refers to another, refs that are no files, no commit yet.
 */
export async function plainHead(
  gitDir: string,
): Promise<{ readonly head: string; readonly branch: string | null } | undefined> {
  const file = join(gitDir, 'HEAD');
  if (!(await lstat(file).catch(() => null))?.isFile()) return undefined; // a link would be read as what it leads to
  const text = await textOf(file);
  if (COMMIT.test(text)) return { head: text.trim(), branch: null };
  const branch = BRANCH.exec(text)?.[1];
  if (branch === undefined) return undefined;
  const common = resolve(gitDir, (await textOf(join(gitDir, 'commondir'))).trimEnd()); // a worktree shares its branches
  const head = await textOf(join(common, 'refs/heads', branch));
  return COMMIT.test(head) ? { head: head.trim(), branch } : undefined;
}

/** Empty where it cannot be read. */
function textOf(path: string): Promise<string> {
  return readFile(path, 'utf8').catch(() => '');
}
