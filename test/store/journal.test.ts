import { execFile } from 'node:child_process';
import { appendFile, mkdir, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { openJournal, readJournal, readToEnd } from '../../src/store/journal.ts';
import { CALL_STARTED, roundStarted, runFinished, runStarted, writeJournal } from './facts.ts';
import { errorOf, tempDir } from './temp-dir.ts';

const RUN = 'plan-20260101T000000Z';
const THREE = [runStarted('/plan.md'), roundStarted(1), CALL_STARTED];

describe('a journal', () => {
  it('gives back what was appended, stamped with time and run', async () => {
    using dir = tempDir();

    await writeJournal(dir.at('events.jsonl'), RUN, THREE);

    const stamps = ['1970-01-01T00:00:00.000Z', '1970-01-01T00:00:01.000Z', '1970-01-01T00:00:02.000Z'];
    expect(await readJournal(dir.at('events.jsonl'))).toEqual(
      THREE.map((fact, index) => ({ v: 1, ts: stamps[index], run: RUN, ...fact })),
    );
  });

  it('that was torn anywhere in its last line has all other facts, and goes on after them', async () => {
    using dir = tempDir();
    const path = dir.at('events.jsonl');
    await writeJournal(path, RUN, THREE);
    const whole = await readFile(path);
    const lastLine = whole.lastIndexOf(0x0a, -2) + 1;

    for (let size = lastLine; size < whole.length; size += 1) {
      await writeFile(path, whole.subarray(0, size));
      expect(await typesIn(path), `${size} bytes`).toEqual(['run.started', 'round.started']);

      await writeJournal(path, RUN, [runFinished()]);
      expect(await typesIn(path), `${size} bytes`).toEqual(['run.started', 'round.started', 'run.finished']);
    }
  });

  it('that was torn at any byte of any line has the lines before it, and no half of one', async () => {
    using dir = tempDir();
    const path = dir.at('events.jsonl');
    await writeJournal(path, RUN, [...THREE, roundStarted(2, 'Zürich, 東京 🙂'), runFinished()]);
    const whole = await readFile(path);
    const facts = await readJournal(path);
    const ends = [...whole.keys()].filter((at) => whole[at] === 0x0a);

    for (let size = 0; size < whole.length; size += 1) {
      await writeFile(path, whole.subarray(0, size));

      const lines = ends.filter((end) => end < size).length;
      expect(await readJournal(path, { isChecked: false }), `${size} bytes`).toEqual(facts.slice(0, lines));
    }
  });

  it.each([
    [
      'a digit of it was changed',
      (lines: string[]) => lines.with(2, (lines[2] ?? '').replace('review-1', 'review-7')),
      3,
    ],
    [
      'the name of its fact was changed',
      (lines: string[]) => lines.with(1, (lines[1] ?? '').replace('round.s', 'round.z')),
      2,
    ],
    ['a line was lost', (lines: string[]) => lines.toSpliced(1, 1), 2],
    ['a line is there twice', (lines: string[]) => lines.toSpliced(1, 0, lines[0] ?? ''), 2],
    ['two lines changed places', ([a = '', b = '', ...rest]: string[]) => [b, a, ...rest], 1],
  ])('is damaged where %s', async (_, change, line) => {
    using dir = tempDir();
    const path = dir.at('events.jsonl');
    await writeJournal(path, RUN, THREE);
    await writeFile(path, change((await readFile(path, 'utf8')).split('\n')).join('\n'));

    const { code, message, exitCode } = await errorOf(readJournal(path));

    expect([code, exitCode]).toEqual(['journal_damaged', 3]);
    expect(message).toBe(
      `The journal ${path} is damaged at line ${line}: it, or a line before it, is not what was written.`,
    );
  });

  it('whose first lines an older version wrote, without checksums, goes on with them', async () => {
    using dir = tempDir();
    const path = dir.at('events.jsonl');
    const old = THREE.map((fact) => `${JSON.stringify({ v: 1, ts: 'x', run: RUN, ...fact })}\n`).join('');
    await writeFile(path, old);
    await writeJournal(path, RUN, [runFinished()]);
    expect(await typesIn(path)).toEqual(['run.started', 'round.started', 'call.started', 'run.finished']);

    await writeFile(path, (await readFile(path, 'utf8')).replace('review-1', 'review-7'));

    expect(await errorOf(readJournal(path))).toMatchObject({ code: 'journal_damaged' });
  });

  it('that was removed while it is written says so at the next fact', async () => {
    using dir = tempDir();
    await mkdir(dir.at('run'));
    const journal = await openJournal(dir.at('run/events.jsonl'), RUN, () => new Date(0));
    await journal.append(roundStarted(1));
    await rm(dir.at('run'), { recursive: true });

    const error = await errorOf(journal.append(roundStarted(2)));
    await journal.close();

    expect(error).toMatchObject({ code: 'run_removed', exitCode: 3 });
    expect(error.message).toContain(dir.at('run'));
  });

  it.each([
    ['as it was read', () => undefined],
    ['with a fact that somebody added since', (path: string) => writeJournal(path, RUN, [roundStarted(9)])],
    ['with half a fact that somebody added since', (path: string) => appendFile(path, '{"v":1,')],
    ['cut since', (path: string) => truncate(path, 10)],
  ])('that is opened %s goes on with a checksum that holds', async (_, meanwhile) => {
    using dir = tempDir();
    const path = dir.at('events.jsonl');
    await writeJournal(path, RUN, THREE);
    const { end } = await readToEnd(path);
    await meanwhile(path);
    const known = await readJournal(path);

    const journal = await openJournal(path, RUN, () => new Date(0), end);
    const added = await journal.append(runFinished());
    await journal.close();

    expect(await readJournal(path)).toEqual([...known, added]);
  });

  it('that is opened as it was read does not read it again', async () => {
    using dir = tempDir();
    const path = dir.at('events.jsonl');
    await writeJournal(path, RUN, THREE);
    const { end } = await readToEnd(path);
    const whole = await readFile(path, 'utf8');
    await writeFile(path, whole.replace('review-1', 'review-7'));

    const journal = await openJournal(path, RUN, () => new Date(0), end);
    await journal.append(runFinished());
    await journal.close();
    await writeFile(path, (await readFile(path, 'utf8')).replace('review-7', 'review-1'));

    expect(await readJournal(path)).toHaveLength(4);
  });

  it('that was torn in its first line has no facts', async () => {
    using dir = tempDir();
    const path = dir.at('events.jsonl');
    await writeJournal(path, RUN, THREE);
    await truncate(path, 10);

    expect(await readJournal(path)).toEqual([]);
  });

  it.each([
    ['no JSON', '{"v":1,"ts":'],
    ['no object', '[]'],
    ['an empty line', ''],
    ['zeros', '\0\0\0\0'],
    ['a fact without its keys', '{"v":1,"ts":"x","run":"x","type":"round.started"}'],
    ['a fact without a time', JSON.stringify({ v: 1, run: RUN, ...roundStarted(1) })],
    ['a fact without a type', '{"v":1,"ts":"x","run":"x"}'],
  ])('that is damaged in the middle by %s is reported with its line', async (_, line) => {
    using dir = tempDir();
    const path = dir.at('events.jsonl');
    await writeJournal(path, RUN, [runStarted('/plan.md')]);
    await appendFile(path, `${line}\n`);
    await writeJournal(path, RUN, [runFinished()]);

    const { code, message, exitCode } = await errorOf(readJournal(path));

    expect([code, exitCode]).toEqual(['journal_damaged', 3]);
    expect(message).toContain(`${path} is damaged at line 2`);
  });

  it('of a newer version is read past facts and keys it does not know', async () => {
    using dir = tempDir();
    const path = dir.at('events.jsonl');
    await writeJournal(path, RUN, [runStarted('/plan.md')]);
    await appendFile(path, `${JSON.stringify({ v: 1, ts: 'x', run: RUN, type: 'chunk.merged', of: 3 })}\n`);
    const stamped = { v: 1, ts: 'x', run: RUN, ...roundStarted(1), mood: 'good' };
    await appendFile(path, `${JSON.stringify(stamped)}\n`);

    expect(await typesIn(path)).toEqual(['run.started', 'round.started']);
  });

  it('in a newer format is refused whole', async () => {
    using dir = tempDir();
    const path = dir.at('events.jsonl');
    await writeFile(path, `${JSON.stringify({ v: 2, ts: 'x', run: RUN, ...roundStarted(1) })}\n`);

    expect(await errorOf(readJournal(path))).toMatchObject({ code: 'journal_too_new', exitCode: 3 });
  });

  it('is for its owner alone', async () => {
    using dir = tempDir();
    await writeJournal(dir.at('events.jsonl'), RUN, THREE);

    const { stdout } = await promisify(execFile)('stat', ['-c', '%a', dir.at('events.jsonl')]);

    expect(stdout.trim()).toBe('600');
  });
});

it('says in a sentence that the journal cannot be written', async () => {
  using dir = tempDir();
  await writeFile(dir.at('file'), '');

  const error = await errorOf(openJournal(dir.at('file/events.jsonl'), RUN, () => new Date(0)));

  expect(error).toMatchObject({ code: 'cannot_write', exitCode: 3 });
});

async function typesIn(path: string): Promise<string[]> {
  return (await readJournal(path)).map(({ type }) => type);
}
