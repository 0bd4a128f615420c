import { existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openCappedLog } from '../../src/process/capped-log.ts';
import { splitLines } from '../../src/process/lines.ts';
import { runProcess } from '../../src/process/run-process.ts';
import { envWith, freshDir, NEVER } from './programs.ts';

const MB = 1024 * 1024;

describe('a flood', () => {
  it('of 200 MB leaves memory flat and the log capped, head and tail kept', async () => {
    const log = join(freshDir(), 'flood.log');
    const script = `echo first; yes "$(head -c 200 /dev/zero | tr '\\0' x)" | head -c 200000000; echo; echo last`;
    const before = process.memoryUsage().rss;
    let [lines, peak] = [0, 0];
    const onLine = (): void => {
      lines += 1;
      if (lines % 10_000 === 0) peak = Math.max(peak, process.memoryUsage().rss);
    };

    const request = {
      file: 'sh',
      args: ['-c', script],
      cwd: '/',
      env: envWith([]),
      timeoutMs: 60_000,
      log,
      onLine,
    };
    const end = await runProcess({ ...request, collect: { from: 'stdout', most: 10 } }, NEVER);

    expect(end).toMatchObject({ ended: 'exit', exitCode: 0, output: 'first\nxxxx' });
    expect(lines).toBe(995_027);
    expect((peak - before) / MB).toBeLessThan(60);
    expect(statSync(log).size / MB).toBeLessThanOrEqual(64);
    const text = readFileSync(log, 'latin1');
    expect(text.startsWith('first\n')).toBe(true);
    expect(text.endsWith('x\nlast\n')).toBe(true);
  }, 60_000);
});

describe('splitLines', () => {
  it('keeps nothing of a line that is too long, says so, and goes on with the next', () => {
    const lines: [string, boolean][] = [];
    const { push, end } = splitLines((line, whole) => lines.push([line, whole]), 4);

    for (const piece of ['abc', 'defg', '\nab', 'cd\n\n', 'x']) push(Buffer.from(piece));
    end();

    expect(lines).toEqual([
      ['', false],
      ['abcd', true],
      ['', true],
      ['x', true],
    ]);
  });

  it('keeps characters whose bytes come in two pieces, and line ends that stand inside of JSON', () => {
    const lines: string[] = [];
    const { push } = splitLines((line) => lines.push(line));
    const bytes = Buffer.from('a\u2028b\rc€\n');

    push(bytes.subarray(0, -2));
    push(bytes.subarray(-2));

    expect(lines).toEqual(['a\u2028b\rc€']);
  });
});

describe('a capped log', () => {
  it.each([600, 880])('is what was written as long as that fits (%i of 1024 bytes)', async (size) => {
    expect(await logged(numberedLines(size))).toBe(numberedLines(size));
  });

  it('keeps head and tail in order when its ring went round several times', async () => {
    const text = numberedLines(5000);

    const kept = await logged(text);

    const [head = '', tail = ''] = kept.split(/\n--- \d+ bytes were cut out here ---\n/);
    expect(kept.length).toBeLessThanOrEqual(1024);
    expect([text.startsWith(head), text.endsWith(tail)]).toEqual([true, true]);
    expect([head.length > 700, tail.length > 100]).toEqual([true, true]);
  });

  it('counts what was cut', async () => {
    const kept = await logged('x'.repeat(3000));

    const cut = Number(/(\d+) bytes were cut/.exec(kept)?.[1]);
    expect(cut + kept.replace(/\n---.*---\n/, '').length).toBe(3000);
  });
});

// A file on a disk that is always full.
it.runIf(existsSync('/dev/full'))(
  'a log for which there is no room is a sentence and exit code 3',
  async () => {
    await using log = await openCappedLog('/dev/full');

    await expect(log.write(Buffer.from('x'))).rejects.toMatchObject({ code: 'disk_full', exitCode: 3 });
  },
);

async function logged(text: string): Promise<string> {
  const path = join(freshDir(), 'a.log');
  const log = await openCappedLog(path, 1024);
  for (let at = 0; at < text.length; at += 37) await log.write(Buffer.from(text.slice(at, at + 37)));
  await log.append('');
  return readFileSync(path, 'utf8');
}

function numberedLines(size: number): string {
  return Array.from({ length: size }, (_, n) => `line ${n}\n`)
    .join('')
    .slice(0, size);
}
