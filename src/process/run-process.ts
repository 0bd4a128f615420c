import { existsSync } from 'node:fs';
import type { execa } from 'execa';
import { openCappedLog } from './capped-log.ts';
import { drain } from './drain.ts';
import { listen, type Collect } from './listen.ts';
import { newMark, withMark } from './mark.ts';
import { openGroup } from './process-group.ts';
import { processOf } from './process-table.ts';
import { startTimers, type Cause } from './timers.ts';

export type ProcessRequest = {
  /** A program on the PATH of `env`, or a path. */
  readonly file: string;
  readonly args: readonly string[];
  readonly cwd: string;
  /** The whole environment: nothing is inherited beside it, and only the mark is added to it. */
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Written to standard input, which is then closed; without it standard input is empty. */
  readonly input?: string;
  /** What all that it starts is known by; one of its own where none is given, and none where it must not be killed. */
  readonly mark?: string;
  /** Hears which process it is, before that is given any input; null: its start cannot be seen. */
  readonly onStart?: (process: { readonly pid: number; readonly started: string | null }) => Promise<void>;
  /** Hears each line of standard output without its end; `whole` is false for a line too long to be kept, of which nothing is handed on. */
  readonly onLine?: (line: string, whole: boolean) => void;
  /** What to hand back as `output`. */
  readonly collect?: Collect;
  /** A file that gets standard output as it comes, capped, and then the end of standard error. */
  readonly log?: string;
  /** Wall clock, in milliseconds; 0 means none. */
  readonly timeoutMs: number;
  /** Longest time without any output, in milliseconds; 0 means none. */
  readonly idleTimeoutMs?: number;
  /**
   * How long TERM is given before KILL; null: the program itself is never killed, but what outlives it after it was told
   * to end is. What a program that ended by itself left running is then let be.
   */
  readonly killAfterMs?: number | null;
  /** How long open streams may stay silent after the process has exited before they are given up. */
  readonly drainMs?: number;
};

export type ProcessEnd = {
  readonly ended: 'exit' | 'timeout' | 'idle' | 'not-started';
  /** Null where a signal ended the process, or it never started. */
  readonly exitCode: number | null;
  readonly signal: string | null;
  /** Why it did not start: `ENOENT` (no such program), `ENOTDIR` (no such working directory), `EACCES`, `E2BIG` and so on. */
  readonly errorCode: string | null;
  readonly output: string;
  readonly stderrTail: string;
  readonly durationMs: number;
};

/**
 * Runs a program in a process group of its own and resolves when it is gone, however it ended. An abort ends the whole
 * group and then throws the signal's reason. It throws too where the log cannot be written, `onStart` or `onLine` throws.
 */
export async function runProcess(request: ProcessRequest, signal: AbortSignal): Promise<ProcessEnd> {
  signal.throwIfAborted();
  const { execa: run } = await import('execa'); // long to load, and many commands start nothing
  await using log = request.log === undefined ? undefined : await openCappedLog(request.log);
  signal.throwIfAborted();

  const began = performance.now();
  const { killAfterMs = 2000, mark = newMark() } = request;
  const family = { killAfterMs, mark: killAfterMs === null ? undefined : mark };
  const child = start(run, request, family.mark);
  const exiting = exitOf(child, request.cwd);
  using group = openGroup(child.pid, family);
  using timers = startTimers({ ...request, signal }, group.end);
  const listening = listen(child, { ...request, log, heard: timers.heard });
  const feeding = feed(child, request);
  for (const work of [listening.done, feeding]) work.catch(() => group.end('broken'));

  const exit = await exiting;
  timers.stop();
  await group.ended();
  await drain(listening, request.drainMs ?? 1000);
  await group.sweep();
  for (const stream of [child.stdin, child.stdout, child.stderr]) stream.destroy();
  await Promise.all([listening.done, feeding]);
  if (group.cause() === 'abort') throw signal.reason;

  const { collect } = request;
  const output =
    collect?.from === 'log' ? ((await log?.text(collect.most)) ?? collect.orElse) : listening.output();
  const stderrTail = listening.stderrTail();
  await log?.append(stderrTail);
  return {
    ended: endedBy(exit, group.cause()),
    ...exit,
    output,
    stderrTail,
    durationMs: Math.round(performance.now() - began),
  };
}

type Exit = Pick<ProcessEnd, 'exitCode' | 'signal' | 'errorCode'>;

function start(run: typeof execa, request: ProcessRequest, mark: string | undefined) {
  return run(request.file, [...request.args], {
    cwd: request.cwd,
    env: withMark(request.env, mark),
    extendEnv: false,
    // Its own group, so that all of it can be ended; execa's clean-up and its timeout reach the direct child only.
    detached: true,
    cleanup: false,
    reject: false,
    buffer: false,
    encoding: 'buffer',
    stdin: 'pipe',
    stdout: 'pipe',
    stderr: 'pipe',
  });
}

/** Gives the child its input, once it is known which process it is. */
async function feed(child: ReturnType<typeof start>, { onStart, input }: ProcessRequest): Promise<void> {
  child.stdin.on('error', () => undefined); // A program may close its input unread.
  if (child.pid !== undefined)
    await onStart?.({ pid: child.pid, started: processOf(child.pid)?.started ?? null });
  child.stdin.end(input ?? '');
}

function exitOf(child: ReturnType<typeof start>, cwd: string): Promise<Exit> {
  const notStarted = (code: string | undefined): Exit => {
    const errorCode = code === 'ENOENT' && !existsSync(cwd) ? 'ENOTDIR' : (code ?? 'UNKNOWN');
    return { exitCode: null, signal: null, errorCode };
  };
  return new Promise((resolve) => {
    child.once('exit', (exitCode, signal) => resolve({ exitCode, signal, errorCode: null }));
    child.once('error', (error: NodeJS.ErrnoException) => resolve(notStarted(error.code)));
    // What the system refuses outright, such as too long an argument, raises neither event.
    void child.then(({ code }) => resolve(notStarted(code)));
  });
}

function endedBy({ errorCode }: Exit, cause: Cause | undefined): ProcessEnd['ended'] {
  if (errorCode !== null) return 'not-started';
  return cause === 'timeout' || cause === 'idle' ? cause : 'exit';
}
