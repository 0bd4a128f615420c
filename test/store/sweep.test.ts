import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { basename } from 'node:path';
import { describe, expect, it } from 'vitest';
import { temporaryBeside } from '../../src/store/atomic-write.ts';
import { removeStillborn, sweepRun } from '../../src/store/sweep.ts';
import { tempDir } from './temp-dir.ts';

const ID = 'plan-20260101T000000Z';

it('removes temporary files of a run, and nothing else, at any depth', async () => {
  using dir = tempDir();
  mkdirSync(dir.at('round-01'));
  writeFileSync(temporaryBeside(dir.at('manifest.json')), '');
  writeFileSync(temporaryBeside(dir.at('round-01/review.json')), '');
  for (const name of ['events.jsonl', 'round-01/review.json', 'round-01/notes.tmp'])
    writeFileSync(dir.at(name), '');

  await sweepRun(dir.path);

  expect([readdirSync(dir.path), readdirSync(dir.at('round-01'))]).toEqual([
    ['events.jsonl', 'round-01'],
    ['notes.tmp', 'review.json'],
  ]);
});

describe('a run whose first fact was never kept', () => {
  it.each([
    ['an empty directory', {}],
    ['a plan', { 'plan.initial.md': '# Plan' }],
    ['half of a plan', { [basename(temporaryBeside('plan.initial.md'))]: '# Pl' }],
    ['a journal with half a fact', { 'plan.initial.md': '# Plan', 'events.jsonl': '{"v":1,"ts"' }],
  ])('is removed: %s', async (_, files) => {
    using dir = tempDir();
    lay(dir.at(ID), files);

    await removeStillborn(dir.path, ID);

    expect(readdirSync(dir.path)).toEqual([]);
  });

  it.each([
    ['it has a fact', ID, { 'events.jsonl': '{}\n' }],
    ['there is something that no beginning writes', ID, { 'notes.txt': '' }],
    ['its name is no run', 'notes', {}],
  ])('is left alone where %s', async (_, name, files) => {
    using dir = tempDir();
    lay(dir.at(name), files);

    await removeStillborn(dir.path, name);

    expect(readdirSync(dir.path)).toEqual([name]);
  });

  it('is sought nowhere but in the state root', async () => {
    using dir = tempDir();
    mkdirSync(dir.at('root'));
    lay(dir.at(ID), {});

    await removeStillborn(dir.at('root'), `../${ID}`);
    await removeStillborn(dir.at('root'), ID);

    expect(readdirSync(dir.path)).toEqual([ID, 'root']);
  });
});

function lay(dir: string, files: Readonly<Record<string, string>>): void {
  mkdirSync(dir);
  for (const [name, text] of Object.entries(files)) writeFileSync(`${dir}/${name}`, text);
}
