import { describe, expect, it } from 'vitest';
import type { Fact } from '../../src/core/fact.ts';
import { keepPace, recordedNext, startPace } from '../../src/core/replay/pace.ts';
import { accepted, callFinished, callStarted, editsRead, finding, opened, parsed, resumed } from './facts.ts';
import {
  applied,
  closed,
  commitFailed,
  committed,
  decided,
  drift,
  ended,
  planChanged,
  repoChanged,
  skipped,
} from './rounds.ts';
import { POSITIONS } from './positions.ts';

const NEXT = closed(9);

/** What the recorded run came to next, where it came to the first of these, and the replay to the second. */
function nextAfter(recorded: Fact, replayed: Fact): unknown {
  return recordedNext(keepPace(startPace([recorded, NEXT]), replayed));
}

function confirmed(dropped: readonly string[], note = ''): Fact {
  const notes = [{ id: 'F9', note }];
  const reasons = dropped.map((id) => ({ id, reason: note }));
  return { type: 'findings.confirmed', round: 1, by: 'user', dropped: reasons, notes };
}

function seen(isApplied: boolean, by: 'user' | 'policy' = 'user'): Fact {
  return { type: 'edits.confirmed', round: 1, by, applied: isApplied };
}

function finished(position: keyof typeof POSITIONS): Fact {
  return ended(POSITIONS[position]).at(-1) ?? NEXT;
}

const END = finished('end by drift');

describe('a replay leaves its recording', () => {
  it.each<[why: string, recorded: Fact, replayed: Fact]>([
    ['another fact', closed(1), opened(1)],
    ['the same fact of another round', closed(1), closed(2)],
    ['a round in another mode', opened(1), opened(1, 'plan-0', 'audit')],
    ['a round on other bytes', opened(1), opened(1, 'theirs')],
    ['another call', callStarted(1, 'review-1'), callStarted(1, 'hunt-1')],
    ['the end of another call', callFinished(1, 'review-1'), callFinished(1, 'review-2')],
    ['another outcome of a call', callFinished(1, 'fix-1'), callFinished(1, 'fix-1', { outcome: 'failed' })],
    ['another question', decided('drift', 'abort'), decided('stuck', 'abort')],
    ['another answer', decided('drift', 'abort'), decided('drift', 'accept')],
    ['a finding that is dropped', confirmed([]), confirmed(['F1'])],
    ['another finding that is dropped', confirmed(['F2']), confirmed(['F1'])],
    ['edits that nobody wants', seen(true), seen(false)],
    ['edits that come to nothing', editsRead(1, 'fits'), editsRead(1, 'noop')],
    ['edits to other bytes', editsRead(1, 'fits'), editsRead(1, 'fits', { sha256: 'other' })],
    ['a check of what a hook wrote', drift(1, []), drift(1, [], { of: 'hook' })],
    ['lost words', drift(1, []), drift(1, ['RETRY_MAX'])],
    ['a check of other bytes', drift(1, []), drift(1, [], { sha256: 'other' })],
    ['another plan that is written', applied(1, ['F1']), applied(1, ['F1'], { sha256_after: 'other' })],
    ['the commit of a draft', committed(1), committed(1, { kind: 'draft' })],
    ['a draft without a commit', skipped(1, 'round'), skipped(1, 'draft')],
    ['the failed commit of a draft', commitFailed(1), commitFailed(1, { kind: 'draft' })],
    ['a plan that is gone', planChanged('during-call'), planChanged('during-call', { found: null })],
    ['a rewritten history', repoChanged(), repoChanged({ what: 'head' })],
    ['a round that ends otherwise', closed(1), closed(1, 'reviewed')],
    ['another ending', END, finished('end by a failed commit')],
    ['another reason of the ending', END, { ...END, reason: 'budget' } as Fact], // END is an ending
  ])('by %s', (_, recorded, replayed) => {
    expect(nextAfter(recorded, recorded)).toEqual(NEXT);
    expect(nextAfter(recorded, replayed)).toBeUndefined();
  });

  it('by passing over what the recorded run did first', () => {
    const pace = keepPace(startPace([closed(1), opened(2), closed(2)]), opened(2));

    expect(recordedNext(pace)).toBeUndefined();
  });

  it('by doing once more what the recorded run did once', () => {
    const recorded = [callFinished(1, 'hunt-1'), callFinished(1, 'hunt-2'), closed(1)];
    const twice = [callFinished(1, 'hunt-2'), callFinished(1, 'hunt-2')];

    expect(recordedNext(twice.reduce(keepPace, startPace(recorded)))).toBeUndefined();
  });
});

describe('a replay stays with its recording', () => {
  it.each<[why: string, recorded: Fact, replayed: Fact]>([
    ['a call costs', callFinished(1, 'fix-1'), callFinished(1, 'fix-1', { duration_ms: 1, log: 'other' })],
    ['answers', decided('drift', 'abort'), { ...decided('drift', 'abort', ['F1']), reason: 'other' }],
    ['is noted beside a finding', confirmed(['F1']), confirmed(['F1'], 'Mind the retries.')],
    ['sees the edits', seen(true), seen(true, 'policy')],
    ['an answer without edits is called', editsRead(1, 'declined'), editsRead(1, 'unedited')],
    ['a review raises', parsed(1, [finding('F1')]), parsed(1, [finding('F1', { gate: 'filtered' })])],
    ['is accepted', accepted(1, ['F1']), accepted(1, ['F2'])],
    ['a commit is named', committed(1), committed(1, { sha: 'other' })],
    ['a hook says', commitFailed(1), commitFailed(1, { output: 'other' })],
    ['resumes it', resumed(), resumed({ tool_version: '9.9.9' })],
  ])('whatever or whoever %s', (_, recorded, replayed) => {
    expect(nextAfter(recorded, replayed)).toEqual(NEXT);
  });

  it('where a call ends before the next one starts', () => {
    const recorded = [callStarted(1, 'hunt-1'), callStarted(1, 'hunt-2'), callFinished(1, 'hunt-1')];
    const pace = [callStarted(1, 'hunt-1'), callFinished(1, 'hunt-1')].reduce(keepPace, startPace(recorded));

    expect(recordedNext(pace)).toEqual(callStarted(1, 'hunt-2'));
    expect(recordedNext(keepPace(pace, callStarted(1, 'hunt-2')))).toBeUndefined();
    expect(keepPace(pace, callStarted(1, 'hunt-2')).isInStep).toBe(true);
  });
});
