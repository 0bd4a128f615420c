import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { FAILURE_KINDS } from '../src/core/failure.ts';

const ROOT = new URL('..', import.meta.url).pathname;

/** Where an error that a user sees is made, whichever way: by its kind of mistake, or with an exit code of its own. */
const MADE = /\b(?:usageError|placeError|planProblem)\(\s*'([a-z0-9_]+)'|\bcode: '([a-z0-9_]+)'/g;

describe('docs/troubleshooting.md', () => {
  it('has a row for each error that the program can say, by the code it has under --json, and for no other', () => {
    const codes = sourceFiles().flatMap((path) =>
      [...readFileSync(path, 'utf8').matchAll(MADE)].map(([, kind, own]) => kind ?? own ?? ''),
    );

    expect(codes.length).toBeGreaterThan(50);
    expect(codesOfRows()).toEqual([...new Set([...codes, ...FAILURE_KINDS])].toSorted());
  });

  it('says in each row what is seen, and what to do', () => {
    const unfinished = rows().filter(([seen = '', , todo = '']) => seen === '' || todo === '');

    expect(unfinished).toEqual([]);
  });
});

function codesOfRows(): string[] {
  const listed = rows().map(([seen = '']) => / · ((?:`[a-z0-9_-]+`(?:, )?)+)$/.exec(seen)?.[1] ?? '');
  return [...new Set(listed.flatMap((list) => list.match(/[a-z0-9_-]+/g) ?? []))].toSorted();
}

/** The cells of every row of the tables, but their headings. */
function rows(): string[][] {
  return readFileSync(join(ROOT, 'docs/troubleshooting.md'), 'utf8')
    .split('\n')
    .filter((line) => /^\| (?!sentence |---)/.test(line))
    .map((line) =>
      line
        .split(/(?<!\\)\|/)
        .slice(1, -1)
        .map((cell) => cell.trim()),
    );
}

function sourceFiles(): string[] {
  return ['src/errors', 'src/cli', 'src/git', 'src/store', 'src/agents', 'src/steps'].flatMap((dir) =>
    readdirSync(join(ROOT, dir), { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.ts'))
      .map((name) => join(ROOT, dir, name)),
  );
}
