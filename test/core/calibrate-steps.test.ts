import { describe, expect, it } from 'vitest';
import { documentOf } from '../../src/core/calibrate/document.ts';
import { swapSteps } from '../../src/core/calibrate/swap-steps.ts';
import { outcomes } from './calibrate-cases.ts';

/** What a list under a title becomes. */
function swapped(list: string, title = 'Steps'): string[] {
  return outcomes(`# ${title}\n\n${list}`, swapSteps).map((plan) => plan.slice(title.length + 4));
}

const PAIR = '1. Lock the table.\n2. Copy the table.\n';
const TURNED = '1. Copy the table.\n2. Lock the table.\n';

describe('two steps change places', () => {
  it.each(
    [
      'Steps',
      'Order',
      'A sequence',
      'Procedure',
      'Data flow',
      'Rollout',
      'Roll-out',
      'Migration',
      'Phases',
      'Process',
      'How',
      'Implementation',
      'Deployment',
      'The algorithm',
      'Install',
      'Setup',
      'Set-up',
      'Build',
      'Run',
      'Tasks',
    ].map((title) => [title]),
  )('under the heading or the label %s', (title) => {
    expect(swapped(PAIR, title)).toEqual([TURNED]);
    expect(swapped(`${title}:\n\n${PAIR}`, 'Goals')).toEqual([`${title}:\n\n${TURNED}`]);
  });

  it.each(['Goals', 'Roll', 'Set'].map((title) => [title]))('but not under %s', (title) => {
    expect(swapped(PAIR, title)).toEqual([]);
    expect(swapped(`${title}:\n\n${PAIR}`, 'Goals')).toEqual([]);
  });

  it.each(['Then', 'next', 'After', 'Once', 'When', 'Finally', 'Now'].map((word) => [word]))(
    'under any heading where the second one begins with %s',
    (word) => {
      expect(swapped(`1. Lock it.\n2. ${word} copy.\n`, 'Goals')).toEqual([
        `1. ${word} copy.\n2. Lock it.\n`,
      ]);
    },
  );

  it.each(['Thence', 'Nowhere', 'Copy then', 'Afterwards'].map((word) => [word]))(
    'under another heading not where the second one begins with %s',
    (word) => {
      expect(swapped(`1. Lock it.\n2. ${word} copy.\n`, 'Goals')).toEqual([]);
      expect(swapped(`1. Lock it.\n2. ${word} copy.\n`)).toEqual([]);
    },
  );

  it('before the first heading too', () => {
    expect(outcomes(`The steps:\n\n${PAIR}`, swapSteps)).toEqual([`The steps:\n\n${TURNED}`]);
    expect(outcomes(PAIR, swapSteps)).toEqual([]);
  });

  it('in each pair of neighbours, each by itself', () => {
    expect(swapped('1. Lock the table.\n2. Copy the table.\n3. Drop the table.\n')).toEqual([
      '1. Copy the table.\n2. Lock the table.\n3. Drop the table.\n',
      '1. Lock the table.\n2. Drop the table.\n3. Copy the table.\n',
    ]);
  });

  it.each<[string, string, string]>([
    [
      'on several lines',
      '1. Lock\n   the table.\n2. Copy the table.\n',
      '1. Copy the table.\n2. Lock\n   the table.\n',
    ],
    ['with a code span in common', '1. Lock `abc`.\n2. Copy `abc`.\n', '1. Copy `abc`.\n2. Lock `abc`.\n'],
    ['in a loose list', '1. Lock a table.\n\n2. Copy a table.\n', '1. Copy a table.\n\n2. Lock a table.\n'],
    [
      'but for check boxes',
      '1. [ ] Lock a table.\n2. [x] Copy a table.\n',
      '1. [ ] Copy a table.\n2. [x] Lock a table.\n',
    ],
    [
      'but for checked boxes',
      '1. [X]\tLock a table.\n2. Copy a table.\n',
      '1. [X]\tCopy a table.\n2. Lock a table.\n',
    ],
    [
      'but for labels',
      '- Step 1: Lock a table.\n- step 2: Copy a table.\n',
      '- Step 1: Copy a table.\n- step 2: Lock a table.\n',
    ],
    [
      'but for labels of tasks',
      '- Task 1. Lock a table.\n- Task 2) Copy a table.\n',
      '- Task 1. Copy a table.\n- Task 2) Lock a table.\n',
    ],
    [
      'but for labels of phases',
      '- Phase  10 Lock a table.\n- Phase 11Copy a table.\n',
      '- Phase  10 Copy a table.\n- Phase 11Lock a table.\n',
    ],
    [
      'but for bold beginnings',
      '- **Step 1:  Lock** a table.\n- **Step 2:  Copy** a table.\n',
      '- **Step 1:  Copy** a table.\n- **Step 2:  Lock** a table.\n',
    ],
    [
      'but for boxes and labels',
      '- [ ] Step 1: Lock a table.\n- [ ] Step 2: Copy a table.\n',
      '- [ ] Step 1: Copy a table.\n- [ ] Step 2: Lock a table.\n',
    ],
  ])('%s', (_, list, turned) => {
    expect(swapped(list)).toEqual([turned]);
  });

  it.each<[string, string]>([
    ['with nothing in common', '1. Lock the table.\n2. Copy the orders.\n'],
    ['that are the same', '1. Lock the table.\n2. Lock the table.\n'],
    ['that are the same but for their labels', '- Step 1: Lock a table.\n- Step 2: Lock a table.\n'],
    ['in a list of bullets', '- Lock the table.\n- Copy the table.\n'],
    [
      'in a list of bullets of which the first has a number',
      '- Step 1: Lock the table.\n- Copy the table.\n',
    ],
    [
      'in a list of bullets of which the second has a number',
      '- Lock the table.\n- Step 2: Copy the table.\n',
    ],
    ['in a list of bullets with numbers inside', '- Lock 1 table in step 1.\n- Copy 2 table in step 2.\n'],
    ['with check boxes alone', '- [ ] Lock the table.\n- [ ] Copy the table.\n'],
    ['the first of which holds code', '1. Lock the table.\n   ```\n   x\n   ```\n2. Copy the table.\n'],
    ['the second of which holds code', '1. Lock the table.\n2. Copy the table.\n   ```\n   x\n   ```\n'],
    ['that are not set in alike', '1. Lock the table.\n2.  Copy the table.\n'],
    ['that are not numbered alike', '9. Lock the table.\n10. Copy the table.\n'],
    ['of which there is one', '1. Lock the table.\n'],
  ])('not %s', (_, list) => {
    expect(swapped(list)).toEqual([]);
  });

  it('not at different depths, and at the same one', () => {
    expect(swapped('1. Lock the table.\n   1. Copy the table.\n')).toEqual([]);
    expect(swapped('1. First.\n   1. Lock a table.\n   2. Copy a table.\n')).toEqual([
      '1. First.\n   1. Copy a table.\n   2. Lock a table.\n',
    ]);
  });

  it('with both of them told, and named by their order', () => {
    const plan = `Begin.\n\n# Steps\n\n1. Step 1: Lock a table.\n2. [x] Copy a table.\n`;

    expect(swapSteps(documentOf(plan))).toEqual([
      {
        operator: 'swap-steps',
        splices: [
          { start: 28, end: 41, fresh: 'Copy a table.' },
          { start: 49, end: 62, fresh: 'Lock a table.' },
        ],
        block: { start: 17, end: 62 },
        isAbsence: false,
        section: 1,
        cues: [
          'order',
          'sequence',
          'before',
          'after',
          'precede',
          'depend',
          'prerequisite',
          'earlier',
          'later',
          'swap',
          'yet',
        ],
        describes: 'The steps “Lock a table.” and “Copy a table.” have changed places.',
      },
    ]);
  });
});
