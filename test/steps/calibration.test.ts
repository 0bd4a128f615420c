import { describe, expect, it } from 'vitest';
import { failing, review } from './answers.ts';
import { endOf, factsOf, lived, runOf, type Answer } from './world.ts';

const nothing: Answer = () => review('approve');

describe('a calibration', () => {
  const PLAN = `# Import

## Steps

1. First copy the table \`customers\` before anything else.
2. Then run the import in batches of 500.
3. Then delete the old rows, all batches of 500 at a time.

## Errors

- If a row fails, write it to the file \`failed.csv\` and go on.
- Retry each batch 3 times, unless the table \`customers\` is locked.

## Rollback

- Restore the table \`customers\` from the copy.

## Acceptance

- Every row of \`failed.csv\` is explained, and the count of \`customers\` must be the same.
`;

  it('counts what is found of the defects that were planted in a copy, and touches nothing', async () => {
    const world = await lived({
      plan: PLAN,
      settings: { calibrate: true },
      answers: { '1/calibrate-1': nothing, '1/review-1': nothing },
    });
    const [scored] = factsOf(world, 'calibration.scored');
    const prompt = world.disk.files.get('round-01/prompt-calibrate-1.md') ?? '';

    expect(world.calls).toEqual(['1/calibrate-1', '1/review-1']);
    expect(scored?.found).toBe(0);
    expect(scored?.seeded).toBeGreaterThanOrEqual(3);
    expect(scored?.recall?.low).toBeLessThan(0.2);
    expect(prompt).not.toBe(world.disk.files.get('round-01/prompt-review-1.md'));
    expect(world.disk.plan).toBe(PLAN);
    expect(runOf(world).ledger.size).toBe(0);
  });

  it('that comes to nothing is no reason to stop', async () => {
    const world = await lived({
      plan: PLAN,
      settings: { calibrate: true },
      answers: { '1/calibrate-1': () => failing('auth'), '1/review-1': nothing },
    });

    expect(factsOf(world, 'calibration.scored')).toMatchObject([{ problem: 'It went wrong.', recall: null }]);
    expect(endOf(world)).toEqual(['completed_clean', null, 0]);
  });
});
