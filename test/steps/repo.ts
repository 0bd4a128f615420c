import { createHash } from 'node:crypto';
import type { Fact, RepoState } from '../../src/core/fact.ts';
import type { CommitRequest, CommitResult, Repo } from '../../src/ports.ts';
import type { Life } from './power.ts';

export type Commit = {
  readonly sha: string;
  readonly key: string;
  readonly subject: string;
  readonly body?: readonly string[];
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

/** A commit hook: what it makes of the plan, whether it then refuses, and whether it leaves that out of the commit. */
export type Hook = (plan: string) => {
  readonly plan: string;
  readonly fails: boolean;
  readonly unstaged?: boolean;
};

type Created = Extract<CommitResult, { result: 'created' }>;

export function digest(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

/** A repository of one file, on one disk. */
export function repoOf(disk: Disk, life: Life, hook: Hook | undefined): Repo {
  const find = (request: CommitRequest): Created | null => {
    const made = disk.commits.find(({ key, plan }) => key === request.key && plan === disk.plan);
    return made ? created(made, true) : null;
  };
  return {
    look: async () => stateOf(disk),
    movedSince: async (from) => {
      const to = stateOf(disk);
      if (to.branch !== from.branch) return { moved: 'branch', to };
      return { moved: disk.commits.some(({ sha }) => sha === from.head) ? null : 'head', to };
    },
    findCommit: async (request) => find(request),
    staged: async () => null,
    commit: async (request) => {
      const made = find(request);
      if (made) return made;
      life.does(() => undefined, 'lock');
      if (!(await request.isAsChecked())) return { result: 'not-as-checked' };
      return life.does(() => commitNew(request, disk, { life, hook }));
    },
  };
}

/** Runs the hook, then commits what it left. */
function commitNew(
  { key, subject, body }: CommitRequest,
  disk: Disk,
  { life, hook }: { life: Life; hook: Hook | undefined },
): CommitResult {
  if (disk.commits.at(-1)?.plan === disk.plan) return { result: 'same-as-head' };
  const before = disk.plan;
  const hooked = hook?.(before ?? '');
  if (hooked && hooked.plan !== disk.plan) life.does(() => (disk.plan = hooked.plan), 'hook');
  if (hooked?.fails) return { result: 'failed', output: 'The hook refuses.' };
  const plan = (hooked?.unstaged ? before : disk.plan) ?? '';
  const sha = digest(`${disk.commits.at(-1)?.sha}\n${key}\n${plan}`);
  const commit = { sha, key, subject, body, plan };
  disk.commits.push(commit);
  return created(commit, false);
}

function created({ sha, plan }: Commit, recognised: boolean): Created {
  return { result: 'created', sha, recognised, extraPaths: [], content: plan };
}

export function stateOf({ commits, branch }: Disk): RepoState {
  return { head: commits.at(-1)?.sha ?? null, branch, operation: null };
}
