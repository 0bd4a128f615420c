import { assert, property, string } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { scanProse } from '../../src/core/prose-scan.ts';

const PLAN = { paths: ['docs/plans/foo.md', 'foo.md', '/repo/docs/plans/foo.md'], lines: 100 };
const NOTHING = { problem: 'The answer is neither JSON nor a list of findings that cite the plan.' };

/** `high 6-6`, for each finding of a scan. */
function scanned(text: string): string[] {
  const reading = scanProse(text, PLAN);
  return 'problem' in reading
    ? []
    : reading.findings.map(({ severity, lines }) => `${severity} ${lines?.start}-${lines?.end}`);
}

describe('a line that begins with a severity and cites the plan', () => {
  it('is a finding at confidence 0.5, marked as degraded', () => {
    const line = '- **High:** the retry has no bound, see `docs/plans/foo.md:6-8`';

    expect(scanProse(`My review.\n\n${line}\n`, PLAN)).toEqual({
      rung: 'prose',
      verdict: 'needs-attention',
      summary: '',
      findings: [
        {
          severity: 'high',
          title: line,
          body: line,
          file: 'docs/plans/foo.md',
          lines: { start: 6, end: 8 },
          quote: null,
          confidence: 0.5,
          recommendation: line,
          instance: '',
          heading: '',
          kind: 'other',
          materialization: 1,
          materialization_reason: '',
          cause: '',
          fix_kind: 'guard',
          coerced: ['degraded'],
        },
      ],
      next_steps: [],
    });
  });

  it.each([
    ['high: it never ends, see `docs/plans/foo.md:6`', 'high 6-6'],
    ['CRITICAL `/repo/docs/plans/foo.md:100` loses data', 'critical 100-100'],
    ['1. [medium] not idempotent: `foo.md:4`', 'medium 4-4'],
    ['2) (low) `foo.md:1` is short', 'low 1-1'],
    ['  * _low_ the title is short `foo.md:1`', 'low 1-1'],
    ['### Medium: nobody reads the file, `foo.md:9`', 'medium 9-9'],
    ['High-severity: `foo.md:9` never ends', 'high 9-9'],
    ['High: `foo.md:90-200` is the wrong way round', 'high 90-100'],
    ['High: `other.ts:3` and `foo.md:7` disagree', 'high 7-7'],
  ])('is read: %s', (line, expected) => {
    expect(scanned(line)).toEqual([expected]);
  });

  it.each([
    'High: no retry bound at `foo.md:6`',
    'High: no `retry` bound in `foo.md:6`',
    'High: not idempotent, `foo.md:6`',
    'High: nothing in `foo.md:6` bounds the retry',
    'High: never ends, `foo.md:6`',
    'High: without a lock both write `foo.md:6`',
    'High: 0 retries are left in `foo.md:6`',
    'High: zero-downtime is claimed in `foo.md:6`',
    'High: fixed sleeps instead of a wait, `foo.md:6`',
    'High: `foo.md:6` does not issue a token',
    'High: the id is not found in the index that `foo.md:6` builds',
  ])('is a finding even where it says that something is missing: %s', (line) => {
    expect(scanned(line)).toEqual(['high 6-6']);
  });

  it.each([
    'High: none.',
    'High: none (`foo.md:6`)',
    'High: no issues at `foo.md:6`',
    'High: no further high-severity findings, see `foo.md:6`',
    'High severity issues: none, see `foo.md:6`',
    'High: not a problem at `foo.md:6`',
    'High: not a real issue `foo.md:6`',
    'High: I found no defects in `foo.md:6`',
    'High: nothing to report at `foo.md:6`',
    'High: 0 findings in `foo.md:6`',
    'High: n/a (`foo.md:6`)',
    'High: nothing.',
    'High: not applicable: `foo.md:6`',
    '- **High** resolved in `foo.md:6`',
  ])('is no finding where it negates: %s', (line) => {
    expect(scanned(line)).toEqual([]);
  });
});

describe('a line that is no finding', () => {
  it.each([
    ['without a citation', 'High: the retry never ends.'],
    ['with a citation outside of a code span', 'High: the retry never ends, foo.md:6'],
    ['with a citation of another file', 'High: the retry never ends, `bar.md:6`'],
    ['with a citation beyond the end', 'High: the retry never ends, `foo.md:101`'],
    ['with a citation of line 0', 'High: the retry never ends, `foo.md:0`'],
    ['with a citation without a line', 'High: the retry never ends, `foo.md`'],
    ['with the severity later', 'The retry never ends (high), `foo.md:6`'],
    ['with another word that begins so', 'Highly recommended: `foo.md:6`'],
    ['with a compound that begins so', 'High-level steps stand in `foo.md:6`'],
    ['with another severity', 'Major: the retry never ends, `foo.md:6`'],
    ['as a row of a table', '| high | `foo.md:6` | never ends |'],
  ])('is passed over: %s', (_, line) => {
    expect(scanProse(line, PLAN)).toEqual(NOTHING);
  });
});

describe('a prose review', () => {
  it('gives every finding it has', () => {
    const text = [
      'I read `foo.md:1`.',
      '',
      '- Critical: `foo.md:3` loses data',
      '- High: none',
      '- Low: `foo.md:5` is short',
      '',
      'VERDICT: no',
    ];

    expect(scanned(text.join('\r\n'))).toEqual(['critical 3-3', 'low 5-5']);
  });

  it('never means that there is nothing', () => {
    assert(
      property(string({ unit: 'binary' }), (text) => {
        const reading = scanProse(text, PLAN);

        expect('problem' in reading || reading.findings.length > 0).toBe(true);
      }),
    );
  });
});
