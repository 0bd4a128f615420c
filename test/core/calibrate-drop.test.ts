import { describe, expect, it } from 'vitest';
import { documentOf } from '../../src/core/calibrate/document.ts';
import { dropAcceptance, dropErrorPath, dropRollback } from '../../src/core/calibrate/drop.ts';
import type { Propose } from '../../src/core/calibrate/mutation.ts';
import { outcomes } from './calibrate-cases.ts';

/** What an operator leaves of two items, of which the second one has this text. */
function left(text: string, propose: Propose): string[] {
  return outcomes(`- Morning.\n- ${text} orders.\n`, propose);
}

describe('a step goes that undoes something', () => {
  it.each(
    [
      'Roll back',
      'rollback',
      'roll-back',
      'rolls back',
      'rolled back',
      'rolling back',
      'revert',
      'reverting',
      'undo',
      'restor',
      'Restores',
      'clean up',
      'cleanup',
      'clean-up',
      'cleans up',
      'cleaned up',
      'cleaning up',
      'tear down',
      'teardown',
      'tear-down',
      'tears down',
      'tearing down',
      'back up',
      'backup',
      'back-up',
      'backs up',
      'backed up',
      'backing up',
      'downgrade',
      'uninstall',
    ].map((text) => [text]),
  )('as it says %s', (text) => {
    expect(left(text, dropRollback)).toEqual(['- Morning.\n']);
  });

  it.each(
    [
      'troll back',
      'roll it back',
      'scroll',
      'rolla back',
      'back upper',
      'clean the',
      'tear the',
      'fail with',
      'accept the',
    ].map((text) => [text]),
  )('but not as it says %s', (text) => {
    expect(left(text, dropRollback)).toEqual([]);
  });
});

describe('an item goes that says what happens when something fails', () => {
  it.each(
    [
      'an error of',
      'Errors of',
      'fail',
      'fails with',
      'time out',
      'timeout',
      'time-out',
      'times out',
      'timed out',
      'unavailable',
      'invalid',
      'malformed',
      'missing',
      'crash',
      'exception',
      'conflict',
      'denied',
      'denies',
      'reject',
      'abort',
      'unreachable',
      'not found',
      'corrupt',
      'retry',
      'retries',
      'panic',
      'refuse',
    ].map((text) => [text]),
  )('as it says %s', (text) => {
    expect(left(text, dropErrorPath)).toEqual(['- Morning.\n']);
  });

  it.each(
    [
      'terror of',
      'time the',
      'timex out',
      'a sometime out',
      'a denier of',
      'valid',
      'found',
      'retrograde',
      'restore the',
    ].map((text) => [text]),
  )('but not as it says %s', (text) => {
    expect(left(text, dropErrorPath)).toEqual([]);
  });
});

describe('a criterion goes', () => {
  const under = (label: string, title: string): string[] =>
    outcomes(`# ${title}\n\n${label}\n\n- Morning.\n- Evening.\n`, dropAcceptance).map((plan) =>
      plan.replace(`# ${title}\n\n${label}\n\n`, ''),
    );
  const each = ['- Evening.\n', '- Morning.\n'];

  it.each(
    [
      'Acceptance',
      'What we accept',
      'Criteria',
      'Definition of done',
      'Done when',
      'Verification',
      'Success',
      'Test plan',
      'Test',
      'The tests',
      'Exit',
    ].map((words) => [words]),
  )('that stands under %s', (words) => {
    expect(under('They are:', words)).toEqual(each);
    expect(under(`${words}:`, 'Orders')).toEqual(each);
  });

  it.each(['Orders', 'Latest', 'Testing', 'Exits', 'Definition', 'Done'].map((words) => [words]))(
    'not that stands under %s',
    (words) => {
      expect(under('They are:', words)).toEqual([]);
      expect(under(`${words}:`, 'Orders')).toEqual([]);
    },
  );

  it('not that stands under a line without a colon, or above its label', () => {
    expect(under('Criteria.', 'Orders')).toEqual([]);
    expect(outcomes('- Morning.\n- Evening.\n\nCriteria:\n', dropAcceptance)).toEqual([]);
  });

  it('not of a sentence', () => {
    expect(outcomes('# Criteria\n\nIt is morning. It is evening.\n', dropAcceptance)).toEqual([]);
  });
});

describe('an item', () => {
  it.each<[string, string, string]>([
    ['the first', '- Orders fail.\n- Two.\n- Six.\n', '- Two.\n- Six.\n'],
    ['one between', '- One.\n- Orders fail.\n- Six.\n', '- One.\n- Six.\n'],
    ['the last', '- One.\n- Two.\n- Orders fail.\n\nEnd.\n', '- One.\n- Two.\n\nEnd.\n'],
    ['of a loose list', '- One.\n\n- Orders fail.\n\n- Six.\n', '- One.\n\n- Six.\n'],
    ['the last of a loose list', '- One.\n\n- Orders fail.\n', '- One.\n'],
    ['of several lines', '- One.\n- Orders\n  fail.\n- Six.\n', '- One.\n- Six.\n'],
    ['of a numbered list', '1. One.\n2. Orders fail.\n3. Six.\n4. Ten.\n', '1. One.\n2. Six.\n3. Ten.\n'],
    ['of a list from zero', '0. Orders fail.\n1. Six.\n', '0. Six.\n'],
    ['of a list of parentheses', '9) Orders fail.\n10) Six.\n11) Ten.\n', '9) Six.\n10) Ten.\n'],
    ['of a list of ones', '1. One.\n1. Orders fail.\n1. Six.\n', '1. One.\n1. Six.\n'],
    ['of a list with gaps', '1. One.\n2. Orders fail.\n3. Six.\n9. Ten.\n', '1. One.\n2. Six.\n9. Ten.\n'],
    ['of a list with nine digits', '123456788. Orders fail.\n123456789. Six.\n', '123456788. Six.\n'],
    ['within another', '- One.\n  - Orders fail.\n  - Six.\n', '- One.\n  - Six.\n'],
  ])('goes without a trace: %s', (_, plan, left) => {
    expect(outcomes(plan, dropErrorPath)).toContain(left);
  });

  it.each<[string, string]>([
    ['that is alone', '- Orders fail.\n'],
    ['that holds code', '- One.\n- Orders fail.\n  ```\n  x\n  ```\n'],
    ['of which no word is telling', '- One.\n- It may fail.\n'],
    ['that holds more than one thing', `- One.\n- Orders fail ${'x'.repeat(589)}\n`],
  ])('stays %s', (_, plan) => {
    expect(outcomes(plan, dropErrorPath)).toEqual([]);
  });

  it('goes of which only a short word says so, if another one is telling', () => {
    expect(outcomes('- One.\n- Or fail.\n', dropErrorPath)).toEqual([]);
    expect(outcomes('- One.\n- Order fail.\n', dropErrorPath)).toEqual(['- One.\n']);
  });

  it('goes of 600 characters', () => {
    expect(outcomes(`- One.\n- Orders fail ${'x'.repeat(588)}\n`, dropErrorPath)).toEqual(['- One.\n']);
  });
});

describe('a sentence', () => {
  it.each<[string, string[]]>([
    ['One. Orders fail. Two.', ['One. Two.']],
    ['One. Orders fail.\nTwo.', ['One.\nTwo.']],
    ['One.  Orders fail.', ['One.']],
    ['One. Orders fail. Orders crash.', ['One. Orders crash.', 'One. Orders fail.']],
    ['Orders fail. Two.', []],
    ['Orders fail.', []],
    ['One. It has no end (see. Orders fail.', []],
    ['A (one. Then) two. Orders fail.', []],
    ['One. Or fail.', []],
  ])('goes with the space before it: %s', (plan, left) => {
    expect(outcomes(plan, dropErrorPath)).toEqual(left);
  });

  it('goes that undoes something', () => {
    expect(outcomes('One. Restore orders. Two.', dropRollback)).toEqual(['One. Two.']);
  });

  it('goes of an item, or else the whole item', () => {
    expect(outcomes('- One.\n- Two. Orders fail.\n', dropErrorPath)).toEqual([
      '- One.\n',
      '- One.\n- Two.\n',
    ]);
  });
});

describe('what is missing', () => {
  const plan = 'One.\n\n# Criteria\n\nTwo. Restore failed orders.\n\n- Three.\n- Revert `bad_one` errors.\n';
  const sentence = {
    splices: [{ start: 22, end: 45, fresh: '' }],
    block: { start: 18, end: 45 },
    isAbsence: true,
    section: 1,
    describes: '“Restore failed orders.” is missing.',
  };
  const item = {
    splices: [{ start: 55, end: 82, fresh: '' }],
    block: { start: 56, end: 82 },
    isAbsence: true,
    section: 1,
    describes: '“Revert `bad_one` errors.” is missing.',
  };

  it('is named by its own words, or by what undoes', () => {
    const document = documentOf(plan);
    const cues = [
      'rollback',
      'roll',
      'revert',
      'undo',
      'restor',
      'clean',
      'tear',
      'backup',
      'back up',
      'downgrad',
      'uninstall',
    ];

    expect(dropRollback(document)).toEqual([
      { operator: 'drop-rollback', ...item, cues },
      { operator: 'drop-rollback', ...sentence, cues },
    ]);
    expect(dropErrorPath(document)).toEqual([
      { operator: 'drop-error-path', ...item, cues: ['bad_one', 'revert', 'errors'] },
      { operator: 'drop-error-path', ...sentence, cues: ['restor', 'failed', 'orders'] },
    ]);
    expect(dropAcceptance(document).at(-1)).toEqual({
      operator: 'drop-acceptance',
      ...item,
      cues: ['bad_one', 'revert', 'errors'],
    });
  });
});
