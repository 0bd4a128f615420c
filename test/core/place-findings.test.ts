import { array, assert, constantFrom, integer, property, subarray } from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Dismissal } from '../../src/core/dismissal.ts';
import { placeFindings } from '../../src/core/place-findings.ts';
import type { RawFinding } from '../../src/core/raw-finding.ts';
import { begin, edit, place, raise, raw } from './histories.ts';

const PLAN =
  '# Import\n\n1. Read the customers file.\n2. Insert each customer at once.\n\n# Export\n\nAll of it.\n';
const DEFECT = { title: 'No retry', body: 'One failure ends it.', quote: 'Insert each customer at once.' };

describe('a finding', () => {
  it.each([
    ['actionable', {}],
    ['filtered', { confidence: 0.2 }],
    ['filtered', { confidence: 0.2, quote: 'nowhere in this plan' }],
    ['void', { quote: 'nowhere in this plan' }],
    ['void', { quote: 'nowhere in this plan', heading: 'Export' }],
    ['actionable', { quote: null }],
    ['actionable', { confidence: 0.3 }],
    ['unlikely', { materialization: 0.29 }],
    ['actionable', { materialization: 0.3 }],
    ['actionable', { materialization: 0.29, kind: 'contradiction' }],
  ] as const)('is %s with %j', (gate, given) => {
    expect(place(begin(PLAN), { ...DEFECT, ...given })[0]?.gate).toBe(gate);
  });

  it('has the section of its place', () => {
    expect(place(begin(PLAN), DEFECT)[0]?.anchor).toEqual({
      how: 'exact',
      lines: { start: 4, end: 4 },
      quote: DEFECT.quote,
      section: ['Import'],
    });
  });

  it('is what was read of it, with an id, a place and a gate', () => {
    const { lines: _, quote: __, heading: ___, ...read } = raw({ ...DEFECT, coerced: ['severity', 'lines'] });

    expect(place(begin(PLAN), read, { ...read, ...DEFECT })[1]).toEqual({
      ...read,
      id: 'F2',
      anchor: { how: 'exact', lines: { start: 4, end: 4 }, quote: DEFECT.quote, section: ['Import'] },
      gate: 'actionable',
      generation: 0,
      parent: null,
    });
  });

  it('that is new has the next id, in the order of the review', () => {
    const known = raise(begin(PLAN), 'addressed', DEFECT);
    const found = [{ title: 'Which file?', quote: 'customers file' }, DEFECT, { title: 'All of what?' }];

    expect(place(known, ...found).map(({ id }) => id)).toEqual(['F2', 'F1', 'F3']);
  });

  it('is settled when it repeats what was settled, and has its id', () => {
    expect(place(raise(begin(PLAN), 'handed-over', DEFECT), DEFECT)[0]).toMatchObject({
      id: 'F1',
      gate: 'settled',
    });
  });

  it('is to be fixed again, under its id, when it was fixed or only looks settled', () => {
    const likely = { title: 'There is no way to retry', body: '', quote: null, lines: { start: 4, end: 4 } };

    expect(place(raise(begin(PLAN), 'addressed', DEFECT), DEFECT)[0]).toMatchObject({
      id: 'F1',
      gate: 'actionable',
    });
    expect(place(raise(begin(PLAN), 'handed-over', DEFECT), likely)[0]).toMatchObject({
      id: 'F1',
      gate: 'actionable',
    });
  });
});

describe('what the user dismissed', () => {
  const dismissal: Dismissal = {
    ...DEFECT,
    section: ['Import'],
    kind: 'other',
    because: 'The job is started again every hour.',
    at: '2026-01-01T00:00:00Z',
    from: { run: 'foo-20260101T000000Z', finding: 'F3' },
  };

  function gate(found: Partial<RawFinding>, plan = PLAN): string | undefined {
    return placeFindings([raw(found)], { ...begin(plan), floor: 0.3, dismissed: [dismissal] })[0]?.gate;
  }

  it('is dismissed when it is raised again, in another run and at another line', () => {
    expect(gate(DEFECT)).toBe('dismissed');
    expect(gate({ ...DEFECT, body: 'A failure ends the import.' })).toBe('dismissed');
    expect(gate(DEFECT, `# New\n\nText.\n\n${PLAN}`)).toBe('dismissed');
  });

  it('is not whatever else is said of the same text', () => {
    expect(gate({ ...DEFECT, title: 'Customers are inserted twice', body: 'Two rows for each.' })).toBe(
      'actionable',
    );
    expect(gate({ ...DEFECT, title: 'Export lacks retries', quote: 'All of it.' })).toBe('actionable');
  });

  it.each([
    ['is dismissed where the run knows it as dismissed', 'dismissed', 'dismissed'],
    ['is settled where the run handed it over', 'handed-over', 'settled'],
    ['is to be fixed again where the run fixed it: it came back', 'addressed', 'actionable'],
  ] as const)('%s', (_, status, expected) => {
    const known = raise(begin(PLAN), status, DEFECT);

    expect(
      placeFindings([raw(DEFECT)], { ...known, floor: 0.3, dismissed: [dismissal] }).map((found) => [
        found.id,
        found.gate,
      ]),
    ).toEqual([['F1', expected]]);
  });
});

describe('a finding about what a fix wrote', () => {
  it('keeps its generation and its parent when it is raised again, whoever wrote its text since', () => {
    const [second, third] = [
      { title: 'Never ends', quote: 'retry for ever' },
      { title: 'Ten is too few', quote: 'ten times at most' },
    ];
    const first = raise(begin(PLAN), 'addressed', DEFECT);
    const fixed = edit(first, PLAN.replace('at once', 'and retry for ever'), ['F1']);
    const raised = raise(fixed, 'addressed', second);
    const again = edit(raised, PLAN.replace('at once', 'and retry ten times at most'), ['F2']);
    const last = raise(again, 'addressed', third);
    const byHand = edit(last, PLAN.replace('at once', 'at night, ten times at most'));

    expect(place(byHand, third)[0]).toMatchObject({ id: 'F3', generation: 2, parent: 'F2' });
  });

  it('descends from it where half of the lines are its own, blank ones not counted', () => {
    const first = raise(begin('Begin.\n\n\nTell the team.\n'), 'addressed', {
      title: 'No retry',
      quote: 'Begin.',
    });
    const fixed = edit(first, 'Retry for ever.\n\n\nTell the team.\n', ['F1']);

    expect(
      place(fixed, { title: 'It never ends', quote: 'Retry for ever.\n\n\nTell the team.' })[0],
    ).toMatchObject({ id: 'F2', generation: 1, parent: 'F1' });
  });
});

describe('ids', () => {
  const blocks = [
    'The importer reads the whole of the customers file.\n',
    '- each customer is inserted in one transaction\n- a failure is written to the log\n',
    '| step | owner |\n| - | - |\n| import | the billing team |\n',
    '```sh\nimport --from customers.csv --retry 3\n```\n',
  ];
  const quotes = [
    'reads the whole of the customers file',
    'a failure is written to the log',
    '| import | the billing team |',
    'import --from customers.csv --retry 3',
  ];
  const findings = quotes.map((quote, at) => ({ title: `Defect ${at}`, quote }));
  const reworded = quotes.map((quote, at) => ({
    title: `Said otherwise, ${at}`,
    body: 'Quite other words.',
    quote,
  }));
  const plan = blocks.map((block, at) => `## Part ${at}\n\n${block}`).join('\n');
  const before = raise(begin(plan), 'addressed', ...findings);
  const other = constantFrom('Some text.\n', '- an item\n', '\n', '> quoted\n', '### Notes\n\nMore.\n');

  it('last while unrelated text comes and goes, whatever is said of the same quotes', () => {
    assert(
      property(array(array(other, { maxLength: 3 }), { minLength: 4, maxLength: 4 }), (between) => {
        const after = edit(
          before,
          blocks.map((block, at) => `## Part ${at}\n\n${between[at]?.join('') ?? ''}\n${block}`).join('\n'),
        );

        expect(place(after, ...reworded).map(({ id }) => id)).toEqual(['F1', 'F2', 'F3', 'F4']);
        expect(place(edit(after, plan), ...reworded).map(({ id }) => id)).toEqual(['F1', 'F2', 'F3', 'F4']);
      }),
      { numRuns: 100, seed: 1 },
    );
  });

  it('last when blocks change places', () => {
    assert(
      property(subarray([0, 1, 2, 3], { minLength: 4 }), integer({ min: 0, max: 3 }), (order, turn) => {
        const turned = [...order.slice(turn), ...order.slice(0, turn)];
        const after = edit(before, turned.map((at) => `## Part ${at}\n\n${blocks[at]}`).join('\n'));

        expect(place(after, ...findings).map(({ id }) => id)).toEqual(['F1', 'F2', 'F3', 'F4']);
      }),
      { numRuns: 50, seed: 2 },
    );
  });

  it('last when a paragraph is wrapped anew, and a list is set otherwise', () => {
    const text = 'The importer reads the whole of the customers file and then inserts each of them at night.';
    const first = raise(begin(`# A\n\n${text}\n\n- read the file\n- insert each of them\n`), 'open', {
      title: 'At night?',
      quote: 'customers file and then inserts each',
    });
    const both = raise(first, 'open', { title: 'Which file?', quote: '- read the file' });

    for (const width of [8, 20, 33, 60]) {
      const wrapped = text.replace(new RegExp(`(.{${width}}\\S*) `, 'g'), '$1\n');
      const after = edit(both, `# A\n\n${wrapped}\n\n1. read the file\n2. insert each of them\n`);
      const ids = place(
        after,
        { title: 'No time is given', quote: 'customers file and then inserts each' },
        { title: 'No name is given', quote: '1. read the file' },
      ).map(({ id }) => id);

      expect(ids).toEqual(['F1', 'F2']);
    }
  });
});
