import { describe, expect, it } from 'vitest';
import { DEFECTS } from '../rig/world.ts';
import { rulingsFor, type Defect } from '../steps/agents.ts';
import { edits, review } from '../steps/answers.ts';
import { lived, type Answer } from '../steps/world.ts';
import { replayed, type Told } from './replayed.ts';

const [RETRY, MAILS] = DEFECTS as [Defect, Defect]; // the rig has four
const ARBITER = { arbiter: 'cmd:arbiter', arbiter_from_round: 1 } as const;

/** What differs in each round, how the replay ended, and where the recording did. */
function told({ rounds, ending, end }: Told): unknown {
  const last = ending.replayed && [ending.replayed.status, ending.replayed.reason].filter(Boolean).join(' ');
  return [rounds.map(({ differs }) => differs.join(' ')), last, end && `${end.round}: ${end.problem}`];
}

describe('under other settings', () => {
  it('a lower cap ends it earlier, and the fix that was never looked at is said to have no answer', async () => {
    const world = await lived();

    expect(told(await replayed(world, { max_rounds: 2 }))).toEqual([
      ['', '', ''],
      null,
      '2: no answer for a look at the fix of F4',
    ]);
  });

  it('a lower cap ends it where the last round was a review', async () => {
    const world = await lived();

    expect(told(await replayed(world, { max_rounds: 3 }))).toEqual([['', '', ''], 'completed_clean', null]);
  });

  it('a budget of calls ends it', async () => {
    const world = await lived();

    expect(told(await replayed(world, { max_calls: 2 }))).toEqual([
      ['accepted handed_over reverted edited how', 'there', 'there'],
      'completed_cap budget',
      null,
    ]);
  });

  it('a higher floor filters more, and nobody was asked for the fix of less', async () => {
    const world = await lived();

    const floor = await replayed(world, { confidence_floor: 0.7 });

    expect(floor.rounds[0]?.replayed).toMatchObject({
      gates: { actionable: 1, filtered: 2 },
      accepted: ['F1'],
    });
    expect(told(floor)).toEqual([
      ['gates accepted', '', ''],
      null,
      '1: no answer for a fix of F1 in these bytes',
    ]);
  });

  it('a floor above everything ends it with no more to be done, and a second look that was never taken', async () => {
    const world = await lived();

    expect(told(await replayed(world, { confidence_floor: 1 }))).toEqual([
      ['gates', '', ''],
      null,
      '1: no answer for a second look at these bytes',
    ]);
  });

  it('without its arbiter, what that ruled out goes to the implementer', async () => {
    const refuting: Answer = (call) => rulingsFor(call, { consequence: 'none' });
    const world = await lived({ settings: ARBITER, answers: { '1/arbitrate-1': refuting } });

    expect(told(await replayed(world, { arbiter: null }))).toEqual([
      ['gates accepted handed_over reverted'],
      null,
      '1: no answer for a fix of F1, F2 in these bytes',
    ]);
  });

  it('without an arbiter that ruled nothing out, it is as it was', async () => {
    const world = await lived({ settings: ARBITER });

    expect(told(await replayed(world, { arbiter: null }))).toEqual([['', '', ''], 'completed_clean', null]);
  });

  it('with its arbiter from another round on, the recording has no ruling there', async () => {
    const world = await lived({ settings: { ...ARBITER, arbiter_from_round: 3 } });

    expect(told(await replayed(world, { arbiter_from_round: 2 }))).toEqual([
      ['', '', ''],
      null,
      '2: no answer for an arbitration of these findings',
    ]);
  });

  it('another strategy begins with a hunt that nobody made', async () => {
    const world = await lived({ settings: ARBITER });

    expect(told(await replayed(world, { strategy: 'frozen' }))).toEqual([
      ['mode', '', ''],
      null,
      '1: no answer for a hunt on these bytes',
    ]);
  });

  it('another answer to a question is given, and what it leads to is decided', async () => {
    const designing: Answer = (call) => rulingsFor(call, { fix_kind: 'design' });
    const world = await lived({ settings: ARBITER, answers: { '1/arbitrate-1': designing } });

    const ignored = await replayed(world, { policies: { design: 'ignore' } });

    expect(ignored.rounds[0]?.replayed).toMatchObject({
      decisions: ['design: ignore'],
      accepted: ['F1', 'F2'],
      handed_over: [],
    });
    expect(ignored.end?.problem).toBe('no answer for a fix of F1, F2 in these bytes');
  });

  it('a drift that was sent back is accepted: the plan is another from there on', async () => {
    const losing: Answer = () =>
      edits({
        findings: ['F1', 'F2'],
        old_text: 'the column `external_id` joins',
        new_text: 'a column joins',
      });
    const world = await lived({ defects: [RETRY, MAILS], answers: { '1/fix-1': losing } });

    const accepted = await replayed(world, { policies: { drift: 'accept' } });

    expect(told(accepted)).toEqual([
      ['decisions edited', 'sha256'],
      null,
      '2: no answer for a review of these bytes',
    ]);
  });

  it('what the user dropped, when the findings were gone over, is dropped again', async () => {
    const world = await lived({ settings: { confirm: true } });
    const at = world.disk.journal.findIndex(({ type }) => type === 'findings.confirmed');
    const dropped = [{ id: 'F1', reason: 'By design.' }];
    world.disk.journal[at] = { type: 'findings.confirmed', round: 1, by: 'user', dropped, notes: [] };

    const { rounds, end } = await replayed(world);

    expect(rounds[0]?.replayed).toMatchObject({ accepted: ['F2'], handed_over: ['F1 dropped'] });
    expect(end?.problem).toBe('no answer for a fix of F2 in these bytes');
  });

  it('a stuck finding that ended the run goes on to a fix that was never made', async () => {
    const stuck: Defect = { ...MAILS, fix: { old_text: 'Send a mail', new_text: 'Do Send a mail' } };
    const world = await lived({ defects: [stuck] });

    const goingOn = await replayed(world, { policies: { stuck: 'continue' } });

    expect(goingOn.ending.recorded).toEqual({ status: 'completed_cap', reason: 'stuck' });
    expect(goingOn.rounds[1]?.replayed?.decisions).toEqual(['stuck: continue']);
    expect(goingOn.end?.problem).toBe('no answer for a fix of F1 in these bytes');
  });
});

describe('an answer', () => {
  it('to a second look is one to a review of the same bytes', async () => {
    const world = await lived({
      settings: { max_rounds: 1 },
      answers: { '1/review-1': () => review('needs-attention') },
    });

    const { rounds } = await replayed(world, { confidence_floor: 0.05 });

    expect(rounds[0]?.replayed?.gates).toEqual({ actionable: 3 });
  });

  it('that is lost ends the recording there', async () => {
    const world = await lived();
    world.disk.files.delete('round-02/answer-review-1.txt');

    expect((await replayed(world)).end).toEqual({
      round: 2,
      purpose: 'review',
      problem: 'the call review-1 was answered, and round-02/answer-review-1.txt is gone',
    });
  });

  it('is of no use where the first bytes of the plan are lost', async () => {
    const world = await lived();
    world.disk.files.delete('round-01/plan.md');

    await expect(replayed({ ...world, given: { plan: 'another plan' } })).rejects.toThrow(
      'has lost plan.initial.md, and cannot be replayed without it.',
    );
  });
});
