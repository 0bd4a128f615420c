import { readFileSync } from 'node:fs';
import { appendFile, truncate, writeFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { openChanges } from '../../src/store/changes.ts';
import { followJournal, lastLines } from '../../src/store/follow.ts';
import { readJournal } from '../../src/store/journal.ts';
import { CALL_STARTED, roundStarted, runStarted, writeJournal } from './facts.ts';
import { errorOf, tempDir } from './temp-dir.ts';

const RUN = 'plan-20260101T000000Z';
const NEVER = new AbortController().signal;

/** The lines of a journal with these two facts. */
async function twoLines(dir: ReturnType<typeof tempDir>): Promise<[string, string]> {
  await writeJournal(dir.at('whole.jsonl'), RUN, [runStarted('/naïve.md'), roundStarted(1)]);
  const [first = '', second = ''] = readFileSync(dir.at('whole.jsonl'), 'utf8').split('\n');
  return [first, second];
}

describe('a journal that is followed', () => {
  it('gives each fact once, as it grows', async () => {
    using dir = tempDir();
    const path = dir.at('events.jsonl');
    await writeJournal(path, RUN, [runStarted('/plan.md'), roundStarted(1)]);
    const follower = followJournal(path);

    const first = await follower.read();
    const nothing = await follower.read();
    await writeJournal(path, RUN, [CALL_STARTED], 2);
    const last = await follower.read();

    expect([first, nothing, last].map((facts) => facts.map(({ type }) => type))).toEqual([
      ['run.started', 'round.started'],
      [],
      ['call.started'],
    ]);
  });

  it('waits for the rest of a torn last line, wherever it was torn', async () => {
    using dir = tempDir();
    const [first, second] = await twoLines(dir);
    const path = dir.at('events.jsonl');
    const bytes = Buffer.from(`${second}\n`);

    for (let at = 1; at < bytes.length; at += 7) {
      await writeFile(path, `${first}\n`);
      await appendFile(path, bytes.subarray(0, at));
      const follower = followJournal(path);
      expect((await follower.read()).map(({ type }) => type)).toEqual(['run.started']);
      await appendFile(path, bytes.subarray(at));
      expect(await follower.read()).toEqual((await readJournal(dir.at('whole.jsonl'))).slice(1));
    }
  });

  it('gives what was written in the place of a torn line that was cut off', async () => {
    using dir = tempDir();
    const [first, second] = await twoLines(dir);
    const path = dir.at('events.jsonl');
    await writeFile(path, `${first}\n${second.slice(0, 40)}`);
    const follower = followJournal(path);
    await follower.read();

    await truncate(path, Buffer.byteLength(first) + 1);
    await writeJournal(path, RUN, [CALL_STARTED], 2);

    expect((await follower.read()).map(({ type }) => type)).toEqual(['call.started']);
  });

  it('names the line at which it is damaged, counted over all readings', async () => {
    using dir = tempDir();
    const path = dir.at('events.jsonl');
    await writeJournal(path, RUN, [runStarted('/plan.md'), roundStarted(1)]);
    const follower = followJournal(path);
    await follower.read();

    await appendFile(path, 'nonsense\n');

    expect((await errorOf(follower.read())).message).toMatch(/is damaged at line 3/);
  });
});

describe('the end of a file', () => {
  it('is its last whole lines, within so many bytes', async () => {
    using dir = tempDir();
    await writeFile(dir.at('log'), 'one\ntwo\nthree\ntorn');

    expect(await lastLines(dir.at('log'))).toEqual(['one', 'two', 'three']);
    expect(await lastLines(dir.at('log'), 12)).toEqual(['three']);
    expect(await lastLines(dir.at('none'))).toEqual([]);
  });
});

describe('changes', () => {
  it('wake who waits, and nobody has to ask again and again', async () => {
    using dir = tempDir();
    await writeFile(dir.at('file'), '');
    using changes = openChanges(60_000);
    changes.add(dir.at('file'));

    const waiting = changes.next(NEVER);
    await appendFile(dir.at('file'), 'more');

    await expect(waiting).resolves.toBeUndefined();
  });

  it('are looked for after a while where the system tells of none', async () => {
    using changes = openChanges(1);
    changes.add('/nowhere/at/all');

    await expect(changes.next(NEVER)).resolves.toBeUndefined();
  });

  it('are not waited for any more once that is aborted', async () => {
    using changes = openChanges(60_000);
    const stop = new AbortController();

    const waiting = errorOf(changes.next(stop.signal));
    stop.abort(new Error('Enough.'));

    expect((await waiting).message).toBe('Enough.');
  });
});
