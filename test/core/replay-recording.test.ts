import { describe, expect, it } from 'vitest';
import type { Fact } from '../../src/core/fact.ts';
import { recordingOf, type Recording } from '../../src/core/replay/recording.ts';
import { subjectOf } from '../../src/core/replay/subject.ts';
import {
  called,
  callFinished,
  callStarted,
  finding,
  opened,
  parsed,
  reviewed,
  runOf,
  started,
} from './facts.ts';
import { closed, decided, looked, resolved, verificationRead } from './rounds.ts';
import { POSITIONS } from './positions.ts';

const ID = 'foo-20260101T000000Z';

function recorded(...facts: readonly (Fact | readonly Fact[])[]): Recording {
  const recording = recordingOf(ID, [started(), ...facts.flat()]);
  if (!recording) throw new Error('A recording begins with run.started.');
  return recording;
}

describe('the recording of a run', () => {
  it('is none of a journal that does not begin with the start of a run', () => {
    expect(recordingOf(ID, [])).toBeUndefined();
    expect(recordingOf(ID, [opened(1), started()])).toBeUndefined();
  });

  it('has the journal, its first fact and the run it led to', () => {
    const facts = POSITIONS['close a round'];

    const recording = recordingOf(ID, facts);

    expect(recording).toMatchObject({ id: ID, facts, started: facts[0] });
    expect(recording?.run.position).toEqual({ at: 'closing', how: 'edited' });
    expect(recording?.run.rounds).toHaveLength(1);
  });

  it('has each call with its end, though every round counts its calls anew', () => {
    const first = callFinished(1, 'review-1');
    const second = callFinished(2, 'review-1', { answer: 'another answer' });
    const facts = [
      [opened(1), callStarted(1, 'review-1'), first, parsed(1, []), closed(1, 'reviewed')],
      [opened(2), callStarted(2, 'review-1'), second],
    ];

    expect(recorded(...facts).calls).toMatchObject([
      { started: callStarted(1, 'review-1'), finished: first },
      { started: callStarted(2, 'review-1'), finished: second },
    ]);
  });

  it('has a call that was cut short for good without an end', () => {
    const { calls } = recorded(opened(1), callStarted(1, 'review-1'));

    expect(calls.map(({ finished }) => finished)).toEqual([null]);
  });

  it('knows what each call was about, as the run stood before it', () => {
    const { calls } = recorded(resolved(1));

    const before = runOf(POSITIONS['call the implementer']);
    expect(calls.map(({ subject }) => subject)).toEqual([
      subjectOf(runOf(POSITIONS['call the reviewer']), callStarted(1, 'review-1')),
      subjectOf(before, callStarted(1, 'fix-1')),
    ]);
  });

  it('has what was answered, in order', () => {
    const answers = [decided('dirty', 'baseline'), decided('stuck', 'continue')];

    expect(recorded(opened(1), ...answers, called(1, 'review-1')).decisions).toEqual(answers);
  });

  it('takes for dismissed what a review, a verifier or a last look raised and was known to be', () => {
    const gate = 'dismissed';
    const { dismissed } = recorded(
      resolved(1),
      reviewed(2, [finding('F2', { gate, instance: 'It runs twice.' }), finding('F3', { gate: 'void' })]),
      verificationRead(2, [], { findings: [finding('F4', { gate }), finding('F5', { gate: 'parked' })] }),
      looked(2, [finding('F6', { gate }), finding('F7')]),
    );

    expect(dismissed.map(({ title }) => title)).toEqual(['title of F2', 'title of F4', 'title of F6']);
    expect(dismissed[0]).toEqual({
      title: 'title of F2',
      body: '',
      quote: null,
      section: [],
      kind: 'other',
      severity: 'high',
      instance: 'It runs twice.',
      because: '',
      at: '',
      from: { run: ID, finding: 'F2' },
    });
  });
});
