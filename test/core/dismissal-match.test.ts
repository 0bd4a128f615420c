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
