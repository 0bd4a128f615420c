import { expect, it } from 'vitest';
import { firstError } from '../../src/lib/first-error.ts';

function suppressing(error: Error, suppressed: unknown): Error {
  return Object.assign(new Error(''), { name: 'SuppressedError', error, suppressed });
}

it('is what went wrong first, however many things could not be closed after it', () => {
  const first = new Error('The disk reports an error.');
  const closing = new Error('EIO: i/o error, close');

  expect(firstError(first)).toBe(first);
  expect(firstError(suppressing(closing, first))).toBe(first);
  expect(firstError(suppressing(closing, suppressing(closing, first)))).toBe(first);
  expect(firstError('no error at all')).toBe('no error at all');
});
