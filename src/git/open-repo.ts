import { realpath, stat } from 'node:fs/promises';
import { basename, dirname, isAbsolute, join, relative, resolve, sep } from 'node:path';
import { gitRefused } from '../errors/git.ts';
import { openGit, type World } from './git.ts';

/** A work tree: its top directory and its own git directory, both real paths. Worktrees and submodules have theirs. */
export type WorkTree = { readonly root: string; readonly gitDir: string };

/** What git finds around a path: a work tree, or a git directory without one (a bare repository, or the inside of `.git`). */
export type Place =
  | ({ readonly kind: 'work-tree' } & WorkTree)
  | { readonly kind: 'bare'; readonly gitDir: string };

/** The repository that holds a file or directory; null where there is none. Throws git's own words where git refuses it. */
export async function findRepo(path: string, { env }: Pick<World, 'env'>): Promise<Place | null> {
  const dir = await directoryOf(path);
  if (dir === null) return null;
  const git = openGit({ dir, env });

  const args = ['rev-parse', '--is-inside-work-tree', '--show-cdup', '--absolute-git-dir'];
  const answer = await git.attempt(...args);
  // Only where git looked in vain up to the top; a broken link of a worktree or submodule names a single path instead.
  if (answer.exitCode !== 0 && answer.words.includes('not a git repository (or any')) return null;
  const bare = /cannot use bare repository '(.+)' \(/s.exec(answer.words)?.[1];
  if (bare !== undefined) return beyond(await realpath(resolve(dir, bare)), { env });
  if (answer.exitCode !== 0) throw gitRefused(args, answer.words);

  const [isInside, ...rest] = answer.stdout.slice(0, -1).split('\n');
  if (isInside !== 'true') return { kind: 'bare', gitDir: await realpath(rest.at(-1) ?? dir) };
  const [up = '', ...gitDir] = rest; // the way up is made of dots and slashes; a directory may have line ends in its name
  return {
    kind: 'work-tree',
    root: await realpath(join(await realpath(dir), up)),
    gitDir: await realpath(gitDir.join('\n')),
  };
}

/**
 * What lies around a git directory without a work tree. Such a one may be part of a checkout; then it is no more than a
 * directory of it.
 */
async function beyond(gitDir: string, world: Pick<World, 'env'>): Promise<Place> {
  const isGits = gitDir.split(sep).includes('.git');
  const around = isGits ? null : await findRepo(dirname(gitDir), world);
  return around?.kind === 'work-tree' ? around : { kind: 'bare', gitDir };
}

/** The path as git names it: relative to the root, with forward slashes. The root itself would match everything. */
export async function pathIn(root: string, path: string): Promise<string> {
  const name = relative(root, join(await realpath(dirname(path)), basename(path)));
  if (name === '' || name === '..' || name.startsWith(`..${sep}`) || isAbsolute(name)) {
    throw new Error(`Not a file of the work tree ${root}: ${path}`);
  }
  return sep === '/' ? name : name.replaceAll(sep, '/');
}

/** A pathspec that matches this one path and nothing else, whatever characters it is made of. */
export function literal(name: string): string {
  return `:(literal)${name}`;
}

async function directoryOf(path: string): Promise<string | null> {
  for (const dir of [path, dirname(path)]) {
    const found = await stat(dir).catch(() => null); // What is not there is no repository.
    if (found?.isDirectory()) return dir;
  }
  return null;
}
