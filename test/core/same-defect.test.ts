import { describe, expect, it } from 'vitest';
import { candidatesFor } from '../../src/core/ledger/identity.ts';
import { begin, edit, place, raise, type History } from './histories.ts';

/*
 * Duplicates and false matches that tools have run into, told again with plans: what two reviews said of one text, and
 * whether it was one defect.
 */

const FILLER = Array.from({ length: 60 }, (_, at) => `Paragraph ${at} is about something else.\n`).join('\n');

function idOf(history: History, found: Parameters<typeof place>[1]): string | undefined {
  return place(history, found)[0]?.id;
}

describe('one defect', () => {
  it('stays one when its line moves and its title is in other words (mergewatch/mergewatch.ai#147)', () => {
    const plan = '# Sync\n\n```ts\ntry {\n  push();\n} catch {\n}\n```\n';
    const before = raise(begin(plan), 'open', {
      title: 'Broad exception catching',
      quote: '} catch {',
    });

    const after = edit(before, plan.replace('# Sync\n', `# Sync\n\n${FILLER}`));

    expect(idOf(after, { title: 'Catch-and-continue pattern', quote: '} catch {' })).toBe('F1');
  });

  it('stays one when a second run places it elsewhere in its block, in like words (MattJColes/lgtmaybe#275)', () => {
    const plan = `# Units\n\n${'A unit is grouped\nwith its neighbours\n'.repeat(30)}`;
    const before = raise(begin(plan), 'open', {
      title: 'Grouping loses the last unit',
      body: 'The loop ends one short, so the last unit of a file is in no group.',
      lines: { start: 20, end: 20 },
    });

    expect(
      idOf(before, {
        title: 'Last unit is lost in grouping',
        body: 'The loop ends one short, so the last unit of the file is in no group at all.',
        lines: { start: 20, end: 24 },
      }),
    ).toBe('F1');
  });

  it('is proposed for one when two reviews quote it a hundred lines apart (marcusrbrown/systematic#820)', () => {
    const plan = `# Shape\n\n\`\`\`json\n{ "names": ["TOKEN"] }\n\`\`\`\n\n${FILLER}\n# Values\n\nNames such as TOKEN are secret.\n`;
    const before = raise(begin(plan), 'open', {
      title: 'The list of secret variable names is too narrow',
      body: 'A value under PASSWORD is printed.',
      quote: '{ "names": ["TOKEN"] }',
    });
    const [found] = place(before, {
      title: 'Too few names of variables are taken for secret',
      body: 'A value under API_KEY is printed as it is.',
      quote: 'Names such as TOKEN are secret.',
    });

    expect(found?.id).toBe('F2');
    expect(found && candidatesFor(found, before.ledger, plan)).toEqual(['F1']);
  });

  it('stays one over four versions that each move it (kirodotdev/KiroCrew#3656)', () => {
    const step = '2. Each worker takes the next order from the table.\n';
    const race = { title: 'Two workers may take one order', quote: 'takes the next order from the table' };
    let history = raise(begin(`# Workers\n\n1. Start.\n${step}3. Stop.\n`), 'open', race);

    for (const above of ['Some words.\n', `${FILLER}\n`, '', '| a |\n| - |\n']) {
      history = edit(history, `# Workers\n\n${above}\n1. Start.\n${step}3. Stop.\n`);

      expect(idOf(history, { ...race, title: `Orders are taken twice, ${above.length}` })).toBe('F1');
    }
  });

  it('is known by what it quotes, not by where it stands (profullstack/threatcrush#89)', () => {
    const plan = '# A\n\nDrop the column at once.\n\n# B\n\nKeep the column for a week.\n';
    const before = raise(begin(plan), 'open', {
      title: 'Data is lost',
      quote: 'Drop the column at once.',
    });

    const swapped = edit(before, '# B\n\nKeep the column for a week.\n\n# A\n\nDrop the column at once.\n');

    expect(idOf(swapped, { title: 'Old writers fail', quote: 'Drop the column at once.' })).toBe('F1');
    expect(idOf(swapped, { title: 'Old writers fail', quote: 'Keep the column for a week.' })).toBe('F2');
  });
});

describe('two defects', () => {
  it('stay two at quotes that stand everywhere (mergewatch/mergewatch.ai#147)', () => {
    const plan = '```\nif (a) {\n}\nwhile (b) {\n}\n```\n';
    const before = raise(begin(plan), 'open', { title: 'No else', quote: '}', lines: { start: 3, end: 3 } });

    expect(idOf(before, { title: 'The loop never ends', quote: '}', lines: { start: 3, end: 3 } })).toBe(
      'F2',
    );
    expect(idOf(before, { title: 'The loop never ends', quote: '}', lines: { start: 5, end: 5 } })).toBe(
      'F2',
    );
  });

  it('stay two on one line, in one review (imaimai17468/imaimai-front-templete#212)', () => {
    const quote = 'for each batch of size n, insert it';
    const found = [
      { title: 'The last batch is skipped', quote },
      { title: 'A size of 0 never ends', quote },
    ];

    const ids = place(begin(`# Batches\n\n1. ${quote}\n`), ...found).map(({ id }) => id);

    expect(ids).toEqual(['F1', 'F2']);
  });

  it('stay two where neither has a place (Esposter/Esposter#1044)', () => {
    const before = raise(begin('# Plan\n'), 'open', { title: 'No owner is named', body: 'Nobody answers.' });

    expect(idOf(before, { title: 'No date is named', body: 'It may never end.' })).toBe('F2');
  });

  it('stay two under one title at two blocks, word for word', () => {
    const plan = '# Up\n\nAdd the column to each table.\n\n# Down\n\nDrop the column from each table.\n';
    const defect = { title: 'There is no rollback', body: 'When it fails half way, nobody can go back.' };
    const before = raise(begin(plan), 'open', { ...defect, quote: 'Add the column to each table.' });

    expect(idOf(before, { ...defect, quote: 'Drop the column from each table.' })).toBe('F2');
  });

  it('stay two at one quote that the plan has twice', () => {
    const plan = `# One\n\nThe importer reads the file.\n\n${FILLER}\n# Two\n\nThe importer reads the file.\n`;
    const quote = 'The importer reads the file.';
    const before = raise(begin(plan), 'open', { title: 'Which file?', quote, heading: 'One' });

    expect(idOf(before, { title: 'Which file is it?', quote, heading: 'Two' })).toBe('F2');
    expect(idOf(before, { title: 'No name', quote, heading: 'One' })).toBe('F1');
  });
});

/** Titles of one defect by two reviewers; then of two defects about one thing. */
const SAME = [
  [
    'The rollback drops the column while old writers run',
    'On a rollback the column goes although writers of the old version may still write',
  ],
  [
    'The locks contradict the order that the plan declares',
    'Rows are locked before the order, against the one lock order',
  ],
  [
    'The call of the CLI has no timeout',
    'A child that hangs blocks the loop for ever; there is no limit by the clock',
  ],
  ['Nothing says how often to retry when limited', 'What happens at a 429 is left open'],
  ['The migration can run but once', 'A second run fails: IF NOT EXISTS is missing from the ALTER TABLE'],
  ['Exceptions are caught too broadly', 'Catch and go on'],
  [
    'The state file is not written atomically',
    'Killed while it writes, manifest.json is left cut off, for it is written in place',
  ],
  ['The criterion cannot be tested', '"It works reliably" is nothing a test could decide'],
] as const;
const DIFFERENT = [
  ['The rollback drops the column while old writers run', 'Nobody owns the rollback'],
  ['The call of the CLI has no timeout', 'The output of the CLI is held against no schema'],
  ['The migration can run but once', 'The migration runs outside of a transaction'],
  ['The state file is not written atomically', 'The state file has no version of its schema'],
  ['Nothing says how often to retry when limited', 'The budget of tokens is left open'],
  ['The locks contradict the order that the plan declares', 'On the error path the lock is never released'],
  ['The criterion cannot be tested', 'There is no criterion for the exit code'],
  ['Worker 2 can take order 8814 a second time', 'The pool of workers has no upper bound'],
] as const;

describe('words alone', () => {
  const plan = '# Steps\n\nThe first step of the plan does it all, and the next one goes on from there.\n';
  const lines = { start: 3, end: 3 };

  it.each(DIFFERENT)('do not make one of two at one place, but propose it: %s / %s', (one, other) => {
    const before = raise(begin(plan), 'open', { title: one, lines });
    const [found] = place(before, { title: other, lines });

    expect(found?.id).toBe('F2');
    expect(found && candidatesFor(found, before.ledger, plan)).toEqual(['F1']);
  });

  it.each(SAME)('are enough to propose it, if they do not settle it: %s / %s', (one, other) => {
    const before = raise(begin(plan), 'open', { title: one, lines });
    const [found] = place(before, { title: other, lines });

    expect(found && [found.id, ...candidatesFor(found, before.ledger, plan)]).toContain('F1');
  });

  it.each([...SAME, ...DIFFERENT])('are not needed where the quote is the same: %s / %s', (one, other) => {
    const quote = 'the next one goes on from there';

    expect(idOf(raise(begin(plan), 'open', { title: one, quote }), { title: other, quote })).toBe('F1');
  });
});
