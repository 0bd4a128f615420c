import { relative } from 'node:path';
import {
  bareRepository,
  noIdentity,
  noRepository,
  operationUnderWay,
  planConflicted,
  planHidden,
  planIgnored,
} from '../errors/git.ts';
import { stagedAt } from './blobs.ts';
import { openGit, type Git, type World } from './git.ts';
import { findRepo, literal, pathIn, type WorkTree } from './open-repo.ts';
import { operationIn } from './operation.ts';

/**
 * The work tree that a run may use for this plan (an absolute real path), or a `UserError` that says what is in the way.
 * It changes nothing. Without commits an identity is not asked for.
 */
export async function preflight(
  path: string,
  { commits, world }: { readonly commits: boolean; readonly world: World },
): Promise<WorkTree> {
  const shown = relative(world.cwd, path) || path;
  const place = await findRepo(path, world);
  if (place === null) throw noRepository(shown);
  if (place.kind === 'bare') throw bareRepository(place.gitDir);

  const { root, gitDir } = place;
  const git = openGit({ dir: root, env: world.env });
  const identity = commits ? Promise.allSettled([checkIdentity(place, world)]) : undefined; // asked beside the rest, told after it
  await checkPlan(git, await pathIn(root, path), shown);
  const operation = await operationIn(git, gitDir);
  if (operation !== null) throw operationUnderWay(operation);
  for (const asked of (await identity) ?? []) if (asked.status === 'rejected') throw asked.reason;
  return { root, gitDir };
}

async function checkPlan(git: Git, name: string, shown: string): Promise<void> {
  // Not check-ignore: that one takes no literal path. A tracked file is never "other".
  const [ignored, staged, marked] = await Promise.all([
    git.run('ls-files', '--others', '--ignored', '--exclude-standard', '-z', '--', literal(name)),
    stagedAt(git, name),
    git.run('ls-files', '-v', '-z', '--', literal(name)),
  ]);
  if (ignored !== '') throw planIgnored(shown);
  if ((staged?.stage ?? 0) > 0) throw planConflicted(shown);
  const mark = marked.charAt(0);
  if (mark.toUpperCase() === 'S') throw planHidden(shown, 'skip-worktree');
  if (mark !== mark.toUpperCase()) throw planHidden(shown, 'assume-unchanged');
}

/** Refuses where git would not know whose commits they are. */
export async function checkIdentity({ root }: WorkTree, { env }: Pick<World, 'env'>): Promise<void> {
  const git = openGit({ dir: root, env });
  const ask = (who: string) => git.attempt('var', `GIT_${who}_IDENT`);
  const [author, committer] = await Promise.all([ask('AUTHOR'), ask('COMMITTER')]);
  if (author.exitCode !== 0) throw noIdentity('author');
  if (committer.exitCode !== 0) throw noIdentity('committer');
}
