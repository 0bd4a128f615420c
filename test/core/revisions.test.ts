import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { survivalOf } from '../rig/survival.ts';
import { linesOf } from '../../src/lib/text.ts';
import { begin, edit, place, raise } from './histories.ts';

/* Plans with what real ones have in them, each in two revisions. `node test/bench/line-map.mjs` takes other ones. */

const HISTORIES = new URL('../fixtures/histories/', import.meta.url).pathname;

function revisions(name: string): [string, string] {
  const [before = '', after = ''] = [1, 2].map((nth) =>
    readFileSync(`${HISTORIES}${name}/${nth}.txt`, 'utf8'),
  );
  return [before, after];
}

describe.each(readdirSync(HISTORIES))('from one revision to the next: %s', (name) => {
  it('every line that survives maps to itself, and none to another', () => {
    for (const [before, after] of [revisions(name), revisions(name).toReversed()]) {
      const { survived, found, claimed, true: isTrue } = survivalOf(before ?? '', after ?? '');

      expect([found, isTrue]).toEqual([survived, claimed]);
      expect(survived).toBeGreaterThan(1);
    }
  });

  it('findings on what survives keep their ids', () => {
    const [before, after] = revisions(name);
    const kept = linesOf(before)
      .map((line) => line.trim())
      .filter(
        (line, at, all) =>
          /(?:\p{L}.*){3}/u.test(line) &&
          all.indexOf(line) === at &&
          linesOf(after).some((now) => now.trim() === line),
      );
    const first = raise(
      begin(before),
      'addressed',
      ...kept.map((quote, at) => ({ title: `Defect ${at}`, quote })),
    );

    const again = place(
      edit(first, after),
      ...kept.map((quote, at) => ({ title: `In other words, ${at * 7}`, quote })),
    );

    expect(again.map(({ id }) => id)).toEqual(kept.map((_, at) => `F${at + 1}`));
  });
});
