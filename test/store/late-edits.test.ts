import { readFile, rm, writeFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import type { Fact, FactOf, Stamped } from '../../src/core/fact.ts';
import { readJournal, type HowRead } from '../../src/store/journal.ts';
import { editsRead } from '../core/facts.ts';
import { applied } from '../core/rounds.ts';
import { roundStarted, runFinished, runStarted, writeJournal } from './facts.ts';
import { errorOf, tempDir } from './temp-dir.ts';

const RUN = 'plan-20260101T000000Z';
const STARTED = { ...runStarted('/plan.md'), tool_version: '1.2.3' };

/** An edit of a round as the program writes it: what may be long comes last. */
function edited(round: number, added: string): FactOf<'edits.applied'> {
  const lines = { start: round, end: round };
  const { edits: _, changes: __, ...rest } = applied(round, ['F1']);
  return {
    ...rest,
    edits: [{ findings: ['F1'], lines }],
    changes: [{ findings: ['F1'], removed: ',"edits":[{"changes":', added, lines }],
  };
}

/** Where edits are to go, as the program writes it. */
function placed(round: number): FactOf<'edits.read'> {
  const { edits: _, ...rest } = editsRead(round, 'fits');
  return { ...rest, edits: [{ findings: ['F1'], lines: { start: round, end: round } }] };
}

const THREE = [STARTED, edited(1, 'Zürich 🙂\n'), edited(2, '"\\'), runFinished()];

async function kept(path: string, facts: readonly Fact[], how: HowRead = {}): Promise<Stamped[]> {
  await writeJournal(path, RUN, facts);
  return readJournal(path, { trusted: '1.2.3', ...how });
}

describe('what edits wrote', () => {
  it.each([
    ['that is gone on with', true],
    ['that is only shown', false],
  ])('is there when it is asked for, in a run %s', async (_, isChecked) => {
    using dir = tempDir();

    const facts = await kept(dir.at('events.jsonl'), THREE, { isChecked });

    expect(facts.map((fact) => ('changes' in fact ? [fact.edits, fact.changes] : fact.type))).toEqual(
      THREE.map((fact) => ('changes' in fact ? [fact.edits, fact.changes] : fact.type)),
    );
    expect(JSON.parse(JSON.stringify(facts[1]))).toMatchObject(edited(1, 'Zürich 🙂\n'));
  });

  it('is there beside where the edits were to go', async () => {
    using dir = tempDir();

    const facts = await kept(dir.at('events.jsonl'), [STARTED, placed(1), edited(1, 'new\n'), placed(2)]);

    expect(JSON.parse(JSON.stringify(facts.slice(1)))).toMatchObject([
      placed(1),
      edited(1, 'new\n'),
      placed(2),
    ]);
    expect(facts.map((fact) => Object.getOwnPropertyDescriptor(fact, 'edits')?.get !== undefined)).toEqual([
      false,
      true,
      true,
      true,
    ]);
  });

  it('is read at once where an older version did not write it last', async () => {
    using dir = tempDir();
    const edits = [{ findings: ['F1'], lines: { start: 3, end: 4 } }];
    const old = [editsRead(1, 'fits', { edits }), applied(1, ['F1'], { edits, hunks: [[3, 1, 3, 2]] })];

    const facts = await kept(dir.at('events.jsonl'), [STARTED, ...old]);
    await rm(dir.at('events.jsonl'));

    expect(facts.slice(1)).toMatchObject(old);
  });

  it.each([
    ['was removed', (path: string) => rm(path)],
    ['was overwritten', (path: string) => writeFile(path, '{}\n{"v":1}\n')],
    [
      'was damaged at the end of that line',
      async (path: string) =>
        writeFile(
          path,
          (await readFile(path, 'utf8')).replace('"changes":[{"findings"', '"changes":[{findings'),
        ),
    ],
  ])('is damage where the journal %s meanwhile', async (_, damage) => {
    using dir = tempDir();
    const path = dir.at('events.jsonl');
    const [, first] = await kept(path, THREE);
    await damage(path);

    const { code, message } = await errorOf(
      Promise.resolve().then(() => first?.type === 'edits.applied' && first.changes),
    );

    expect(code).toBe('journal_damaged');
    expect(message).toBe(`The journal ${path} is damaged at line 2: its edits cannot be read.`);
  });
});

describe('a fact whose checksum holds', () => {
  const odd = { ...roundStarted(1), sentinels: 'none' } as unknown as Fact; // as another version might write it

  it('is checked where another version wrote it', async () => {
    using dir = tempDir();

    const error = await errorOf(kept(dir.at('events.jsonl'), [runStarted('/plan.md'), odd]));

    expect(error).toMatchObject({ code: 'journal_damaged', exitCode: 3 });
    expect(error.message).toContain('is damaged at line 2: Invalid input: expected array');
  });

  it('is checked where nothing is trusted', async () => {
    using dir = tempDir();
    await writeJournal(dir.at('events.jsonl'), RUN, [STARTED, odd]);

    expect(await errorOf(readJournal(dir.at('events.jsonl')))).toMatchObject({ code: 'journal_damaged' });
  });

  it('is taken as it is where the trusted version wrote it', async () => {
    using dir = tempDir();

    expect(await kept(dir.at('events.jsonl'), [STARTED, odd])).toHaveLength(2);
  });

  it.each([
    { ...STARTED, bytes: 'three' },
    { type: 'run.resumed', tool_version: '1.2.3' },
    { type: 'decision', round: 'three' },
    { ...runFinished(), rounds: 'three' },
  ])('is checked where any version may add it: $type', async (given) => {
    using dir = tempDir();
    const added = given as unknown as Fact;

    expect(await errorOf(kept(dir.at('events.jsonl'), [STARTED, added]))).toMatchObject({
      code: 'journal_damaged',
    });
  });
});
