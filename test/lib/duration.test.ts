import { assert, constantFrom, integer, property } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatDuration, LONGEST_TIMER, parseDuration } from '../../src/lib/duration.ts';

describe('a duration', () => {
  it.each([
    ['90s', 90_000],
    ['20m', 1_200_000],
    ['1h', 3_600_000],
    ['500ms', 500],
    ['1.5h', 5_400_000],
    ['0.0004s', 0],
    ['0s', 0],
    ['0', 0],
    [' 5m ', 300_000],
  ])('is read: %j', (text, ms) => {
    expect(parseDuration(text)).toBe(ms);
  });

  it.each(['', '5', '-5m', '5 m', '5M', '5d', 'm', '1h30m', '1e3s', 'Infinity', '.5s', '5.s', '0x5s'])(
    'is refused: %j',
    (text) => {
      expect(parseDuration(text)).toBeUndefined();
    },
  );

  it.each([
    [0, '0s'],
    [499, '0s'],
    [500, '1s'],
    [8_000, '8s'],
    [59_499, '59s'],
    [59_500, '1m00s'],
    [161_000, '2m41s'],
    [3_599_499, '59m59s'],
    [3_600_000, '1h00m'],
    [3_780_000, '1h03m'],
    [90_000_000, '25h00m'],
    [-5, '0s'],
  ])('of %d ms is written %j', (ms, text) => {
    expect(formatDuration(ms)).toBe(text);
  });

  it('is read in whole milliseconds, whatever the unit', () => {
    assert(
      property(integer({ min: 0, max: 1000 }), constantFrom('ms', 's', 'm', 'h'), (amount, unit) => {
        expect(Number.isInteger(parseDuration(`${amount}${unit}`))).toBe(true);
      }),
    );
  });

  it('fits a timer up to almost 25 days', () => {
    expect(formatDuration(LONGEST_TIMER)).toBe('596h31m');
  });
});
