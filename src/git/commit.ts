import { readFile, stat } from 'node:fs/promises';
import { UserError } from '../errors.ts';
import { commitProblem } from '../errors/git.ts';
import { decodeUtf8 } from '../lib/utf8.ts';
import type { Clock, CommitRequest, CommitResult } from '../ports.ts';
import { blobAt, isFileAt, stagedAt } from './blobs.ts';
import { diskProblem } from './disk-problem.ts';
import { failureWords } from './failure-words.ts';
import { gitEnv } from './git-env.ts';
import { openGit, type Git, type World } from './git.ts';
import { indexLock, type IndexLock, type LockedEnd } from './index-lock.ts';
import { literal, pathIn } from './open-repo.ts';
import { findMadeCommit, findOwnCommit } from './own-commit.ts';
import { plainHead } from './plain-head.ts';
import type { GitEnd, RunGit } from './run-git.ts';
import { extraPathsOf, settleIndex, unstage } from './settle-index.ts';
import { commitMessage } from './trailers.ts';

/** What committing needs of a repository. */
export type Committer = {
  readonly root: string;
  readonly gitDir: string;
  readonly env: World['env'];
  readonly runGit: RunGit;
  readonly timeoutMs: number;
  readonly clock: Pick<Clock, 'sleep'>;
};

type Created = Extract<CommitResult, { result: 'created' }>;

/** The commit that was already made for this key and the bytes on disk. The index is settled, as after a new commit. */
export async function findCommit(request: CommitRequest, to: Committer): Promise<Created | null> {
  const signal = new AbortController().signal;
  const patienceMs = Math.min(to.timeoutMs || BRIEF, BRIEF);
  const work = await begin(request, to, { patienceMs, signal });
  return (await recognise(work)) ?? (await recogniseLate(work, await work.lock.wait()));
}

/** Commits one file and nothing else, whatever is staged; once per key and bytes, however often it is asked. */
export async function commit(
  request: CommitRequest,
  to: Committer,
  signal: AbortSignal,
): Promise<CommitResult> {
  signal.throwIfAborted();
  try {
    return await commitOnce(await begin(request, to, { patienceMs: to.timeoutMs, signal }));
  } catch (error) {
    signal.throwIfAborted();
    // A filter that fails, a damaged object: git's own words, and the user's to decide.
    if (error instanceof UserError && error.code === 'git_refused')
      return { result: 'failed', output: error.message };
    throw error;
  }
}

/** A lock that nobody will ever give back must not hold up a commit that was found. */
const BRIEF = 10_000;

/** One request under way. */
type Work = {
  readonly request: CommitRequest;
  readonly to: Committer;
  readonly git: Git;
  readonly lock: IndexLock;
  readonly path: string;
  readonly signal: AbortSignal;
};

async function begin(
  request: CommitRequest,
  to: Committer,
  { patienceMs, signal }: { patienceMs: number; signal: AbortSignal },
): Promise<Work> {
  const git = openGit({ dir: to.root, env: to.env, timeoutMs: to.timeoutMs, signal });
  const lock = indexLock({ gitDir: to.gitDir, clock: to.clock, patienceMs, signal });
  return { request, to, git, lock, path: await pathIn(to.root, request.path), signal };
}

async function recognise(work: Work): Promise<Created | null> {
  if (!(await isThere(work.request.path))) return null;
  const sha = await findOwnCommit(work.git, work.request, work.path);
  return sha === null ? null : created(work, sha, true);
}

/** Whoever held the index may have been git at work for us, left behind by a process that died. */
async function recogniseLate(work: Work, { waited }: { waited: boolean }): Promise<Created | null> {
  return waited ? recognise(work) : null;
}

async function commitOnce(work: Work): Promise<CommitResult> {
  const { request, git, lock, path } = work;
  if (!(await isThere(request.path))) return tooEarly(request, commitProblem.planGone(path));
  const made = await recognise(work);
  if (made) return made;

  const waited = await lock.wait();
  if (waited.held !== null) return tooEarly(request, commitProblem.lockHeld(waited.held));
  const late = await recogniseLate(work, waited);
  if (late) return late;
  if (await isFileAt(git, 'HEAD', path)) return { result: 'same-as-head' };
  if (!(await request.isAsChecked())) return { result: 'not-as-checked' };
  return (await isUnknown(work)) ? commitNew(work) : commitKnown(work);
}

/** A failure before git was set to work: what is on disk then is no hook's. */
async function tooEarly({ isAsChecked }: CommitRequest, output: string): Promise<CommitResult> {
  return (await isAsChecked()) ? { result: 'failed', output } : { result: 'not-as-checked' };
}

/** A file that git does not know is added first, and taken out again unless it ends in a commit. */
async function commitNew(work: Work): Promise<CommitResult> {
  const { lock, path } = work;
  let result: CommitResult | undefined;
  try {
    const added = await lock.run(() => run(work, ['update-index', '--add', '--', path]));
    result = added.exitCode === 0 ? await commitKnown(work) : await failed(added, work);
    return result;
  } finally {
    // After an abort too, hence with another signal.
    if (result?.result !== 'created') await takeOut(work);
  }
}

async function commitKnown(work: Work): Promise<CommitResult> {
  const { request, to, git, path } = work;
  const since = (await plainHead(to.gitDir))?.head ?? (await git.find(...HEAD)) ?? null;
  const ended = await runCommit(work);
  // A commit may stand although git failed: where a hook that runs after it hangs, for one.
  const sha = await findMadeCommit(git, { ...request, since }, { path, succeeded: ended.exitCode === 0 });
  if (sha !== null) return created(work, sha, false);
  if (ended.isForbidden) return { result: 'not-as-checked' };
  return failed(ended, work);
}

async function failed(ended: LockedEnd, { to }: Work): Promise<CommitResult> {
  const disk = await diskProblem(ended, to.gitDir);
  return { result: 'failed', output: failureWords(ended, to.timeoutMs), ...(disk && { disk }) };
}

/**
 * Git keeps the message of a commit under way in one file of the repository, and reads it back from there: another commit
 * that begins in the same instant may empty it. A hook that empties it does so each time.
 */
async function runCommit(work: Work): Promise<LockedEnd> {
  const { request, lock, path } = work;
  const args = [...COMMIT, `--message=${commitMessage(request)}`, '--', literal(path)];
  for (let tries = 1; ; tries += 1) {
    const ended = await lock.run(() => run(work, args), request.isAsChecked);
    const isEmptied = ended.exitCode === 1 && ended.output.includes('due to empty commit message');
    if (!isEmptied || tries === 3) return ended;
    if (!(await request.isAsChecked())) return { ...ended, isForbidden: true };
  }
}

const HEAD = ['rev-parse', '--verify', '--quiet', 'HEAD'];
// The message arrives as UTF-8 and clean; what is configured for people who write theirs in an editor does not apply.
const COMMIT = [
  '-c',
  'i18n.commitEncoding=UTF-8',
  'commit',
  '--quiet',
  '--no-verbose',
  '--cleanup=whitespace',
  '--only',
];

async function created(work: Work, sha: string, recognised: boolean): Promise<Created> {
  const { git, lock, path, to, signal } = work;
  const extraPaths = await extraPathsOf(git, sha, path);
  await settleIndex({ git, lock, deps: to, signal }, { sha, path, extraPaths });
  const content = await contentOf(work, sha);
  return { result: 'created', sha, recognised, extraPaths, content };
}

/**
 * The file as a commit holds it. What is on disk may be younger: it is read first and compared then, so that it is taken
 * for the commit's only where it was.
 */
async function contentOf({ request, git, path }: Work, sha: string): Promise<string | null> {
  const onDisk = (await isThere(request.path)) ? decodeUtf8(await readFile(request.path)) : undefined;
  if (onDisk !== undefined && (await isFileAt(git, sha, path))) return onDisk;
  const isHeld = (await blobAt(git, sha, path)) !== undefined; // a hook may have taken it out
  return isHeld ? git.run('cat-file', '--filters', `${sha}:${path}`) : (onDisk ?? '');
}

/** Neither in the index nor in HEAD: `git commit --only` would not find it. */
async function isUnknown({ git, path }: Work): Promise<boolean> {
  return (await stagedAt(git, path)) === undefined && (await blobAt(git, 'HEAD', path)) === undefined;
}

async function takeOut({ request, to, path }: Work): Promise<void> {
  const { signal } = new AbortController();
  const { lock } = await begin(request, to, { patienceMs: BRIEF, signal });
  await unstage({ lock, deps: to, signal }, [path]);
}

function run({ to, signal }: Work, args: readonly string[]): Promise<GitEnd> {
  const { root: cwd, timeoutMs } = to;
  return to.runGit(args, { cwd, env: gitEnv(to.env), timeoutMs, signal });
}

/** Git would wait for ever for whoever writes into a pipe. */
async function isThere(path: string): Promise<boolean> {
  return stat(path).then(
    (about) => about.isFile(),
    () => false, // What cannot be reached cannot be committed either.
  );
}
