import { expect, it } from 'vitest';
import { formatBytes } from '../../src/lib/bytes.ts';

it('says bytes in the unit that people would', () => {
  const sizes = [0, 999, 1000, 12_345, 999_949, 999_950, 1e9, 5e15];

  expect(sizes.map(formatBytes)).toEqual([
    '0 B',
    '999 B',
    '1.0 kB',
    '12.3 kB',
    '999.9 kB',
    '1.0 MB',
    '1.0 GB',
    '5000.0 TB',
  ]);
});
