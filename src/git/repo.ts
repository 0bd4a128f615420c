import type { RepoState } from '../core/fact.ts';
import type { Clock, Repo } from '../ports.ts';
import { commit, findCommit } from './commit.ts';
import { openGit, type World } from './git.ts';
import type { WorkTree } from './open-repo.ts';
import { operationIn } from './operation.ts';
import { plainHead } from './plain-head.ts';
import { otherStagedText } from './plan-status.ts';
import type { RunGit } from './run-git.ts';

export type RepoOptions = WorkTree & {
  readonly world: Pick<World, 'env'>;
  readonly runGit: RunGit;
  readonly clock: Pick<Clock, 'sleep'>;
  /** For one git process and its hooks, and for the locks of others, in milliseconds; 0 means none. */
  readonly gitTimeoutMs: number;
};

/** The repository around the plan, as the steps see it. Opening it does nothing. */
export function createRepo({
  root,
  gitDir,
  world: { env },
  runGit,
  clock,
  gitTimeoutMs: timeoutMs,
}: RepoOptions): Repo {
  const git = openGit({ dir: root, env, timeoutMs });

  /** The operation is asked for last: one that begins in between explains where HEAD has gone. */
  async function look(): Promise<RepoState> {
    const where = await headNow();
    return { ...where, operation: await operationIn(git, gitDir) };
  }

  async function headNow(): Promise<Pick<RepoState, 'head' | 'branch'>> {
    const plain = await plainHead(gitDir);
    if (plain) return plain;
    const both = await git.attempt('rev-parse', 'HEAD', '--symbolic-full-name', 'HEAD');
    if (both.exitCode === 0) {
      const [head = '', ref = ''] = both.stdout.split('\n');
      return { head, branch: branchOf(ref) };
    }
    const ref = await git.find('symbolic-ref', '--quiet', 'HEAD'); // no commit yet: HEAD names a branch to be
    return { head: null, branch: ref === undefined ? null : branchOf(ref) };
  }

  async function movedSince(from: RepoState): ReturnType<Repo['movedSince']> {
    const to = await look();
    if (to.operation !== null && to.operation !== from.operation) return { moved: 'operation', to };
    if (to.branch !== from.branch) return { moved: 'branch', to };
    return { moved: (await goesOn(from.head, to.head)) ? null : 'head', to };
  }

  /** Commits on top of the old head, whoever made them, are no move. */
  async function goesOn(from: string | null, to: string | null): Promise<boolean> {
    if (from === null || from === to) return true;
    if (to === null) return false;
    // Exit code 1 says no; any other, that the old head is no longer there to be asked about.
    return (await git.attempt('merge-base', '--is-ancestor', from, to)).exitCode === 0;
  }

  const committer = { root, gitDir, env, runGit, timeoutMs, clock };
  return {
    look,
    movedSince,
    findCommit: (request) => findCommit(request, committer),
    commit: (request, signal) => commit(request, committer, signal),
    staged: (path) => otherStagedText(path, { root, world: { env } }),
  };
}

/** A detached HEAD is a ref of no branch. */
function branchOf(ref: string): string | null {
  return ref.startsWith('refs/heads/') ? ref.slice('refs/heads/'.length) : null;
}
