import { gitEnv } from './git-env.ts';
import type { Git, World } from './git.ts';
import type { IndexLock } from './index-lock.ts';
import { literal } from './open-repo.ts';
import type { RunGit } from './run-git.ts';

type Deps = {
  readonly root: string;
  readonly env: World['env'];
  readonly runGit: RunGit;
  readonly timeoutMs: number;
};

/** The files that a commit changed, other than the one it is about: a hook put them in. */
export async function extraPathsOf(git: Git, commit: string, path: string): Promise<string[]> {
  const files = await git.run('diff-tree', '--root', '-r', '-z', '--no-commit-id', '--name-only', commit);
  return names(files).filter((name) => name !== path);
}

/**
 * After a commit: the index gets HEAD's entry for the file, and for what a hook put in where the user had staged nothing
 * of their own. Without that, a file rewritten by a hook would look like a staged change back. May be repeated.
 */
export async function settleIndex(
  { git, lock, deps, signal }: { git: Git; lock: IndexLock; deps: Deps; signal: AbortSignal },
  { sha, path, extraPaths }: { sha: string; path: string; extraPaths: readonly string[] },
): Promise<void> {
  const offHead = await stagedAgainst(git, 'HEAD');
  const own =
    extraPaths.length === 0 ? new Set<string>() : await stagedAgainst(git, await parentOf(git, sha));
  const stale = [path, ...extraPaths.filter((name) => !own.has(name))].filter((name) => offHead.has(name));
  if (stale.length > 0) await lock.run(() => unstage(deps, stale, signal));
}

/** Gives the index HEAD's entries for these paths; without a HEAD, none. */
export function unstage(
  { root, env, runGit, timeoutMs }: Deps,
  paths: readonly string[],
  signal: AbortSignal,
): ReturnType<RunGit> {
  const args = ['reset', '--quiet', '--pathspec-from-file=-', '--pathspec-file-nul'];
  return runGit(args, {
    cwd: root,
    env: gitEnv(env),
    input: paths.map(literal).join('\0'),
    timeoutMs,
    signal,
  });
}

async function stagedAgainst(git: Git, tree: string): Promise<Set<string>> {
  return new Set(names(await git.run('diff-index', '--cached', '-z', '--name-only', tree)));
}

async function parentOf(git: Git, sha: string): Promise<string> {
  const parent = await git.find('rev-parse', '--verify', '--quiet', `${sha}^`);
  return parent ?? (await git.run('hash-object', '-t', 'tree', '/dev/null')).trim();
}

function names(output: string): string[] {
  return output.split('\0').filter((name) => name !== '');
}
