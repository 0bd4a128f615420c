import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import type { FactOf } from '../../src/core/fact.ts';
import { keepRecall, measuredRecall } from '../../src/store/calibrations.ts';
import { tempDir } from './temp-dir.ts';

const SCORED: FactOf<'calibration.scored'> = {
  type: 'calibration.scored',
  round: 1,
  call: 'calibrate-1',
  problem: null,
  seeded: 6,
  found: 4,
  recall: { mean: 0.63, low: 0.4, high: 0.83 },
  defects: [],
};

const DAY = 24 * 60 * 60 * 1000;
const NOW = new Date('2026-01-10T00:00:00.000Z');

it('believes a measurement of the same reviewer and prompt for thirty days', async () => {
  using dir = tempDir();
  const file = join(dir.path, 'cache', 'calibrations.json');
  await keepRecall(file, 'codex', SCORED, NOW);
  await keepRecall(file, 'claude', { ...SCORED, found: 6 }, NOW);

  const known = { ...SCORED, round: 0, call: null, measured_at: NOW.toISOString() };
  expect(await measuredRecall(file, 'codex', new Date(NOW.getTime() + 30 * DAY))).toEqual(known);
  expect(await measuredRecall(file, 'claude', NOW)).toEqual({ ...known, found: 6 });
  expect(await measuredRecall(file, 'codex', new Date(NOW.getTime() + 31 * DAY))).toBeNull();
  expect(await measuredRecall(file, 'another', NOW)).toBeNull();
});

it('takes a cache that cannot be read for an empty one, and writes it anew', async () => {
  using dir = tempDir();
  const file = dir.at('calibrations.json');
  writeFileSync(file, '{"codex": ');

  expect(await measuredRecall(file, 'codex', NOW)).toBeNull();
  await keepRecall(file, 'codex', SCORED, NOW);
  expect(await measuredRecall(file, 'codex', NOW)).toMatchObject({ found: 4 });
});
