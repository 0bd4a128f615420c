import { beforeAll, describe, expect, it } from 'vitest';
import type { Fact, FactOf } from '../../src/core/fact.ts';
import { arbitrated, hunted, verified } from './told-judgements.ts';
import { lines, NORMAL, quietly, ROUND, UNICODE } from './told-lines.ts';
import { accepted, called, finding, fixed, reviewed, roundStarted, started } from './told-run.ts';

beforeAll(() => {
  process.env['TZ'] = 'UTC';
});

describe('the lines of a round with an arbiter', () => {
  const judged = started({ settings: { arbiter: 'claude', arbiter_from_round: 1 } });
  const found = ['F1', 'F2', 'F3', 'F4'].map((id) => finding(id));

  it('share one line for what was raised and what became of it', () => {
    const facts = [
      roundStarted(1),
      ...called(1, 'review-1'),
      reviewed(1, ...found),
      ...called(1, 'arbitrate-1', { ms: 30_000 }),
      arbitrated(1, { F1: 'actionable', F2: 'prose', F3: 'advisory', F4: 'unlikely' }),
      accepted(1, 'F1'),
      ...called(1, 'fix-1', { ms: 78_000 }),
      ...fixed(1, ['F1'], { lines: [88] }),
    ];

    expect(lines(facts, UNICODE, NORMAL, judged)).toEqual([
      '─ Round 1 starting (14:03:13) ──── codex review (~2-5 min)',
      '─ Round 1 done (3m11s) ──── 4 findings: 0C 4H 0M 0L · arbiter: 1 of 4 to be mended, 1 advisory, 1 wording, 1 unlikely · top: docs/plans/foo.md:88 retry bound missing',
      '  impl 1m18s · 1/1 addressed at :88 · drift OK · commit 3fa9c21',
    ]);
  });

  it('say how many are in our fixes, where any do', () => {
    const induced = finding('F6', { generation: 1, parent: 'F5' });
    const facts = [
      roundStarted(2),
      ...called(2, 'review-1'),
      reviewed(2, finding('F1'), induced, finding('F7', { generation: 1, parent: 'F5' })),
      ...called(2, 'arbitrate-1', { ms: 30_000 }),
      arbitrated(2, { F1: 'actionable', F6: 'actionable', F7: 'prose' }),
    ];

    expect(lines(facts, UNICODE, NORMAL, judged).at(-1)).toBe(
      '─ Round 2 done (3m11s) ──── 3 findings: 0C 3H 0M 0L (2 in our fixes) · arbiter: 2 of 3 to be mended, 1 wording · top: docs/plans/foo.md:88 retry bound missing',
    );
  });

  it('say why there is no ruling, and what is a matter of design now', () => {
    const before = [roundStarted(1), ...called(1, 'review-1'), reviewed(1, ...found)];
    const asked = called(1, 'arbitrate-1');
    const ended = (...facts: Fact[]): string[] =>
      lines([...before, ...facts], UNICODE, { isQuiet: true, isVerbose: false }, judged);

    expect(
      ended(
        ...asked,
        arbitrated(1, {}, { result: 'unreadable', problem: 'The answer is empty.' }),
        ...called(1, 'arbitrate-2'),
        arbitrated(1, {}, { result: 'void', problem: 'The answer is empty.', call: null }),
      ),
    ).toEqual([
      '! The answer of arbitrate-1 cannot be read as an arbitration: The answer is empty.',
      '! The arbiter came to no ruling, so every finding stays as it was: The answer is empty.',
    ]);
    expect(
      ended(
        ...asked,
        arbitrated(1, { F1: 'prose' }, { result: 'refutes-all' }),
        ...called(1, 'arbitrate-2'),
        arbitrated(1, { F1: 'actionable', F2: 'actionable' }, { stacked: ['F1', 'F2'] }),
      ),
    ).toEqual([
      '! The arbiter ruled out every finding; it is asked once more, in another order.',
      '! Guards pile up on one cause, so F1, F2 are a matter of design.',
    ]);
  });
});

describe('the lines of a frozen run', () => {
  const frozen = started({ settings: { strategy: 'frozen', further_reviewers: ['claude:opus'] } });

  it('name the hunts, which take as long as the longest, and what became of each fix', () => {
    const [first, firstDone] = called(1, 'hunt-1', { ms: 60_000 });
    const [second, secondDone] = called(1, 'hunt-2', { ms: 100_000, agent: 'claude' });
    const facts = [
      roundStarted(1, ['external_id'], 'hunt'),
      first,
      second,
      secondDone,
      firstDone,
      hunted(1, finding('F1'), finding('F2')),
      accepted(1, 'F1', 'F2'),
      ...called(1, 'fix-1', { ms: 78_000 }),
      ...fixed(1, ['F1', 'F2'], { lines: [88] }),
      roundStarted(2, ['external_id'], 'verify'),
      ...called(2, 'verify-1', { ms: 50_000 }),
      verified(
        2,
        { F1: true, F2: false },
        finding('F3', { generation: 1, parent: 'F1', title: 'no unit' }),
        finding('F4', { gate: 'parked' }),
      ),
    ];

    expect(lines(facts, UNICODE, NORMAL, frozen)).toEqual([
      '─ Round 1 starting (14:03:13) ──── 3 hunts by codex, claude (~2-5 min)',
      '─ Round 1 done (1m40s) ──── 2 hunts, 2 findings: 0C 2H 0M 0L · top: docs/plans/foo.md:88 retry bound missing',
      '  impl 1m18s · 2/2 addressed at :88 · drift OK · commit 3fa9c21',
      expect.stringMatching(/^─ Round 2 starting \(14:03:\d\d\) ──── codex verify \(~2-5 min\)$/),
      '─ Round 2 done (50s) ──── verified: 1 closed, 1 still open, 1 new in the fix, 1 noticed beside it · top: docs/plans/foo.md:88 retry bound missing',
    ]);
  });

  it('say what came to nothing', () => {
    const hunt = hunted(1, finding('F1'));
    const failed = hunt.looks.map((look) =>
      look.call === 'hunt-2' ? { ...look, verdict: null, problem: 'stream disconnected.' } : look,
    );
    const facts: Fact[] = [
      roundStarted(1, ['external_id'], 'hunt'),
      ...called(1, 'hunt-1'),
      { ...hunt, looks: failed },
      roundStarted(2, ['external_id'], 'verify'),
      ...called(2, 'verify-1'),
      { ...verified(2, { F1: false }), result: 'void', problem: 'The answer is empty.' },
    ];

    expect(quietly(facts, frozen)).toEqual([
      '! Nothing came of hunt-2: stream disconnected.',
      '! The fix was not verified, so everything stays open: The answer is empty.',
    ]);
  });
});

describe('what is left to the user', () => {
  const [edits] = fixed(1, ['F1'], { lines: [88] }) as [FactOf<'edits.read'>, ...Fact[]];
  const before = ROUND.slice(0, 4);

  it('is said with why, once for findings that share a reason, unless a decision said it', () => {
    const handed = (id: string, because: 'stuck' | 'design' | 'contested', why: string) => ({
      id,
      because,
      why,
    });
    const facts: Fact[] = [
      ...before,
      {
        ...accepted(1, 'F1'),
        handed_over: [
          handed('F7', 'stuck', 'It was fixed before and came back.'),
          handed('F2', 'design', 'Resolving it means changing a decision of the plan: one queue.'),
          handed('F5', 'contested', 'One fix undoes another.\nRound 1, for F5: "a" became "b".'),
          handed('F6', 'contested', 'One fix undoes another.\nRound 1, for F5: "a" became "b".'),
        ],
      },
    ];

    expect(quietly(facts)).toEqual([
      '! F2 is left to you: Resolving it means changing a decision of the plan: one queue.',
      '! F5, F6 are left to you: One fix undoes another.',
    ]);
  });

  it('and edits outside of what findings are about are not applied, which is said', () => {
    const outside = [40, 52].map((start) => ({
      findings: ['F1'],
      lines: { start, end: start },
      excerpt: '',
      why: 'elsewhere',
    }));

    expect(quietly([...before, accepted(1, 'F1'), ...called(1, 'fix-1'), { ...edits, outside }])).toEqual([
      '! 2 edits were not applied, being outside of what the findings are about: :40 :52',
    ]);
  });

  it('goes with a fix that is taken back', () => {
    const [, , applied, ...rest] = fixed(1, ['F1', 'F2'], { lines: [88] });
    const facts = [
      ...before,
      accepted(1, 'F2'),
      ...called(1, 'fix-1', { ms: 78_000 }),
      edits,
      { ...applied, reverted: ['F1'] } as Fact,
      ...rest,
    ];

    expect(lines(facts).at(-1)).toBe(
      '  impl 1m18s · 1/1 addressed at :88 · fix of F1 taken back · drift not checked · commit 3fa9c21',
    );
  });
});
