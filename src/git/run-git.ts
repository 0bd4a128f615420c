/**
 * Runs git as a process group of its own, without a terminal and without input, and resolves when it is gone. At the end of its time, or on
 * an abort, the group gets TERM. Git itself is never killed, for a killed git leaves its locks behind; but once it is gone,
 * a hook that ignores TERM is. An abort throws the signal's reason.
 */
export type RunGit = (
  args: readonly string[],
  options: {
    readonly cwd: string;
    readonly env: Readonly<Record<string, string>>;
    /** Wall clock, in milliseconds; 0 means none. */
    readonly timeoutMs: number;
    readonly signal: AbortSignal;
  },
) => Promise<GitEnd>;

/** `exitCode` is null where a signal ended git; `output` is what was said on both streams, in order. */
export type GitEnd = {
  readonly exitCode: number | null;
  readonly output: string;
  readonly timedOut: boolean;
};
