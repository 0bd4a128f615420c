import { describe, expect, it } from 'vitest';
import { OPERATORS, pick, shuffled, type Random } from '../../src/core/calibrate/mutation.ts';
import { mutations, seed, undo } from '../../src/core/calibrate/mutations.ts';
import { swapSteps } from '../../src/core/calibrate/swap-steps.ts';
import { first, outcomes } from './calibrate-cases.ts';

/** Takes the last of several, so that all is in the opposite order. */
const last: Random = () => 0.999;

/** What is told of the defects that are chosen. */
function told(plan: string, random: Random = first, wanted = 9): string[] {
  return mutations(plan, random, wanted).map(({ describes }) => describes);
}

describe('one of several', () => {
  it.each<[number, string]>([
    [0, 'a'],
    [0.3, 'a'],
    [0.34, 'b'],
    [0.999, 'c'],
  ])('is picked by chance %d: %s', (chance, picked) => {
    expect(pick(['a', 'b', 'c'], () => chance)).toBe(picked);
    expect(pick([], () => chance)).toBeUndefined();
  });

  it('comes in random order, and the list stays', () => {
    const list = ['a', 'b', 'c', 'd'];

    expect(shuffled(list, first)).toEqual(list);
    expect(shuffled(list, last)).toEqual(['d', 'c', 'b', 'a']);
    expect(shuffled(list, () => 0.5)).toEqual(['c', 'b', 'd', 'a']);
    expect(list).toEqual(['a', 'b', 'c', 'd']);
  });
});

describe('defects are chosen', () => {
  const ifIt = '“if” became “unless” in “Stop all workers if it fails.”.';
  const before = '“before” became “after” in “Stop all workers before it fails.”.';
  const some = '“some” became “all” in “Stop it for some workers.”.';
  const after = '“after” became “before” in “Stop them all after it fails.”.';
  const most = '“most” became “all” in “Stop it for most workers.”.';
  const plan =
    '# A\n\nStop all workers if it fails.\n\nStop all workers before it fails.\n\nStop it for some workers.\n\n# B\n\nStop them all after it fails.\n';

  it.each([
    [0, []],
    [1, [ifIt]],
    [2, [ifIt, some]],
    [3, [ifIt, some, after]],
    [4, [ifIt, some, after, before]],
    [5, [ifIt, some, after, before]],
  ])('of a new kind, then in a new section, then any: %d', (wanted, chosen) => {
    expect(told(plan, first, wanted)).toEqual(chosen);
  });

  it('of a new kind in a new section before all', () => {
    const more = `${plan}\nStop it for most workers.\n`;

    expect(told(more)).toEqual([ifIt, most, before, after, some]);
    expect(told(more, first, 2)).toEqual([ifIt, most]);
  });

  it('in a new section before another one in an old section', () => {
    const two =
      'Stop all workers if it fails.\n\nStop all workers before it fails.\n\n# B\n\nStop them all after it fails.\n';

    expect(told(two)).toEqual([ifIt, after, before]);
  });

  it('in another order by chance', () => {
    expect(told(plan, last)).toEqual([some, after, ifIt, before]);
  });

  it('one in a block', () => {
    expect(told('If it fails before the lock, stop.\n')).toEqual([
      '“before” became “after” in “If it fails before the lock, stop.”.',
    ]);
  });

  const full = '“if” became “unless” in “Stop the workers if it is full.”.';

  it.each<[string, string, string[], string[]]>([
    [
      'what is put in touches the block above it',
      'It must not change any rows.\n\n# Goals\n\n- One.\n- Stop the workers if it is full.\n',
      [full],
      ['“It must change any rows.” was added, against “It must not change any rows.”.'],
    ],
    [
      'what is left out is numbered anew below it',
      '1. Orders fail.\n2. Stop the workers if it is full.\n3. Two.\n',
      [full],
      ['“Orders fail.” is missing.'],
    ],
    [
      'what is left out ends where it begins',
      '- Stop the workers if it is full.\n- Orders fail.\n',
      [full],
      ['“Orders fail.” is missing.'],
    ],
  ])('without another that touches it: %s', (_, text, one, other) => {
    expect(told(text)).toEqual(one);
    expect(told(text, last)).toEqual(other);
  });

  it('with another that is beside it', () => {
    expect(told('- Orders fail.\n- Stop the workers if it is full.\n- Two.\n')).toEqual([
      full,
      '“Orders fail.” is missing.',
    ]);
  });

  it('only where the plan stays one', () => {
    const steps = '# Steps\n\n1. # Lock the table.\n2. Step 2: Copy the table.\n';

    expect(outcomes(steps, swapSteps)).toEqual([
      '# Steps\n\n1. Copy the table.\n2. Step 2: # Lock the table.\n',
    ]);
    expect(told(steps)).toEqual([]);
  });

  it.each([
    ['swap-steps', '# Steps\n\n1. Lock the table.\n2. Copy the table.\n'],
    ['drop-rollback', 'One. Restore orders.\n'],
    ['change-number', 'Take 40.\n\nGive 40.\n'],
    ['invert-condition', 'Stop the workers if it is full.\n'],
    ['rename-identifier', '`one_two`\n\n`one_two`\n'],
    ['drop-acceptance', 'Criteria:\n\n- Morning.\n- Evening.\n'],
    ['widen-scope', 'Stop it for some workers.\n'],
    ['drop-error-path', 'One. Orders fail.\n'],
    ['contradict-constraint', 'It must not change any rows.\n\n# Goals\n\n- One.\n- Two.\n'],
  ])('of the kind %s', (operator, text) => {
    expect(mutations(text, first, 1).map((one) => one.operator)).toEqual([operator]);
    expect(OPERATORS).toContain(operator);
  });
});

describe('a chosen defect', () => {
  const plan = '# A\n\nStop all workers if it fails.\n\n# B\n\nOne. Orders fail.\nTwo.\n\n# C\n';
  const [condition, missing] = mutations(plan, first, 2);

  it('is told with its text, its lines, and how it is undone', () => {
    expect(condition).toEqual({
      operator: 'invert-condition',
      cues: expect.arrayContaining(['unless']),
      describes: '“if” became “unless” in “Stop all workers if it fails.”.',
      splices: [{ start: 22, end: 24, fresh: 'unless' }],
      place: { start: 5, end: 34 },
      back: [{ start: 22, end: 28, fresh: 'if' }],
      text: plan.replace(' if ', ' unless '),
      span: { start: 3, end: 3 },
    });
  });

  it('has the lines of its section where something is missing', () => {
    expect(missing).toEqual({
      operator: 'drop-error-path',
      cues: ['orders'],
      describes: '“Orders fail.” is missing.',
      splices: [{ start: 45, end: 58, fresh: '' }],
      place: { start: 36, end: 65 },
      back: [{ start: 45, end: 45, fresh: ' Orders fail.' }],
      text: plan.replace(' Orders fail.', ''),
      span: { start: 5, end: 8 },
    });
  });

  it('stands one further behind a byte order mark', () => {
    const [marked] = mutations(`\ufeff${plan}`, first, 1);

    expect(marked).toEqual({
      ...condition,
      splices: [{ start: 23, end: 25, fresh: 'unless' }],
      place: { start: 6, end: 35 },
      back: [{ start: 23, end: 29, fresh: 'if' }],
      text: `\ufeff${plan.replace(' if ', ' unless ')}`,
    });
  });

  it('stands in a copy with the others', () => {
    const steps =
      'It must not change any rows.\n\n# A\n\n- One.\n- Two.\n\n# B\n\nStop all workers if it fails.\n';
    const chosen = mutations(steps, first, 2);
    const copy = seed(steps, chosen);

    expect(copy).toEqual({
      text: 'It must not change any rows.\n\n# A\n\n- One.\n- Two.\n- It must change any rows.\n\n# B\n\nStop all workers unless it fails.\n',
      seeds: [
        {
          operator: 'invert-condition',
          cues: chosen[0]?.cues,
          describes: '“if” became “unless” in “Stop all workers if it fails.”.',
          span: { start: 11, end: 11 },
        },
        {
          operator: 'contradict-constraint',
          cues: chosen[1]?.cues,
          describes: '“It must change any rows.” was added, against “It must not change any rows.”.',
          span: { start: 7, end: 7 },
        },
      ],
      back: [
        { start: 48, end: 75, fresh: '' },
        { start: 99, end: 105, fresh: 'if' },
      ],
    });
    expect(undo(copy)).toBe(steps);
  });
});
