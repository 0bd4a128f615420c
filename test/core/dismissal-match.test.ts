import { describe, expect, it } from 'vitest';
import type { Dismissal } from '../../src/core/dismissal.ts';
import { dismissalFor, type Raised } from '../../src/core/dismissal-match.ts';
import { locate } from '../../src/core/ledger/locate.ts';

const QUOTE = 'Insert each customer; retry until it works.';
const PLAN = `# Import

## Steps

1. Read the file line by line.
2. ${QUOTE}
3. Send a mail to each customer.

## Afterwards

Tell the team.
`;

const DISMISSED = {
  title: 'The retry has no bound',
  body: 'When the database is down, the import never ends and nobody is told.',
  quote: QUOTE,
  section: ['Import', 'Steps'],
  kind: 'missing-case' as const,
  severity: 'medium' as const,
  instance: 'The database is down over night, and the import still runs in the morning.',
  because: 'The scheduler ends it after an hour.',
  at: '2026-01-01T00:00:00.000Z',
  from: { run: 'import-20260101T000000Z', finding: 'F1' },
} satisfies Dismissal;

const REWORDED = {
  title: 'Retry without a bound',
  body: 'The import never ends while the database is down.',
};
const ELSEWHERE = 'Read the file line by line.';
const OTHERWISE = { title: 'Customers are inserted twice', body: 'A crash between two lines repeats one.' };

/** A finding of the plan, as far as it is not the dismissed one. */
function raised({ quote, ...rest }: Partial<Raised> & { quote?: string | null }, plan = PLAN): Raised {
  const { title, body, kind, severity, instance } = DISMISSED;
  const cited = quote === undefined ? DISMISSED.quote : quote;
  return {
    title,
    body,
    kind,
    severity,
    instance,
    anchor: locate({ quote: cited, lines: null }, plan),
    ...rest,
  };
}

function isDismissed(finding: Raised, plan = PLAN, dismissed: Partial<Dismissal> = {}): boolean {
  return dismissalFor(finding, [{ ...DISMISSED, ...dismissed }], plan) !== undefined;
}

describe('a finding is settled by a dismissal', () => {
  it.each([
    ['that has its very words', {}],
    ['in other words about the same text', REWORDED],
    ['of another kind, in words much alike', { ...REWORDED, kind: 'ambiguity' }],
    [
      'quoting a part of it wrapped anew',
      { ...REWORDED, quote: '2. Insert each customer;\n   retry until it works.' },
    ],
    ['without a quote, in the very same words', { quote: null }],
    [
      'without a quote, and but for a word in the very same words',
      { quote: null, body: `${DISMISSED.body} Ever.` },
    ],
    ['graver, in the very same run of events', { ...REWORDED, severity: 'critical' }],
    ['graver, where it names no run of events', { ...REWORDED, severity: 'critical', instance: '' }],
    ['no graver, and another run of events', { ...REWORDED, instance: 'Two files are imported at once.' }],
  ] as const)('%s', (_, change) => {
    expect(isDismissed(raised(change))).toBe(true);
  });

  it('wherever the text has moved to', () => {
    const plan = PLAN.replace(`2. ${QUOTE}\n`, '').concat(`\n${QUOTE}\n`);

    expect(isDismissed(raised(REWORDED, plan), plan)).toBe(true);
  });

  it('and gets the one that settles it, of several', () => {
    const other = { ...DISMISSED, ...OTHERWISE, because: 'Inserts are idempotent.' };

    expect(dismissalFor(raised({ ...OTHERWISE, instance: '' }), [DISMISSED, other], PLAN)).toBe(other);
  });
});

describe('a finding is not settled by a dismissal', () => {
  it.each([
    ['about the same text, and something else', { ...OTHERWISE, instance: '' }],
    ['alike in words, and about another text', { ...REWORDED, quote: 'Send a mail to each customer.' }],
    [
      'word for word, and about another text while the old one stands',
      { quote: 'Read the file line by line.' },
    ],
    ['alike in words alone', { ...REWORDED, quote: null }],
    [
      'graver, and another run of events',
      { severity: 'high', instance: 'Two imports wait for one another.' },
    ],
  ] as const)('%s', (_, change) => {
    expect(isDismissed(raised(change))).toBe(false);
  });

  it('of a kind that nobody named, unless its words are much alike', () => {
    const kind = 'other' as const;
    const half = { title: 'Customers may arrive twice', body: 'The import never ends well: rows repeat.' };

    expect(isDismissed(raised({ ...half, kind, instance: '' }), PLAN, { kind })).toBe(false);
  });

  it.each([
    ['wrapped anew', QUOTE.replace('; ', ';\n   ')],
    ['with a few letters changed', QUOTE.replace('each', 'every')],
  ])('word for word, and about another text while the old one stands %s', (_, quote) => {
    expect(isDismissed(raised({ quote: ELSEWHERE }), PLAN, { quote })).toBe(false);
  });

  it('with a title of few words alone', () => {
    const dismissed = { title: 'Unclear', body: '', quote: null };

    expect(
      isDismissed(raised({ title: 'Unclear', body: '', instance: '', quote: null }), PLAN, dismissed),
    ).toBe(false);
  });

  it('with a short quote at the same place, and other words', () => {
    const quote = '3. Send';

    expect(isDismissed(raised({ ...OTHERWISE, instance: '', quote }), PLAN, { quote })).toBe(false);
  });

  it('where there is none', () => {
    expect(dismissalFor(raised({}), [], PLAN)).toBeUndefined();
  });
});

describe('a finding about the same text', () => {
  const SHORT = { title: 'Retry has no bound', body: '', instance: '' };

  it.each([
    [
      'of the same kind, with 35 % of the words, is settled',
      'missing-case',
      'No importers retry customers',
      true,
    ],
    ['of the same kind, with fewer, is not', 'missing-case', 'No importers retry customers ever', false],
    ['of another kind, with 50 % of the words, is settled', 'ambiguity', 'No retry import', true],
    ['of another kind, with fewer, is not', 'ambiguity', 'No retry imports', false],
  ] as const)('%s', (_, kind, title, isSettled) => {
    expect(isDismissed(raised({ ...SHORT, kind, title }), PLAN, SHORT)).toBe(isSettled);
  });
});

describe('a quote that stands at several places', () => {
  const plan = (quote: string): string =>
    ['Import', 'Export'].map((name) => `# ${name}\n\n## Steps\n\n1. ${quote}\n\n`).join('');

  /** Is a finding settled that cites the quote under this heading, by a dismissal of what stands under that one? */
  function isDismissedAt(
    quote: string,
    [heading, section]: readonly [string, readonly string[]],
    change: Partial<Raised> = REWORDED,
    text = plan(quote),
  ): boolean {
    const anchor = locate({ quote, lines: null, heading }, text);
    return isDismissed(raised({ anchor, ...change }), text, { quote, section: [...section] });
  }

  it('is a place of its own under each heading where it is short', () => {
    const text = '# Import\n\nRetry twice.\n\n# Export\n\nRetry twice.\n';

    expect(isDismissedAt('Retry twice.', ['Export', ['Export']], REWORDED, text)).toBe(true);
    expect(isDismissedAt('Retry twice.', ['Import', ['Export']], REWORDED, text)).toBe(false);
  });

  it('is so where the headings differ in what is above them alone', () => {
    expect(isDismissedAt('Retry twice.', ['Export > Steps', ['Export', 'Steps']])).toBe(true);
    expect(isDismissedAt('Retry twice.', ['Import > Steps', ['Export', 'Steps']])).toBe(false);
  });

  it('is known by its own heading where those above it were renamed', () => {
    const text = '# Import\n\nRetry twice.\n\n# Export\n\n## Writing\n\nRetry twice.\n';

    expect(isDismissedAt('Retry twice.', ['Writing', ['Job', 'Output', 'Writing']], REWORDED, text)).toBe(
      true,
    );
    expect(isDismissedAt('Retry twice.', ['Import', ['Job', 'Output', 'Writing']], REWORDED, text)).toBe(
      false,
    );
  });

  it.each([
    ['settles a finding at any of them where it has 24 letters', 'Retry until they succeed.', true],
    ['does not where it has 23', 'Retry until it succeeds.', false],
  ])('%s', (_, quote, isSettled) => {
    expect(isDismissedAt(quote, ['Import > Steps', ['Export', 'Steps']])).toBe(isSettled);
  });

  it('settles the very same words at any of them', () => {
    expect(isDismissedAt('Retry twice.', ['Import > Steps', ['Export', 'Steps']], {})).toBe(true);
  });
});

describe('the very same words settle a finding', () => {
  const GONE = PLAN.replace(`2. ${QUOTE}\n`, '');

  /** Is a finding with these words settled by a dismissal with those, whose text the plan no longer has? */
  function isRepeated(words: Partial<Raised>, dismissed: Partial<Dismissal> = {}): boolean {
    return isDismissed(raised({ quote: ELSEWHERE, instance: '', ...words }, GONE), GONE, dismissed);
  }

  it('about any text once the dismissed one is gone, however they are set', () => {
    expect(isRepeated({})).toBe(true);
    expect(isRepeated({ title: '**The retry** has NO bound!' })).toBe(true);
    expect(isRepeated({ title: 'The retry has no bounds' })).toBe(false);
  });

  it.each([
    ['with a title alone, of five words', 'Nobody owns the import job', true],
    ['and do not with one of four', 'Nobody owns the import', false],
  ])('%s', (_, title, isSettled) => {
    expect(isRepeated({ title, body: '' }, { title, body: '' })).toBe(isSettled);
  });

  it.each([
    ['Users re sign the mail twice', 'Users resign the mail twice'],
    ['Die Maße der Kiste fehlen', 'Die Masse der Kiste fehlen'],
    ['The import calls the export', 'The export calls the import'],
  ])('and %j are not those of %j', (title, known) => {
    expect(isRepeated({ title, body: '' }, { title: known, body: '' })).toBe(false);
  });

  it('at whatever lines a finding without a quote gives, while the dismissed text stands', () => {
    const words = { title: 'Nobody owns the import job', body: '', instance: '' };
    const anchor = locate({ quote: null, lines: { start: 5, end: 5 } }, PLAN);

    expect(isDismissed(raised({ ...words, anchor }), PLAN, words)).toBe(true);
  });
});
