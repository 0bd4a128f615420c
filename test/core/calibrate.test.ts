import { constantFrom, assert, integer, array, property } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { documentOf } from '../../src/core/calibrate/document.ts';
import { dropRollback } from '../../src/core/calibrate/drop.ts';
import { OPERATORS, type Operator } from '../../src/core/calibrate/mutation.ts';
import { mutations, seed, undo, type Mutation } from '../../src/core/calibrate/mutations.ts';
import { recall, score, scored, type Sighting } from '../../src/core/calibrate/score.ts';
import { soundnessOf } from '../../src/core/calibrate/sound.ts';
import { spliced } from '../../src/core/calibrate/splice.ts';
import type { Span } from '../../src/core/ledger/line-map.ts';
import { nodesIn, parseMarkdown } from '../../src/core/markdown.ts';
import { linesOf } from '../../src/lib/text.ts';
import { seeded } from './random.ts';

const PLAN = `---
status: draft
retries: 30
---

# Import of orders

The import reads orders from the queue within 30 seconds. It must not change rows that it did not write.
Each order is stored in \`order_items\`. Some suppliers send an order twice.

## Steps

1. Lock the table \`order_items\`.
2. Copy the rows into \`order_items\` before the lock expires.
3. Release the lock.
4. Delete the copies, so that the run is cleaned up.

\`\`\`sh
# 30 seconds, before the lock; roll back when it fails
import --timeout 30 order_items
\`\`\`

## When something goes wrong

- When the queue is unavailable, wait and try again with a longer pause.
- When an order is malformed, put it into the quarantine.
- Orders that wait longer than 30 seconds are reported to the operator.

## Rollback

Stop the workers. Restore the table from the copy of the night. Tell the suppliers.

| What | Where |
| --- | --- |
| rows | \`order_items\` of the copy, at least one a day |

## Acceptance

- An order that is sent twice is stored once.
- A malformed order stands in the quarantine with its reason.
- The workers are idle within 30 seconds.
`;

/** One mutation of each kind. */
const EACH = new Map(
  Array.from({ length: 12 }, (_, n) => mutations(PLAN, seeded(n), 9))
    .flat()
    .map((one) => [one.operator, one]),
);

/** The lines of a text that another one does not have. */
function changedLines(text: string, other: string): string[] {
  const known = new Set(linesOf(other));
  return linesOf(text).filter((line) => !known.has(line));
}

describe('a mutation', () => {
  it('is to be had of every kind', () => {
    expect([...EACH.keys()].toSorted()).toEqual([...OPERATORS].toSorted());
  });

  it('is the same for the same numbers', () => {
    expect(mutations(PLAN, seeded(4), 6)).toEqual(mutations(PLAN, seeded(4), 6));
  });

  it.each<[Operator, RegExp]>([
    ['swap-steps', /^\d\. (?:Copy|Lock|Release)/],
    ['change-number', /\d/],
    ['invert-condition', /after|before|unless|if/],
    ['rename-identifier', /`(?!order_items`)\w+`/],
    ['widen-scope', /all suppliers|every a day|All suppliers|at least/],
    ['contradict-constraint', /^(?:- |\d\. )It must change rows/],
  ])('of the kind %s says something else in its block', (operator, said) => {
    const mutation = EACH.get(operator);

    const changed = changedLines(mutation?.text ?? '', PLAN);

    expect(changed.length).toBeGreaterThan(0);
    expect(changed.join('\n')).toMatch(said);
  });

  it.each<[Operator, RegExp]>([
    ['drop-rollback', /cleaned up|Restore/],
    ['drop-error-path', /malformed|unavailable/],
    ['drop-acceptance', /sent twice|quarantine|idle/],
  ])('of the kind %s leaves something out', (operator, missing) => {
    const { text = '', describes = '' } = EACH.get(operator) ?? {};

    expect(text.length).toBeLessThan(PLAN.length);
    expect(describes).toMatch(missing);
    expect(describes).toMatch(/ is missing\.$/);
  });

  it('stands in its span, or its section where something is missing', () => {
    for (const { span, text, splices } of EACH.values()) {
      const lines = linesOf(text);

      expect(span.start).toBeGreaterThan(4);
      expect(span.end).toBeLessThanOrEqual(lines.length);
      const fresh = splices
        .map((splice) => splice.fresh.trim().split('\n', 1)[0] ?? '')
        .filter((word) => word.length > 1);
      const inside = lines.slice(span.start - 1, span.end).join('\n');
      expect(fresh.every((word) => inside.includes(word))).toBe(true);
    }
  });

  it('numbers the steps below a dropped one anew', () => {
    const plan = '9. Restore the table.\n10. Lock it.\n   Twice.\n11. Release it.\n';

    const [dropped] = dropRollback(documentOf(plan));

    expect(spliced(plan, dropped?.splices ?? [])).toBe('9. Lock it.\n   Twice.\n10. Release it.\n');
  });
});

describe('mutations', () => {
  it('are of different kinds and in different sections as far as there are any', () => {
    const chosen = mutations(PLAN, seeded(2), 5);

    expect(new Set(chosen.map(({ operator }) => operator)).size).toBe(5);
    expect(mutations(PLAN, seeded(2), 9).length).toBeGreaterThan(6);
    expect(mutations(PLAN, seeded(2), 0)).toEqual([]);
    expect(mutations('# Nothing\n\nTo see.\n', seeded(2), 5)).toEqual([]);
  });

  const code = (text: string): string[] =>
    [...nodesIn(parseMarkdown(text))].flatMap((node) =>
      node.type === 'code' || node.type === 'yaml' ? [node.value] : [],
    );

  it('are undone to the byte, and leave code and front matter alone, one by one and together', () => {
    const plans = [PLAN, PLAN.replaceAll('\n', '\r\n'), `\ufeff${PLAN}`, PLAN.trimEnd()];
    for (const plan of plans) {
      const isSound = soundnessOf(plan.replace(/^\ufeff/, ''));
      for (let n = 0; n < 8; n += 1) {
        const chosen = mutations(plan, seeded(n), 6);
        const copy = seed(plan, chosen);

        expect([copy, ...chosen].map(undo)).toEqual(Array.from({ length: chosen.length + 1 }, () => plan));
        expect(code(copy.text)).toEqual(code(plan));
        expect(isSound(copy.text.replace(/^\ufeff/, ''))).toBe(true);
        expect(copy.seeds.map(({ operator }) => operator)).toEqual(chosen.map(({ operator }) => operator));
      }
    }
  });

  it('are found in no code, front matter, html or heading', () => {
    const plan = `---\nwait: 30 seconds\n---\n\n# Wait 30 seconds before it\n\n\`\`\`\n30 seconds before, if some fail\n\`\`\`\n\n<p>30 seconds before</p>\n\n    some code if it fails\n`;

    expect(documentOf(plan)).toMatchObject({ texts: [], codes: [], paragraphs: [], lists: [] });
    expect(mutations(plan, seeded(1), 9)).toEqual([]);
  });

  it('of any plan are undone to the byte', () => {
    const line = constantFrom(
      '# Steps',
      '1. Lock the table.',
      '2. Then release the table `order_items` before 30 seconds are over.',
      '   - When it fails, roll back the whole table.',
      '- Some rows must not change within 30 seconds.',
      '- Do not delete the table. Restore `order_items` if the table fails.',
      '> It fails after 30 seconds. Retry some rows.',
      '| `order_items` | 30 seconds before it fails |',
      '| --- | --- |',
      '```',
      '<b>if</b>',
      '',
      '\tindented, if some rows fail, before 30 seconds',
    );
    assert(
      property(array(line, { maxLength: 14 }), integer({ min: 0, max: 99 }), (lines, n) => {
        const plan = lines.join('\n');
        const chosen = mutations(plan, seeded(n), 5);

        expect(undo(seed(plan, chosen))).toBe(plan);
        expect(code(seed(plan, chosen).text)).toEqual(code(plan));
      }),
      { numRuns: 200, seed: 5 },
    );
  });
});

/** A finding at a place, saying something. */
function sighting(id: string, lines: Span | null, body: string): Sighting {
  const anchor = { how: lines ? ('lines' as const) : ('none' as const), lines, quote: null, section: [] };
  return { id, title: '', body, recommendation: '', instance: '', anchor };
}

describe('a seeded defect', () => {
  const defect = { span: { start: 4, end: 6 }, cues: ['60', 'timeout'] };

  it.each<[string, Sighting, string | null]>([
    ['is found at its place, in its words', sighting('F1', { start: 6, end: 9 }, 'It says 60 here.'), 'F1'],
    ['is found by the beginning of a word', sighting('F1', { start: 4, end: 4 }, 'Two Timeouts.'), 'F1'],
    ['is not found elsewhere', sighting('F1', { start: 7, end: 9 }, 'It says 60 here.'), null],
    ['is not found in other words', sighting('F1', { start: 4, end: 6 }, 'It says 600 or 160.'), null],
    ['is not found without a place', sighting('F1', null, 'It says 60 here.'), null],
  ])('%s', (_, finding, found) => {
    expect(scored(defect, [finding])).toBe(found);
  });

  it('is not found by two findings of which each has one half', () => {
    const halves = [
      sighting('F1', { start: 4, end: 6 }, 'Odd.'),
      sighting('F2', { start: 9, end: 9 }, '60?'),
    ];

    expect(scored(defect, halves)).toBeNull();
  });

  it('is not found by a finding that found another one', () => {
    const finding = sighting('F1', { start: 4, end: 6 }, 'It says 60 here.');

    expect(score([defect, defect], [finding])).toEqual({ found: 1, seeded: 2 });
    expect(score([defect, defect], [finding, { ...finding, id: 'F2' }])).toEqual({ found: 2, seeded: 2 });
  });
});

describe('the recall of a reviewer', () => {
  it('has a middle 80 %', () => {
    const { mean, low, high } = recall({ found: 4, seeded: 6 });

    expect([mean, low, high].map((value) => value.toFixed(2))).toEqual(['0.63', '0.40', '0.83']);
  });

  it.each([0.3, 0.45, 0.7])('is recovered within it in three runs of four and more: %d', (p) => {
    const random = seeded(17);
    const copies = Array.from({ length: 10 }, (_, n) => seed(PLAN, mutations(PLAN, seeded(n), 7)));
    const runs = Array.from({ length: 500 }, (_, n) => {
      const { seeds } = copies[n % copies.length] ?? copies[0] ?? { seeds: [] };
      const { low, high } = recall(score(seeds, reviewOf(seeds, p, random)));
      return low <= p && p <= high;
    });

    expect(runs.filter(Boolean).length / 500).toBeGreaterThanOrEqual(0.75);
  });
});

/** A reviewer that sees each defect with probability p, and cries wolf: at the right place, or in the right words. */
function reviewOf(
  seeds: readonly Pick<Mutation, 'span' | 'cues'>[],
  p: number,
  random: () => number,
): Sighting[] {
  return seeds.flatMap(({ span, cues }, n) => {
    const found = random() < p ? [sighting(`F${n}`, span, `About ${cues[0]}.`)] : [];
    return [...found, sighting(`N${n}`, span, 'Hm?'), sighting(`M${n}`, { start: 1, end: 1 }, `${cues[0]}?`)];
  });
}
