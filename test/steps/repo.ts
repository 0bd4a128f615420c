import { createHash } from 'node:crypto';
import type { Fact, RepoState } from '../../src/core/fact.ts';
import type { CommitRequest, CommitResult, Repo } from '../../src/ports.ts';
import type { Life } from './power.ts';

export type Commit = {
  readonly sha: string;
  readonly key: string;
  readonly subject: string;
  readonly plan: string;
};

/** Everything a power cut leaves behind. */
export type Disk = {
  plan: string | null;
  readonly files: Map<string, string>;
  readonly journal: Fact[];
  readonly commits: Commit[];
  branch: string;
};

/** A commit hook: what it makes of the plan, and whether it then refuses. */
export type Hook = (plan: string) => { readonly plan: string; readonly fails: boolean };

type Created = Extract<CommitResult, { result: 'created' }>;

export function digest(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

/** A repository of one file, on one disk. */
export function repoOf(disk: Disk, life: Life, hook: Hook | undefined): Repo {
  const find = (request: CommitRequest): Created | null => {
    const made = disk.commits.find(({ key, plan }) => key === request.key && plan === disk.plan);
    return made ? created(disk, made, true) : null;
  };
  return {
    look: async () => stateOf(disk),
    movedSince: async (from) => {
      const to = stateOf(disk);
      if (to.branch !== from.branch) return { moved: 'branch', to };
      return { moved: disk.commits.some(({ sha }) => sha === from.head) ? null : 'head', to };
    },
    findCommit: async (request) => find(request),
    commit: async (request) => find(request) ?? life.does(() => commitNew(request, disk, { life, hook })),
  };
}

/** Runs the hook, then commits what it left. */
function commitNew(
  { key, subject }: CommitRequest,
  disk: Disk,
  { life, hook }: { life: Life; hook: Hook | undefined },
): CommitResult {
  if (disk.commits.at(-1)?.plan === disk.plan) return { result: 'same-as-head' };
  const hooked = hook?.(disk.plan ?? '');
  if (hooked && hooked.plan !== disk.plan) life.does(() => (disk.plan = hooked.plan), 'hook');
  if (hooked?.fails) return { result: 'failed', output: 'The hook refuses.' };
  const plan = disk.plan ?? '';
  const sha = digest(`${disk.commits.at(-1)?.sha}\n${key}\n${plan}`);
  const commit = { sha, key, subject, plan };
  disk.commits.push(commit);
  return created(disk, commit, false);
}

function created(disk: Disk, { sha }: Commit, recognised: boolean): Created {
  return { result: 'created', sha, recognised, extraPaths: [], state: stateOf(disk) };
}

export function stateOf({ commits, branch }: Disk): RepoState {
  return { head: commits.at(-1)?.sha ?? null, branch, operation: null };
}
