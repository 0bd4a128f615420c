import { describe, expect, it } from 'vitest';
import { apart, isNearer, isSame } from '../../src/core/contested/similarity.ts';

const LONG = Array.from({ length: 400 }, (_, n) => `word${n}`).join(' ');

describe('the characters between two texts', () => {
  it.each([
    ['aa', 'aaa', 1],
    ['aba', 'ababa', 2],
    ['xaa', 'aa', 1],
  ])('are not counted twice where %j and %j begin and end alike', (a, b, distance) => {
    expect(apart(a, b, 10)).toBe(distance);
    expect(apart(b, a, 10)).toBe(distance);
  });

  it.each([
    ['abc', 'wxyz', 1],
    ['abcdef', 'uvwxyz__', 2],
  ])('are more than may be where %j and %j differ in length by as many', (a, b, most) => {
    expect(apart(a, b, most)).toBeGreaterThan(most);
    expect(apart(b, a, most)).toBeGreaterThan(most);
  });

  it('are counted one by one in long texts too, where they begin or end alike', () => {
    expect(apart(`x${LONG}`, `y${LONG}`, 10)).toBe(1);
    expect(apart(`${LONG}x`, `${LONG}y`, 10)).toBe(1);
  });

  it('are counted one by one up to two thousand that differ, and by words beyond', () => {
    const text = (end: string, length: number): string => `${end}${'a'.repeat(length - 2)}${end}`;

    expect(apart(text('x', 2000), text('y', 2000), 10)).toBe(2);
    expect(apart(text('x', 2001), text('y', 2001), 10)).toBe(2001);
  });

  it('are too many where one long text says the same words far more often', () => {
    expect(apart('alpha betas '.repeat(300).trim(), 'betas alpha', 300)).toBeGreaterThan(300);
  });
});

describe('two texts are the same', () => {
  it.each([
    [90, true],
    [89, false],
  ])('up to a tenth of the longer one: of 100 characters, and %d of them: %s', (length, same) => {
    expect(isSame('a'.repeat(100), 'a'.repeat(length))).toBe(same);
    expect(isSame('a'.repeat(length), 'a'.repeat(100))).toBe(same);
  });
});

describe('a text comes nearer to another', () => {
  const goal = 'Refuse what comes.';

  it.each([
    ['Refuse what comes.', 'Refuse what came.', true, 'all the way'],
    ['Refuse what comes!', 'Refuse what came!!', true, 'more than half of the way'],
    ['Refuse what comes!', 'Refuse what come!', true, 'half of the way'],
    ['Refuse what come!!', 'Let what comes pass.', true, 'most of a long way'],
    ['Refuse what come!!', 'Refuse what com???', false, 'a third of the way'],
    ['Refuse what comes!', 'Refuse what comes?', false, 'less than half of the way'],
    ['Refuse what comes!', goal, false, 'away from it'],
    [goal, goal, false, 'where it was already'],
  ])('by %j from %j: %s, %s', (text, from, nearer) => {
    expect(isNearer(text, from, goal)).toBe(nearer);
  });
});
