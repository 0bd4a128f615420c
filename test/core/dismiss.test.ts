import { describe, expect, it } from 'vitest';
import { dismissalOf, Dismissal } from '../../src/core/dismissal.ts';
import { withDismissal } from '../../src/core/dismiss.ts';
import type { Finding } from '../../src/core/finding.ts';
import { finding } from './facts.ts';
import { begin, place } from './histories.ts';

const PLAN = '# Import\n\n1. Read the customers file.\n2. Insert each customer; retry until it works.\n';

const [FINDING = finding('F1')] = place(begin(PLAN), {
  title: 'The retry has no bound',
  body: 'When the database is down, the import never ends.',
  quote: 'Insert each customer; retry until it works.',
  kind: 'missing-case',
  severity: 'medium',
  instance: 'The database is down over night.',
});

/** A dismissal of the finding, or of one that has nothing in common with it. */
function dismissed(run: string, id: string, words: Partial<Finding> = {}): Dismissal {
  return dismissalOf(
    { ...FINDING, ...words, id },
    { because: `${run} ${id}`, at: '2026-01-01T00:00:00.000Z', run },
  );
}

const OTHER = {
  title: 'Customers are inserted twice',
  body: 'A crash between two lines repeats one.',
  instance: '',
};

describe('a finding that is dismissed', () => {
  it('is kept with its words and its place, why, when, and where it comes from', () => {
    expect(
      dismissalOf(FINDING, { because: 'It is ended.', at: '2026-01-01T00:00:00.000Z', run: 'foo-1' }),
    ).toEqual({
      title: 'The retry has no bound',
      body: 'When the database is down, the import never ends.',
      quote: 'Insert each customer; retry until it works.',
      section: ['Import'],
      kind: 'missing-case',
      severity: 'medium',
      instance: 'The database is down over night.',
      because: 'It is ended.',
      at: '2026-01-01T00:00:00.000Z',
      from: { run: 'foo-1', finding: 'F1' },
    });
  });

  it('is read back as it was written', () => {
    const written = dismissed('foo-1', 'F1');

    expect(Dismissal.parse(JSON.parse(JSON.stringify(written)))).toEqual(written);
  });
});

describe('the dismissals of a plan with one more', () => {
  const [one, other] = [dismissed('foo-1', 'F2', OTHER), dismissed('foo-2', 'F1', OTHER)];

  function having(before: readonly Dismissal[], next: Dismissal): readonly Dismissal[] {
    return withDismissal(before, next, { finding: FINDING, plan: PLAN });
  }

  it('end with it where it was not dismissed before, whichever run or id it shares with another', () => {
    const next = dismissed('foo-1', 'F1');

    expect(having([], next)).toEqual([next]);
    expect(having([one, other], next)).toEqual([one, other, next]);
  });

  it('have it in the place of what was said of it before in the same run, even in other words', () => {
    const [before, next] = [dismissed('foo-1', 'F1', OTHER), dismissed('foo-1', 'F1')];

    expect(having([one, before, other], next)).toEqual([one, next, other]);
  });

  it('have it in the place of what was said of it in another run', () => {
    const [before, next] = [dismissed('foo-0', 'F7'), dismissed('foo-1', 'F1')];

    expect(having([one, before, other], next)).toEqual([one, next, other]);
  });

  it('have it in the place of its own where another is like it too', () => {
    const [like, own] = [dismissed('foo-0', 'F7'), dismissed('foo-1', 'F1')];
    const next = { ...own, because: 'The scheduler ends it.' };

    expect(having([like, own], next)).toEqual([like, next]);
  });
});
