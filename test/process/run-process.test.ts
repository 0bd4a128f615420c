import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { runProcess, type ProcessRequest } from '../../src/process/run-process.ts';
import { envWith, freshDir, isAlive, NEVER } from './programs.ts';

const cwd = freshDir();
const base = { cwd, env: envWith([]), timeoutMs: 20_000, killAfterMs: 200, drainMs: 100 };

function shell(script: string, more: Partial<ProcessRequest> = {}) {
  return runProcess({ ...base, file: 'sh', args: ['-c', script], ...more }, NEVER);
}

/** Runs a script that prints the ids of its processes, and returns them with how it ended. */
async function idsOf(script: string, more: Partial<ProcessRequest> = {}) {
  const ids: number[] = [];
  const end = await shell(script, {
    onLine: (line) => void (/^\d+$/.test(line) && ids.push(Number(line))),
    ...more,
  });
  return { ids, end };
}

/** Aborts a script as soon as it has printed so many ids. */
async function abortedAfter(count: number, script: string, more: Partial<ProcessRequest> = {}) {
  const abort = new AbortController();
  const ids: number[] = [];
  const onLine = (line: string): void => {
    ids.push(Number(line));
    if (ids.length === count) abort.abort(new Error('Ctrl-C'));
  };
  const run = runProcess({ ...base, file: 'sh', args: ['-c', script], onLine, ...more }, abort.signal);
  const thrown: unknown = await run.catch((error: unknown) => error);
  return { ids, thrown };
}

describe('runProcess', () => {
  it('hands on lines, the exit code and the end of standard error', async () => {
    const lines: string[] = [];

    const end = await shell('echo one; echo oops >&2; printf "two\\r\\nthree"; exit 3', {
      onLine: (line) => lines.push(line),
    });

    expect(lines).toEqual(['one', 'two\r', 'three']);
    expect(end).toMatchObject({
      ended: 'exit',
      exitCode: 3,
      signal: null,
      errorCode: null,
      stderrTail: 'oops\n',
    });
  });

  it('names the signal that ended a process', async () => {
    expect(await shell('kill -9 $$')).toMatchObject({ ended: 'exit', exitCode: null, signal: 'SIGKILL' });
  });

  it('gives the program nothing of its own environment', async () => {
    const end = await shell('echo "$MARK-$USER_MARK"', {
      env: { ...envWith([]), MARK: 'mine', GONE: undefined },
      collect: { from: 'stdout', most: 100 },
    });

    expect(end.output).toBe('mine-\n');
  });

  it('sends a prompt that is longer than any argument may be, and closes standard input', async () => {
    const input = `${'a'.repeat(300_000)}é`;

    const end = await shell('wc -c', { input, collect: { from: 'stdout', most: 100 } });

    expect(end.output.trim()).toBe('300002');
  });

  it('gives an empty standard input where there is nothing to say', async () => {
    expect(await shell('cat; echo done', { collect: { from: 'stdout', most: 100 } })).toMatchObject({
      output: 'done\n',
    });
  });

  it('survives a program that closes standard input early', async () => {
    const end = await shell('exec 0<&-; echo read nothing', {
      input: 'x'.repeat(5_000_000),
      collect: { from: 'stdout', most: 100 },
    });

    expect(end).toMatchObject({ ended: 'exit', exitCode: 0, output: 'read nothing\n' });
  });

  it('puts a character together that came in two halves', async () => {
    const node = `const [a, b] = [Buffer.from([0xe2, 0x82]), Buffer.from([0xac, 0x0a])];
      process.stdout.write(a, () => process.stdin.once('end', () => process.stdout.write(b)).resume());`;
    const lines: string[] = [];

    await runProcess(
      { ...base, file: process.execPath, args: ['-e', node], onLine: (line) => lines.push(line) },
      NEVER,
    );

    expect(lines).toEqual(['€']);
  });

  it('hands on a line of several megabytes whole', async () => {
    const lengths: [number, boolean][] = [];

    await shell('head -c 5000000 /dev/zero | tr "\\0" x; echo', {
      onLine: (line, whole) => lengths.push([line.length, whole]),
    });

    expect(lengths).toEqual([[5_000_000, true]]);
  });

  it('collects both streams as they come, up to a cap', async () => {
    const end = await shell('echo out; echo err >&2', { collect: { from: 'both', most: 6 } });

    expect(end.output).toHaveLength(6);
    expect(end.stderrTail).toBe('err\n');
  });

  it('keeps the log, with standard error after it', async () => {
    const log = join(freshDir(), 'a.log');

    await shell('echo out; echo err >&2', { log });

    expect(readFileSync(log, 'utf8')).toBe('out\n\n--- stderr ---\nerr\n');
  });

  it('throws where the log cannot be written, and starts nothing', async () => {
    const mark = join(freshDir(), 'started');

    await expect(shell(`touch ${mark}`, { log: join(mark, 'no', 'a.log') })).rejects.toMatchObject({
      code: 'cannot_write',
      exitCode: 3,
    });

    expect(existsSync(mark)).toBe(false);
  });

  it('throws what the listener throws, and leaves nothing running', async () => {
    let pid = 0;
    const onLine = (line: string): void => {
      pid = Number(line);
      throw new Error('broken listener');
    };

    await expect(shell('echo $$; exec sleep 1000', { onLine })).rejects.toThrow('broken listener');

    expect(isAlive(pid)).toBe(false);
  });
});

describe('a program that does not start', () => {
  it('is a value when there is no such program', async () => {
    const end = await runProcess({ ...base, file: 'no-such-program', args: [] }, NEVER);

    expect(end).toMatchObject({ ended: 'not-started', errorCode: 'ENOENT', exitCode: null, signal: null });
  });

  it('is a value when the working directory is gone', async () => {
    expect(await shell('true', { cwd: join(cwd, 'gone') })).toMatchObject({
      ended: 'not-started',
      errorCode: 'ENOTDIR',
    });
  });

  it('is a value when the file is not executable', async () => {
    const end = await runProcess({ ...base, file: join(cwd), args: [] }, NEVER);

    expect(end).toMatchObject({ ended: 'not-started', errorCode: 'EACCES' });
  });

  it('is a value when an argument is too long', async () => {
    expect(await shell('true', { args: ['x'.repeat(200_000)] })).toMatchObject({
      ended: 'not-started',
      errorCode: 'E2BIG',
    });
  });
});

describe('a process that does not end by itself', () => {
  it('is ended when its time is over', async () => {
    expect(await shell('exec sleep 1000', { timeoutMs: 50 })).toMatchObject({
      ended: 'timeout',
      signal: 'SIGTERM',
    });
  });

  it('is ended when it falls silent, counted from its last sign of life', async () => {
    const lines: string[] = [];

    const end = await shell('echo alive; exec sleep 1000', {
      idleTimeoutMs: 700,
      onLine: (line) => lines.push(line),
    });

    expect(lines).toEqual(['alive']);
    expect(end).toMatchObject({ ended: 'idle', signal: 'SIGTERM' });
  });

  it('has no limit beyond what a timer can hold', async () => {
    expect(await shell('echo quick', { timeoutMs: 2 ** 40, idleTimeoutMs: 2 ** 31 })).toMatchObject({
      ended: 'exit',
      exitCode: 0,
    });
  });
});

describe('an abort', () => {
  it('throws its reason once the whole group is gone', async () => {
    const { ids, thrown } = await abortedAfter(2, 'echo $$; sleep 1000 & echo $!; wait');

    expect(thrown).toEqual(new Error('Ctrl-C'));
    expect(ids.map(isAlive)).toEqual([false, false]);
  });

  it('reaches who has no parent left in its tree and ignores the polite signal', async () => {
    const { ids } = await abortedAfter(
      2,
      `echo $$; setsid -f sh -c "trap '' TERM; echo \\$\\$; while :; do sleep 1000; done"; wait; sleep 1000`,
    );

    expect(ids.map(isAlive)).toEqual([false, false]);
  });

  it('kills a tree that ignores the polite signal', async () => {
    const { ids } = await abortedAfter(
      2,
      `trap '' TERM; echo $$; sh -c 'echo $$; sleep 1000' & while :; do sleep 1000; done`,
    );

    expect(ids.map(isAlive)).toEqual([false, false]);
  });

  it('takes descendants with it that made a session of their own', async () => {
    const { ids } = await abortedAfter(
      3,
      `echo $$; setsid sh -c "trap '' TERM; echo \\$\\$; sleep 1000 & echo \\$!; wait" & wait`,
    );

    expect(ids.map(isAlive)).toEqual([false, false, false]);
  });

  it('never kills the program itself where that is forbidden', async () => {
    const script = `trap 'sleep 2.5; echo 3' TERM; echo $$; sleep 1000 & echo $!; wait`;

    const { ids, thrown } = await abortedAfter(2, script, { killAfterMs: null });

    expect(thrown).toEqual(new Error('Ctrl-C'));
    expect(ids.at(2)).toBe(3); // it took longer to clean up than anybody else is given
  });

  it('kills what ignores it once the program is gone that must not be killed', async () => {
    const deaf = String.raw`sh -c "trap '' TERM; echo \$\$; exec sleep 1000" &`;
    const script = `echo $$; ${deaf} setsid ${deaf} wait`;

    const { ids, thrown } = await abortedAfter(3, script, { killAfterMs: null });

    expect(thrown).toEqual(new Error('Ctrl-C'));
    expect(ids.map(isAlive)).toEqual([false, false, false]);
  });

  it('starts nothing when it came before', async () => {
    const mark = join(freshDir(), 'started');

    const run = runProcess(
      { ...base, file: 'touch', args: [mark] },
      AbortSignal.abort(new Error('too late')),
    );

    await expect(run).rejects.toThrow('too late');
    expect(existsSync(mark)).toBe(false);
  });
});

describe('a process that has exited', () => {
  it('is not waited for because a grandchild holds its output', async () => {
    const { ids, end } = await idsOf('sleep 1000 & echo $!; echo answer', {});

    expect(end).toMatchObject({ ended: 'exit', exitCode: 0 });
    expect(end.durationMs).toBeLessThan(5000);
    expect(ids.map(isAlive)).toEqual([false]);
  });

  it('takes with it who holds its output from a session of their own, with nobody between', async () => {
    const { ids, end } = await idsOf(`setsid -f sh -c 'echo $$; exec sleep 1000'; sleep 0.3`);

    expect(end).toMatchObject({ ended: 'exit', exitCode: 0 });
    expect(end.durationMs).toBeLessThan(5000);
    expect(ids.map(isAlive)).toEqual([false]);
  });

  it('takes with it who descends from somebody in such a session, whatever is left of the environment', async () => {
    const { ids } = await idsOf(
      `setsid -f sh -c 'env -i sh -c "echo \\$\\$; exec sleep 1000" & echo $$; wait'; sleep 0.3`,
    );

    expect(ids.map(isAlive)).toEqual([false, false]);
  });

  it('leaves what it started alone where killing is forbidden', async () => {
    const { ids } = await idsOf('sleep 1000 >/dev/null 2>&1 & echo $!', { killAfterMs: null });

    expect(ids.map(isAlive)).toEqual([true]);
    for (const id of ids) process.kill(id, 'SIGKILL');
  });
});
