import { describe, expect, it } from 'vitest';
import type { Fact, FactOf } from '../../src/core/fact.ts';
import type { Finding } from '../../src/core/finding.ts';
import { subjectOf } from '../../src/core/replay/subject.ts';
import {
  accepted,
  called,
  callStarted,
  editsRead,
  failedCall,
  finding,
  opened,
  parsed,
  reviewed,
  runOf,
  started,
} from './facts.ts';
import { arbitrationRead, closed, decided, planChanged, resolved, sent, verificationRead } from './rounds.ts';

type Facts = readonly (Fact | readonly Fact[])[];

/** What a call is about after these facts. */
function about(call: Parameters<typeof callStarted>[1], facts: Facts, seat = 0): string {
  return subjectOf(runOf([started(), ...facts.flat()]), callStarted(1, call, seat));
}

const REWORDED: [why: string, other: Partial<Finding>][] = [
  ['title', { title: 'another title' }],
  ['body', { body: 'another body' }],
];

describe('an answer to a cold look', () => {
  const first = about('review-1', [opened(1)]);

  it('is one to any other cold look at the same bytes', () => {
    const audit = [opened(1), closed(1, 'reviewed'), opened(2, 'plan-0', 'audit')];

    expect(about('second-look-1', reviewed(1, []))).toBe(first);
    expect(about('audit-1', audit)).toBe(first);
  });

  it.each([
    ['other bytes', about('review-1', [opened(1, 'theirs')])],
    ['another seat', about('review-1', [opened(1)], 1)],
    ['a hunt', about('hunt-1', [opened(1)])],
    ['a calibration', about('calibrate-1', [opened(1)])],
  ])('is none to %s', (_, other) => {
    expect(other).not.toBe(first);
  });
});

describe('an answer of the arbiter', () => {
  function judged(round: number, ...findings: readonly Finding[]): readonly Fact[] {
    return reviewed(round, findings).with(0, opened(round, 'plan-0'));
  }

  function refutedIn(round: number): Facts {
    const read = arbitrationRead(round, [], { result: 'refutes-all' });
    return [judged(round, finding('F1')), called(round, 'arbitrate-1'), read];
  }

  const EMPTY = [judged(1), closed(1, 'reviewed')];
  const first = about('arbitrate-1', [judged(1, finding('F1'))]);

  it('is one about the same findings, in whatever round and order they were raised', () => {
    const both = [finding('F1'), finding('F2')];

    expect(about('arbitrate-1', [...EMPTY, judged(2, finding('F1'))])).toBe(first);
    expect(about('arbitrate-1', [judged(1, ...both)])).toBe(
      about('arbitrate-1', [judged(1, ...both.toReversed())]),
    );
  });

  it.each(REWORDED)('is none about a finding with another %s', (_, other) => {
    expect(about('arbitrate-1', [judged(1, finding('F1', other))])).not.toBe(first);
  });

  it('is none about more findings', () => {
    expect(about('arbitrate-1', [judged(1, finding('F1'), finding('F2'))])).not.toBe(first);
  });

  it('is the same after one that could not be read', () => {
    const read = arbitrationRead(1, [], { result: 'unreadable' });

    expect(about('arbitrate-2', [judged(1, finding('F1')), called(1, 'arbitrate-1'), read])).toBe(first);
  });

  it('is another where it was asked again, in the order of that round', () => {
    const again = about('arbitrate-2', refutedIn(1));

    expect(again).not.toBe(first);
    expect(about('arbitrate-2', [...EMPTY, ...refutedIn(2)])).not.toBe(again);
  });

  it('is about what the audit raised, whatever a verifier left open before it', () => {
    const afterVerdict = (isClosed: boolean): Facts => {
      const verdict = isClosed ? 'fixed' : 'not_fixed';
      return [
        resolved(1),
        opened(2, 'plan-1', 'verify'),
        called(2, 'verify-1'),
        verificationRead(2, [{ id: 'F1', closed: isClosed, verdict, changed: true, why: '' }]),
        closed(2, 'reviewed'),
        opened(3, 'plan-1', 'audit'),
        called(3, 'audit-1'),
        parsed(3, [finding('F2')], { call: 'audit-1' }),
      ];
    };

    expect(about('arbitrate-1', afterVerdict(false))).toBe(about('arbitrate-1', afterVerdict(true)));
  });
});

describe('an answer of the implementer', () => {
  const IDS = ['F1', 'F2'];
  const first = about('fix-1', sent(1, IDS));

  function sentWith(rest: Partial<FactOf<'findings.accepted'>>): string {
    return about('fix-1', sent(1, IDS, rest));
  }

  function noted(...notes: readonly (readonly [id: string, note: string])[]): string {
    const told = notes.map(([id, note]) => ({ id, note }));
    const confirmed: Fact = { type: 'findings.confirmed', round: 1, by: 'user', dropped: [], notes: told };
    return about('fix-1', [reviewed(1, [finding('F1'), finding('F2')]), confirmed, accepted(1, IDS)]);
  }

  it('is one to the same findings, in whatever order they are sent', () => {
    expect(about('fix-1', sent(1, IDS.toReversed()))).toBe(first);
    expect(sentWith({ design: ['F2', 'F1'] })).toBe(sentWith({ design: ['F1', 'F2'] }));
  });

  it.each(REWORDED)('is none to a finding with another %s', (_, other) => {
    const reworded = [reviewed(1, [finding('F1', other), finding('F2')]), accepted(1, IDS)];

    expect(about('fix-1', reworded)).not.toBe(first);
  });

  it('is none to other leave', () => {
    const asked = [
      first,
      about('fix-1', sent(1, ['F1'])),
      sentWith({ expanded: ['F1'] }),
      sentWith({ design: ['F1'] }),
      sentWith({ design: ['F2'] }),
      sentWith({ guard: ['F1'] }),
      sentWith({ reverts: [{ finding: 'F1', because: [] }] }),
      sentWith({ reverts: [{ finding: 'F2', because: [] }] }),
    ];

    expect(new Set(asked).size).toBe(asked.length);
  });

  it('is the same after a call that failed', () => {
    expect(about('fix-2', [sent(1, IDS), failedCall(1, 'fix-1', 'timeout')])).toBe(first);
  });

  it('is none where an answer was sent back, or was for another cause', () => {
    const back = (result: 'noop' | 'unfit'): Facts => [
      sent(1, IDS),
      called(1, 'fix-1'),
      editsRead(1, result),
    ];
    const noop = about('fix-2', back('noop'));

    expect(noop).not.toBe(first);
    expect(about('fix-2', back('unfit'))).not.toBe(noop);
    expect(about('fix-3', [...back('noop'), failedCall(1, 'fix-2', 'timeout')])).toBe(noop);
    expect(about('fix-3', [...back('noop'), called(1, 'fix-2'), editsRead(1, 'unfit')])).not.toBe(
      about('fix-2', back('unfit')),
    );
  });

  it('is none with another note beside what was sent', () => {
    expect(noted()).toBe(first);
    expect(noted(['F3', 'It was not sent.'])).toBe(first);
    const asked = [first, noted(['F1', 'Twice.']), noted(['F1', 'Once.']), noted(['F2', 'Once.'])];
    expect(new Set(asked).size).toBe(asked.length);
  });
});

/** A whole round that raised these findings and fixed the first. */
function fixed(findings: readonly Finding[], before = 'plan-0'): readonly Fact[] {
  const afterReview = resolved(1).slice(4);
  return [opened(1, before), ...reviewed(1, findings).slice(1), ...afterReview];
}

describe('an answer of the verifier', () => {
  function verified(findings: readonly Finding[], before?: string): string {
    return about('verify-1', [fixed(findings, before), opened(2, 'plan-1', 'verify')]);
  }

  const first = verified([finding('F1')]);

  it.each(REWORDED)('is none about a finding with another %s', (_, other) => {
    expect(verified([finding('F1', other)])).not.toBe(first);
  });

  it('is one about what the fix was for and what is open, and none where more is', () => {
    expect(verified([finding('F1'), finding('F2', { gate: 'filtered' })])).toBe(first);
    expect(verified([finding('F1'), finding('F2')])).not.toBe(first);
  });

  it('is none about a fix of other bytes', () => {
    expect(verified([finding('F1')], 'theirs')).not.toBe(first);
  });
});

describe('an answer of the last look', () => {
  const first = about('last-look-1', [fixed([finding('F1')])]);

  it('is one about the same fix, whatever else was raised', () => {
    expect(about('last-look-1', [fixed([finding('F1'), finding('F2')])])).toBe(first);
  });

  it.each(REWORDED)('is none about a finding with another %s', (_, other) => {
    expect(about('last-look-1', [fixed([finding('F1', other)])])).not.toBe(first);
  });

  it('is none about what somebody else made of the fix', () => {
    const theirs = planChanged('between-rounds');
    const taken = decided('external_edit', 'take');

    expect(about('last-look-1', [fixed([finding('F1')]), theirs, taken])).not.toBe(first);
  });
});
