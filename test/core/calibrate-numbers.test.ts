import { describe, expect, it } from 'vitest';
import { changeNumber } from '../../src/core/calibrate/change-number.ts';
import { documentOf } from '../../src/core/calibrate/document.ts';
import { first, outcomes } from './calibrate-cases.ts';

/** The numbers that may be changed in a text, which a second paragraph repeats. */
function changeable(text: string): (string | undefined)[] {
  return changeNumber(documentOf(`${text}\n\n${text}\n`), first)
    .filter(({ section, block }) => section === 0 && block.start === 0)
    .map(({ cues }) => cues[1]);
}

describe('a number may be changed', () => {
  it.each(
    (
      'ms millisecond milliseconds s sec secs second seconds m min mins minute minutes h hour hours day days week weeks ' +
      '% percent kb mb gb kib MiB GB byte bytes character characters char chars line lines row rows file files item items ' +
      'request requests retries attempt attempts times call calls worker workers thread threads connection ' +
      'connections entries tokens round rounds user users test tests column columns pixel pixels px'
    ).split(' '),
  )('of one digit before the unit %s', (unit) => {
    expect(changeable(`Wait 5 ${unit} here.`)).toEqual(['5']);
    expect(changeable(`Wait 5${unit} here.`)).toEqual(['5']);
  });

  it.each<[string, string, string[]]>([
    ['with a hyphen before its unit', 'A 5-line script.', ['5']],
    ['of two digits without a unit', 'Take 40 of them.', ['40']],
    ['of two digits before an unknown unit', 'Take 40 apples now.', ['40']],
    ['of seven digits', 'Take 1234567 of them.', ['1234567']],
    ['at the beginning and at the end', '40 or 50', ['40', '50']],
    ['in parentheses', 'Some (40) of them.', ['40']],
    ['at the end of a sentence', 'Take 40. Then 50, or 60', ['40', '50', '60']],
    ['that is no year of our days', 'Take 1850 or 2150 of them.', ['1850', '2150']],
    ['that only begins or ends like a year', 'Take 12019 or 20190.', ['12019', '20190']],
    ['that is a year but has a unit', 'After 2019 rows it ends.', ['2019']],
    ['behind a word that counts nothing', 'The steps 40 and mistake 50.', ['40', '50']],
    ['twice before a unit of two words', 'Some 2 items, 3 files.', ['2', '3']],
    ['before a unit that goes on as a path', 'Take 40 s/x of it.', ['40']],
  ])('%s', (_, text, numbers) => {
    expect(changeable(text)).toEqual(numbers);
  });
});

describe('a number may not be changed', () => {
  it.each<[string, string]>([
    ['of one digit without a unit', 'Take 5 of them.'],
    ['of one digit before what only begins like a unit', 'Take 5 minutely reports.'],
    ['that is one', 'Wait 1 second here.'],
    ['that begins with a nought', 'Wait 05 seconds, or 007.'],
    ['that is a year', 'As of 1999 and 2019 and 2026.'],
    ['of eight digits', 'Take 12345678 of them.'],
    ['inside of a word', 'Take v40 and x_40 and 40x.'],
    ['behind a full stop', 'Take .40 of it.'],
    ['that is an issue', 'See #40 for it.'],
    ['in a path', 'See a/40 and 40/b.'],
    ['in a time of day', 'At 12:40 in the night.'],
    ['that is about', 'Take ~40 of them.'],
    ['that is money', 'Pay $40 for it.'],
    ['with a separator', 'Take 40,500 of them.'],
    ['with decimals', 'Take 40.55 of them.'],
    ['in a range', 'Take 40–50 or 40-50 of them.'],
    ['that is negative', 'Take -40 of them.'],
    ['before a hyphen and no unit', 'A 40-fold gain.'],
    ['in a code span', 'Wait `40 seconds` here.'],
  ])('%s', (_, text) => {
    expect(changeable(text)).toEqual([]);
  });

  it.each(
    'step task phase line lines section issue pr table figure page item version wave part chapter milestone round Step PR'.split(
      ' ',
    ),
  )('that says which %s', (word) => {
    expect(changeable(`See ${word} 40 for it.`)).toEqual([]);
  });

  it('which the plan gives once, or twice in one paragraph', () => {
    expect(outcomes('Wait 40 seconds. Stop after 40 seconds.\n', changeNumber)).toEqual([]);
    expect(outcomes('Wait 40 seconds.\n\nStop after 50 seconds.\n', changeNumber)).toEqual([]);
  });

  it.each<[string, string]>([
    ['Wait 5 ms.', 'Wait 5 m.'],
    ['Wait 40 seconds.', 'Wait 40 rows.'],
    ['Wait 40 seconds.', 'Take 40.'],
  ])('where the other one has another unit: %s %s', (one, other) => {
    expect(outcomes(`${one}\n\n${other}\n`, changeNumber)).toEqual([]);
  });
});

describe('a changed number', () => {
  it.each<[string, string]>([
    ['Wait 5 second.', 'Wait 5 seconds.'],
    ['Wait 5 SECONDS.', 'Wait 5 seconds.'],
    ['Wait 5 secs.', 'Wait 5-sec.'],
    ['Wait 5ms.', 'Wait 5 ms.'],
    ['Take 40.', 'Take 40 apples.'],
  ])('is the same elsewhere, however its unit is written: %s %s', (one, other) => {
    expect(outcomes(`${one}\n\n${other}\n`, changeNumber)).toHaveLength(2);
  });

  it('may be the same in a code span, which stays', () => {
    expect(outcomes('Wait 40 seconds.\n\nSay `--wait 40 seconds`.\n', changeNumber)).toEqual([
      'Wait 80 seconds.\n\nSay `--wait 40 seconds`.\n',
    ]);
  });

  it.each<[number, string]>([
    [0, '82'],
    [0.2, '410'],
    [0.4, '123'],
    [0.6, '46'],
    [0.8, '20'],
  ])('is by chance %d two, ten or three times as much, five more or the half: %s', (chance, fresh) => {
    expect(outcomes('Take 41.\n\nGive 41.\n', changeNumber, () => chance)).toEqual([
      `Take ${fresh}.\n\nGive 41.\n`,
      `Take 41.\n\nGive ${fresh}.\n`,
    ]);
  });

  it('is none that the plan has', () => {
    const plan = (numbers: string): string => `Take 41.\n\nGive 41.\n\n\`${numbers}\`\n`;

    expect(outcomes(plan('82 410 123 46'), changeNumber)[0]).toContain('Take 20.');
    expect(outcomes(plan('82 x410 1.123 46 20'), changeNumber)).toEqual([]);
  });

  it('is told with what stands around it', () => {
    const text = `${'a'.repeat(40)} 41 ${'b'.repeat(60)}`;
    const plan = `Take 41.\n\n# Here\n\n${text}\n`;

    expect(changeNumber(documentOf(plan), first)).toEqual([
      {
        operator: 'change-number',
        splices: [{ start: 5, end: 7, fresh: '82' }],
        block: { start: 0, end: 8 },
        isAbsence: false,
        section: 0,
        cues: ['82', '41'],
        describes: '41 became 82 in “Take 41.”, and is 41 elsewhere.',
      },
      {
        operator: 'change-number',
        splices: [{ start: 59, end: 61, fresh: '82' }],
        block: { start: 18, end: 122 },
        isAbsence: false,
        section: 1,
        cues: ['82', '41'],
        describes: `41 became 82 in “${'a'.repeat(29)} 41 ${'b'.repeat(47)}”, and is 41 elsewhere.`,
      },
    ]);
  });
});
