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
  await unstage({ lock, deps, signal }, stale);
}

/**
 * Gives the index HEAD's entries for these paths; without a HEAD, none. They are arguments, and never none: a list of paths
 * that did not reach git would stand for everything that is staged.
 */
export async function unstage(
  {
    lock,
    deps: { root, env, runGit, timeoutMs },
    signal,
  }: { lock: IndexLock; deps: Deps; signal: AbortSignal },
  paths: readonly string[],
): Promise<void> {
  for (const some of inPieces(paths)) {
    const args = ['reset', '--quiet', '--', ...some.map(literal)];
    await lock.run(() => runGit(args, { cwd: root, env: gitEnv(env), timeoutMs, signal }));
  }
}

/** No longer than a command line may be on any platform; a path is at most 4096 bytes long. */
const LONGEST_ARGS = 16_384;

function inPieces(paths: readonly string[]): string[][] {
  const pieces: string[][] = [];
  let length = Infinity;
  for (const path of paths) {
    length += Buffer.byteLength(path);
    if (length > LONGEST_ARGS) {
      pieces.push([]);
      length = Buffer.byteLength(path);
    }
    pieces.at(-1)?.push(path);
  }
  return pieces;
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
