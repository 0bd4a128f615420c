import { describe, expect, it } from 'vitest';
import { quotedIn } from '../../src/core/ledger/quotes.ts';

const PLAN =
  '# Import\n\n1. Read the file, line\n   by line.\n2. The “server” isn’t asked — ever, nor is the *mail* job.\n';

/** What a quote was found to be, for each place. */
function found(how: 'exact' | 'folded' | 'fuzzy', quote: string, plan = PLAN): string[] {
  const quoted = quotedIn(plan);
  return quoted[how](quote).map(({ start, end }) => plan.slice(start, end));
}

describe('a quote with white space folded', () => {
  it.each([
    ['wrapped otherwise', 'Read the\nfile, line by   line.', 'Read the file, line\n   by line.'],
    [
      'with the line numbers of the prompt',
      '   3 | Read the file, line\n12|by line.',
      'Read the file, line\n   by line.',
    ],
    ['of one digit alone', ' 2 ', '2'],
  ])('is found %s', (_, quote, text) => {
    expect(found('folded', quote)).toEqual([text]);
  });

  it.each(['', ' \n ', '. —', '12 | '])('is nowhere where it says nothing: %j', (quote) => {
    expect(found('folded', quote)).toEqual([]);
  });

  it('is found wherever it stands, and a number before a bar in a line is part of it', () => {
    expect(found('folded', 'a b', 'a b, a\nb')).toEqual(['a b', 'a\nb']);
    expect(found('folded', 'a 2 | b', 'a b and a  2 | b')).toEqual(['a  2 | b']);
  });
});

describe('a quote that is nearly right', () => {
  it('is found without the marks and quotation marks that models put in other ones for', () => {
    expect(found('fuzzy', `\`The "server" isn't asked - ever, nor\nis the mail job.`)).toEqual([
      'The “server” isn’t asked — ever, nor is the *mail* job.',
    ]);
  });

  it('is found with a letter in five wrong, and no more', () => {
    expect(found('fuzzy', 'abcdefghijklmnopqrstXXXXX', 'abcdefghijklmnopqrstuvwxy')).toHaveLength(1);
    expect(found('fuzzy', 'abcdefghijklmnopqrsXXXXXX', 'abcdefghijklmnopqrstuvwxy')).toEqual([]);
  });

  it('is nowhere where it is short, or hardly words', () => {
    expect(found('fuzzy', 'The server isn’t asked')).toEqual([]);
    expect(
      found('fuzzy', '— ——— —— ———— ab ——— ———— ———— —', 'x — ——— —— ———— ab ——— ———— ———— — x'),
    ).toEqual([]);
  });

  it('is nowhere where another place is about as like it', () => {
    const step = 'Read the customers of table 7 again.';
    const near = 'Read the customers of table 8 again.';
    const far = 'Write the invoices of table 8 again.';

    expect(found('fuzzy', step.replace('again', 'agaim'), `${step}\n${near}\n`)).toEqual([]);
    expect(found('fuzzy', step.replace('again', 'agaim'), `${step}\n${far}\n`)).toEqual([step]);
  });
});
