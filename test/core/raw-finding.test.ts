import { anything, assert, property } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readFinding } from '../../src/core/raw-finding.ts';
import { FINDING } from './answers.ts';

const READ = {
  severity: 'high',
  title: 'The retry has no bound',
  body: 'When the server is gone, step 2 never ends.',
  file: 'docs/plans/foo.md',
  lines: { start: 6, end: 7 },
  quote: 'retry until it works',
  confidence: 0.8,
  recommendation: 'Bound it.',
  instance: '',
  heading: '',
  kind: 'other',
  materialization: 1,
  materialization_reason: '',
  cause: '',
  fix_kind: 'guard',
  coerced: [],
};

function without(key: keyof typeof FINDING): object {
  return Object.fromEntries(Object.entries(FINDING).filter(([name]) => name !== key));
}

describe('a finding', () => {
  it('is read as it stands', () => {
    expect(readFinding({ ...FINDING, instance: 'At 14:03 the server stops.' })).toEqual({
      ...READ,
      instance: 'At 14:03 the server stops.',
    });
  });

  it('needs no quote: reviewers without a schema have none', () => {
    expect(readFinding(without('quote'))).toEqual({ ...READ, quote: null });
  });

  it('has no quote when the quote is empty or null', () => {
    expect(readFinding({ ...FINDING, quote: ' \n' })).toEqual({ ...READ, quote: null });
    expect(readFinding({ ...FINDING, quote: null })).toEqual({ ...READ, quote: null });
  });
});

describe('the severity of a finding', () => {
  it.each(['critical', 'high', 'medium', 'low'])('is read: %s', (severity) => {
    expect(readFinding({ ...FINDING, severity })).toEqual({ ...READ, severity });
  });

  it('is read in capitals and with space around it', () => {
    expect(readFinding({ ...FINDING, severity: ' CRITICAL ' })).toEqual({ ...READ, severity: 'critical' });
  });

  it.each(['major', 'P0', 'blocker', '', 3, null, ['low'], undefined])(
    'is high when it is %j',
    (severity) => {
      expect(readFinding({ ...FINDING, severity })).toEqual({
        ...READ,
        severity: 'high',
        coerced: ['severity'],
      });
    },
  );
});

describe('the confidence of a finding', () => {
  it.each([0, 0.3, 1])('is read: %d', (confidence) => {
    expect(readFinding({ ...FINDING, confidence })).toEqual({ ...READ, confidence });
  });

  it.each([undefined, null, 'high', '0.2', 80, -0.1, 1.01, true, [0.1]])(
    'is 1 when it is %j',
    (confidence) => {
      expect(readFinding({ ...FINDING, confidence })).toEqual({
        ...READ,
        confidence: 1,
        coerced: ['confidence'],
      });
    },
  );
});

describe('the lines of a finding', () => {
  it('are one line where the last is not given', () => {
    expect(readFinding(without('line_end'))).toEqual({ ...READ, lines: { start: 6, end: 6 } });
    expect(readFinding({ ...FINDING, line_end: null })).toEqual({ ...READ, lines: { start: 6, end: 6 } });
  });

  it.each([0, null])('are none where the first is %j: that is how a reviewer says there is none', (line) => {
    expect(readFinding({ ...FINDING, line_start: line, line_end: line })).toEqual({ ...READ, lines: null });
  });

  it.each([undefined, '6', -1, 1.5, 1e300, [6], {}])('are none where the first is %j', (line) => {
    expect(readFinding({ ...FINDING, line_start: line })).toEqual({
      ...READ,
      lines: null,
      coerced: ['lines'],
    });
  });

  it.each(['7', -1, 0, 6.5])('are the first alone where the last is %j', (line) => {
    expect(readFinding({ ...FINDING, line_end: line })).toEqual({
      ...READ,
      lines: { start: 6, end: 6 },
      coerced: ['lines'],
    });
  });

  it('are turned round where the last stands before the first', () => {
    expect(readFinding({ ...FINDING, line_start: 7, line_end: 6 })).toEqual({ ...READ, coerced: ['lines'] });
  });
});

describe('the texts of a finding', () => {
  it.each(['file', 'recommendation'] as const)('are empty where %s is missing', (key) => {
    expect(readFinding(without(key))).toEqual({ ...READ, [key]: '', coerced: [key] });
  });

  it('are empty where they are something else', () => {
    expect(readFinding({ ...FINDING, recommendation: ['Bound it.'], quote: 7, instance: {} })).toEqual({
      ...READ,
      recommendation: '',
      quote: null,
      coerced: ['quote', 'recommendation', 'instance'],
    });
  });

  it('give the title from the first line of the body where there is none', () => {
    expect(readFinding({ ...without('title'), body: 'It never ends.\nReally.' })).toEqual({
      ...READ,
      title: 'It never ends.',
      body: 'It never ends.\nReally.',
      coerced: ['title'],
    });
  });
});

describe('a finding that is no object', () => {
  const NOTHING = {
    severity: 'high',
    file: '',
    lines: null,
    quote: null,
    confidence: 1,
    recommendation: '',
    instance: '',
    heading: '',
    kind: 'other',
    materialization: 1,
    materialization_reason: '',
    cause: '',
    fix_kind: 'guard',
    coerced: ['finding', 'severity', 'lines', 'confidence', 'file', 'recommendation'],
  };

  it.each([
    ['The retry has no bound.', 'The retry has no bound.'],
    [42, '42'],
    [null, 'null'],
    [['a', 'b'], '["a","b"]'],
  ])('is kept with what it says: %j', (value, said) => {
    const { coerced, ...read } = readFinding(value);

    expect({ ...read, coerced: coerced.toSorted() }).toEqual({
      ...NOTHING,
      title: said,
      body: said,
      coerced: NOTHING.coerced.toSorted(),
    });
  });

  it('is kept even where it is nested too deep to be told', () => {
    const deep: unknown = JSON.parse('['.repeat(100_000) + ']'.repeat(100_000));

    expect(readFinding(deep)).toMatchObject({ title: '', body: '', severity: 'high', confidence: 1 });
  });
});

describe('any value', () => {
  it('is read as a finding that may be acted on', () => {
    assert(
      property(anything(), (value) => {
        const { severity, confidence, lines } = readFinding(value);

        expect(['critical', 'high', 'medium', 'low']).toContain(severity);
        expect(confidence >= 0 && confidence <= 1).toBe(true);
        expect(lines === null || (lines.start >= 1 && lines.end >= lines.start)).toBe(true);
      }),
    );
  });
});
