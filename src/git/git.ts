import { GitConstructError, GitPluginError, simpleGit, type SimpleGitOptions } from 'simple-git';
import { gitRefused, noGit } from '../errors/git.ts';
import { LONGEST_TIMER } from '../lib/duration.ts';
import { gitEnv } from './git-env.ts';

/** What git gets of the world: where the user stands, and the environment. */
export type World = { readonly cwd: string; readonly env: Readonly<Record<string, string | undefined>> };

/** How a git process ended; `words` is what it said on both streams. */
export type Ended = { readonly exitCode: number; readonly stdout: string; readonly words: string };

/** Questions to git. None of them changes anything, so each may be asked again. */
export type Git = {
  /** Standard output, exactly. Any exit code but 0 throws a `UserError` with git's own words. */
  readonly run: (...args: readonly string[]) => Promise<string>;
  /** Standard output without its last line end; undefined where git answers "no such thing" by exit code 1. */
  readonly find: (...args: readonly string[]) => Promise<string | undefined>;
  /** True on exit code 0, false on 1. */
  readonly holds: (...args: readonly string[]) => Promise<boolean>;
  /** Throws only where git cannot be run at all. */
  readonly attempt: (...args: readonly string[]) => Promise<Ended>;
};

/** Git in a directory. An aborted signal ends what is running, and its reason is thrown. */
export function openGit({ dir, env, timeoutMs = DEFAULT_TIMEOUT, signal }: GitOptions): Git {
  async function attempt(...args: readonly string[]): Promise<Ended> {
    signal?.throwIfAborted();
    try {
      return await ask(args, { dir, env: { ...gitEnv(env), GIT_OPTIONAL_LOCKS: '0' }, timeoutMs, signal });
    } catch (error) {
      signal?.throwIfAborted();
      if (error instanceof GitPluginError && error.plugin === 'timeout')
        throw gitRefused(args, 'It did not answer in time.', error);
      if (error instanceof GitConstructError) throw gitRefused(args, `There is no directory ${dir}.`, error);
      throw error;
    }
  }

  async function answered(args: readonly string[], codes: readonly number[]): Promise<Ended> {
    const ended = await attempt(...args);
    if (!codes.includes(ended.exitCode)) throw gitRefused(args, ended.words);
    return ended;
  }

  return {
    run: async (...args) => (await answered(args, [0])).stdout,
    find: async (...args) => {
      const { exitCode, stdout } = await answered(args, [0, 1]);
      return exitCode === 0 ? withoutLineEnd(stdout) : undefined;
    },
    holds: async (...args) => (await answered(args, [0, 1])).exitCode === 0,
    attempt,
  };
}

export type GitOptions = {
  readonly dir: string;
  readonly env: World['env'];
  /** Longest silence of a single question, in milliseconds; 0 means none. */
  readonly timeoutMs?: number | undefined;
  readonly signal?: AbortSignal | undefined;
};

const DEFAULT_TIMEOUT = 300_000;

/** One process. An instance each, because simple-git runs the tasks of one instance in a row and fails them together. */
async function ask(
  args: readonly string[],
  to: { dir: string; env: Record<string, string>; timeoutMs: number; signal: AbortSignal | undefined },
): Promise<Ended> {
  let exitCode = 0;
  let words = '';
  const git = simpleGit({
    baseDir: to.dir,
    timeout: { block: Math.min(to.timeoutMs, LONGEST_TIMER) },
    ...(to.signal && { abort: to.signal }),
    // A filter or daemon that git has left behind may hold its streams open.
    completion: { onClose: true, onExit: 2000 },
    allowEnvironment: Object.keys(to.env),
    unsafe: TRUSTED,
    // The exit code alone says whether git failed: by default one without a word on stderr passes for success.
    errors: (error, ended) => {
      exitCode = ended.exitCode;
      words = Buffer.concat([...ended.stdErr, ...ended.stdOut]).toString('utf8');
      return error instanceof GitPluginError ? error : undefined;
    },
  });
  git.env(to.env).outputHandler((_command, stdout) => {
    // simple-git lets 50 ms pass after a process that said nothing; an empty chunk counts as something.
    stdout.once('end', () => stdout.emit('data', Buffer.alloc(0)));
  });
  const stdout = await git.raw([...CAREFUL, ...args]);
  if (exitCode < 0 && words.includes('ENOENT')) throw noGit();
  return { exitCode, stdout, words };
}

/**
 * A directory of a checkout may look like a git directory, with settings in it that run programs: it is not taken for one.
 * Nor is a program asked what has changed, for a question.
 */
const CAREFUL = ['-c', 'safe.bareRepository=explicit', '-c', 'core.fsmonitor=false'];

/**
 * The environment is the user's own and reaches git unchanged, and no argument is ever taken from a model, so nothing
 * of what simple-git guards against can come in here.
 */
const TRUSTED: NonNullable<SimpleGitOptions['unsafe']> = {
  allowAbbreviatedOptions: true,
  allowUnsafeAlias: true,
  allowUnsafeAskPass: true,
  allowUnsafeCommandBinaries: true,
  allowUnsafeConfigEnvCount: true,
  allowUnsafeConfigPaths: true,
  allowUnsafeCredentialHelper: true,
  allowUnsafeDiffExternal: true,
  allowUnsafeDiffTextConv: true,
  allowUnsafeEditor: true,
  allowUnsafeExec: true,
  allowUnsafeFilter: true,
  allowUnsafeFsMonitor: true,
  allowUnsafeGitProxy: true,
  allowUnsafeGpgProgram: true,
  allowUnsafeHooksPath: true,
  allowUnsafeInclude: true,
  allowUnsafeMergeDriver: true,
  allowUnsafePack: true,
  allowUnsafePager: true,
  allowUnsafeProtocolOverride: true,
  allowUnsafeSshCommand: true,
  allowUnsafeSubmodule: true,
  allowUnsafeTemplateDir: true,
  allowUnsafeUrlRewrite: true,
};

function withoutLineEnd(text: string): string {
  return text.endsWith('\n') ? text.slice(0, -1) : text;
}
