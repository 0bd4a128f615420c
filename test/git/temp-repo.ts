import { execFile } from 'node:child_process';
import { chmod, mkdir, mkdtemp, readFile, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll } from 'vitest';
import { preflight } from '../../src/git/preflight.ts';
import { createRepo, type RepoOptions } from '../../src/git/repo.ts';
import type { RunGit } from '../../src/git/run-git.ts';
import type { CommitRequest, CommitResult, Repo } from '../../src/ports.ts';
import { runProcess } from '../../src/process/run-process.ts';

type Env = Readonly<Record<string, string | undefined>>;
type Words = Partial<CommitRequest>;

const NEVER = new AbortController().signal;
const made: string[] = [];

afterAll(async () => {
  await Promise.all(made.splice(0).map((dir) => rm(dir, { recursive: true, force: true })));
});

/** A repository in a fresh directory, and everything a test does to it from outside. */
export type TempRepo = {
  readonly root: string;
  readonly world: { readonly cwd: string; readonly env: Env };
  /** Git as the user runs it; throws when it fails. */
  readonly git: (...args: readonly string[]) => Promise<string>;
  readonly write: (name: string, text: string) => Promise<string>;
  readonly read: (name: string) => Promise<string>;
  /** A shell script as a hook; `$DIR` is the directory beside the repository. */
  readonly hook: (name: string, script: string) => Promise<void>;
  readonly path: (name: string) => string;
  /** A path beside the repository, where a hook can leave notes. */
  readonly beside: (name: string) => string;
  readonly open: (options?: Partial<RepoOptions>) => Promise<Repo>;
  /** Opens the repository and commits a file. */
  readonly commit: (name: string, words?: Words, options?: Partial<RepoOptions>) => Promise<CommitResult>;
  readonly status: () => Promise<readonly string[]>;
  /** The names of the files that a commit changed. */
  readonly filesOf: (commit: string) => Promise<readonly string[]>;
  readonly head: () => Promise<string>;
};

/** A repository with one commit that holds the given files. Without files it has no commit. */
export async function tempRepo(files: Readonly<Record<string, string>> = {}): Promise<TempRepo> {
  const dir = await freshDir();
  const repo = repoAt(join(dir, 'repo'), envAt(dir));
  await mkdir(repo.root);
  await repo.git('init', '--quiet', '--initial-branch=main');
  await introduce(repo);
  await commitAll(repo, files);
  return repo;
}

export async function introduce(repo: TempRepo): Promise<void> {
  await repo.git('config', 'user.name', 'Ada');
  await repo.git('config', 'user.email', 'ada@example.com');
}

export async function commitAll(repo: TempRepo, files: Readonly<Record<string, string>>): Promise<void> {
  if (Object.keys(files).length === 0) return;
  for (const [name, text] of Object.entries(files)) await repo.write(name, text);
  await repo.git('add', '--all');
  await repo.git('commit', '--quiet', '--message', 'Begin');
}

/** The same handles for another directory: a worktree, a clone, a submodule. */
export function repoAt(root: string, env: Env): TempRepo {
  const dir = dirname(root);
  const world = { cwd: root, env };
  const path = (name: string): string => join(root, name);
  const git = (...args: readonly string[]): Promise<string> => runUserGit(args, root, env);

  async function write(name: string, text: string): Promise<string> {
    await mkdir(dirname(path(name)), { recursive: true });
    await writeFile(path(name), text);
    return path(name);
  }

  async function open(options: Partial<RepoOptions> = {}): Promise<Repo> {
    const gitDir = (await git('rev-parse', '--absolute-git-dir')).trim();
    return createRepo({ root, gitDir, world, runGit, clock, gitTimeoutMs: 20_000, ...options });
  }

  return {
    root,
    world,
    git,
    write,
    path,
    open,
    read: (name) => readFile(path(name), 'utf8'),
    beside: (name) => join(dir, name),
    async hook(name, script) {
      const hooks = (await git('rev-parse', '--git-path', 'hooks')).trim();
      const file = join(root, hooks, name);
      await mkdir(dirname(file), { recursive: true });
      await writeFile(file, `#!/bin/sh\nDIR='${dir}'\n${script}\n`);
      await chmod(file, 0o755);
    },
    commit: async (name, words, options) => (await open(options)).commit(request(path(name), words), NEVER),
    status: async () => (await git('status', '--porcelain')).split('\n').filter(Boolean),
    filesOf: async (commit) =>
      (await git('diff-tree', '--root', '-r', '-z', '--no-commit-id', '--name-only', commit))
        .split('\0')
        .filter(Boolean),
    head: async () => (await git('rev-parse', 'HEAD')).trim(),
  };
}

/** A request as a round makes it. */
export function request(path: string, words: Words = {}): CommitRequest {
  return {
    path,
    subject: 'docs(plans): refine foo against codex (round 1)',
    body: ['1 critical (retry bound missing)'],
    trailers: [],
    key: 'foo-20260101T000000Z/1',
    since: null,
    isAsChecked: () => Promise.resolve(true),
    ...words,
  };
}

/** The commit that a result stands for; anything else fails the test with the result. */
export function createdIn(result: CommitResult): Extract<CommitResult, { result: 'created' }> {
  if (result.result !== 'created') throw new Error(`Not created: ${JSON.stringify(result)}`);
  return result;
}

export async function freshDir(): Promise<string> {
  const dir = await realpath(await mkdtemp(join(tmpdir(), 'refine-plan-git-')));
  made.push(dir);
  return dir;
}

/** An environment that knows nothing of this machine's git configuration. */
export function envAt(home: string): Record<string, string> {
  return {
    PATH: process.env['PATH'] ?? '',
    HOME: home,
    LANG: 'C.UTF-8',
    GIT_CONFIG_GLOBAL: '/dev/null',
    GIT_CONFIG_NOSYSTEM: '1',
    GIT_CEILING_DIRECTORIES: tmpdir(),
  };
}

/** The real runner, as the program wires it. */
export const runGit: RunGit = async (args, { signal, ...options }) => {
  const collect = { from: 'both', most: 100_000 } as const;
  const request = {
    ...options,
    file: 'git',
    args,
    collect,
    killAfterMs: null,
  };
  const { exitCode, output, ended } = await runProcess(request, signal);
  return { exitCode, output, timedOut: ended === 'timeout' };
};

export const clock = {
  sleep: (ms: number, signal: AbortSignal): Promise<void> => delay(ms, undefined, { signal }),
};

/** A clock on which something happens at each tick, and no time passes. */
export function clockThat(tick: (count: number) => Promise<unknown>): typeof clock {
  let count = 0;
  return {
    async sleep(_ms, signal) {
      signal.throwIfAborted();
      await tick(++count);
    },
  };
}

/** The work tree that preflight finds for a file. */
export function check(
  repo: TempRepo,
  name: string,
  { commits = true, env = repo.world.env }: { commits?: boolean; env?: Env } = {},
) {
  return preflight(repo.path(name), { commits, world: { ...repo.world, env } });
}

/** What a promise is rejected with. */
export async function errorOf(
  promise: Promise<unknown>,
): Promise<{ code: unknown; message: string; hint: unknown }> {
  const error: unknown = await promise.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!(error instanceof Error)) throw new Error('It was not rejected.');
  return {
    code: 'code' in error ? error.code : undefined,
    message: error.message,
    hint: 'hint' in error ? error.hint : undefined,
  };
}

function runUserGit(args: readonly string[], cwd: string, env: Env): Promise<string> {
  return new Promise((resolve, reject) => {
    const options = { cwd, env: { ...env }, maxBuffer: 64 * 1024 * 1024 };
    execFile('git', [...args], options, (error, stdout, stderr) => {
      if (error) reject(new Error(`git ${args.join(' ')}: ${stderr}${stdout}`, { cause: error }));
      else resolve(stdout);
    });
  });
}
