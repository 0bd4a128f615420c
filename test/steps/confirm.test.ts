import { describe, expect, it } from 'vitest';
import { endOf, factsOf, leftOf, lived, type Given } from './world.ts';

describe('a person who confirms', () => {
  const CONFIRM: Given = { settings: { confirm: true } };

  it('drops a finding, which is left to them, and tells the implementer about another', async () => {
    const world = await lived({
      ...CONFIRM,
      triage: () => ({
        by: 'user',
        dropped: [{ id: 'F1', reason: 'We want it so.' }],
        notes: [{ id: 'F2', note: 'Use the outbox.' }],
      }),
    });

    expect(factsOf(world, 'findings.accepted')[0]?.findings).toEqual(['F2']);
    expect(leftOf(world)['F1']).toBe('We want it so.');
    expect(world.disk.files.get('round-01/prompt-fix-1.md')).toContain('The user says: Use the outbox.');
  });

  it('sees the diff, and what they do not want is not written', async () => {
    const diffs: string[] = [];
    const world = await lived({
      ...CONFIRM,
      approve: (diff) => {
        diffs.push(diff);
        return { by: 'user', applied: false };
      },
    });

    expect(diffs[0]).toContain('-2. Insert each customer; retry until it works.');
    expect(factsOf(world, 'edits.applied')).toEqual([]);
    expect(endOf(world)).toEqual(['completed_cap', 'declined', 1]);
    expect(world.disk.files.get('round-01/rejected.md')).toContain('You did not want it.');
  });

  it('is nobody where nobody is there', async () => {
    expect(endOf(await lived(CONFIRM))).toEqual(endOf(await lived()));
  });
});
