import { appendFileSync, mkdirSync, truncateSync, writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { Fact } from '../../src/core/fact.ts';
import { listRuns, loadRun } from '../../src/store/runs.ts';
import { CALL_STARTED, roundStarted, runFinished, runStarted, writeJournal } from './facts.ts';
import { errorOf, tempDir } from './temp-dir.ts';

const FIRST: readonly Fact[] = [runStarted('/repo/plan.md'), roundStarted(1)];

describe('the listing of runs', () => {
  it('tells each by its first and its last fact, newest first', async () => {
    using dir = tempDir();
    await keep(dir.at('plan-1'), [...FIRST, runFinished()], 10);
    await keep(dir.at('plan-2'), [...FIRST, CALL_STARTED], 20);
    await keep(dir.at('plan-3'), [runStarted('/repo/plan.md', 'review')], 30);

    const runs = await listRuns([dir.path]);

    expect(runs.map(({ id, kind, status, round }) => [id, kind, status, round])).toEqual([
      ['plan-3', 'review', 'in_progress', 0],
      ['plan-2', 'refine', 'in_progress', 1],
      ['plan-1', 'refine', 'completed_clean', 1],
    ]);
    expect(runs[1]).toMatchObject({
      dir: dir.at('plan-2'),
      plan: '/repo/plan.md',
      startedAt: '1970-01-01T00:00:20.000Z',
      lastAt: '1970-01-01T00:00:22.000Z',
    });
  });

  it('of the same second goes by number', async () => {
    using dir = tempDir();
    for (const id of ['plan-1970Z', 'plan-1970Z-10', 'plan-1970Z-2']) await keep(dir.at(id), FIRST);

    expect((await listRuns([dir.path])).map(({ id }) => id)).toEqual([
      'plan-1970Z-10',
      'plan-1970Z-2',
      'plan-1970Z',
    ]);
  });

  it('takes a run that was resumed after its end for one in progress', async () => {
    using dir = tempDir();
    await keep(dir.at('plan-1'), [...FIRST, runFinished(), CALL_STARTED]);

    expect((await listRuns([dir.path]))[0]?.status).toBe('in_progress');
  });

  it('passes over what is no run, and roots that are not there', async () => {
    using dir = tempDir();
    await keep(dir.at('plan-1'), FIRST);
    mkdirSync(dir.at('empty'));
    mkdirSync(dir.at('unborn'));
    writeFileSync(dir.at('unborn/events.jsonl'), '{"v":1,"ts":"1970');
    writeFileSync(dir.at('.gitignore'), '*\n');

    const runs = await listRuns([dir.path, dir.at('nowhere'), dir.at('.gitignore'), dir.path]);

    expect(runs.map(({ id }) => id)).toEqual(['plan-1']);
  });

  it('reads a long last line, and one that was torn', async () => {
    using dir = tempDir();
    await keep(dir.at('plan-1'), [...FIRST, roundStarted(2, 'x'.repeat(200_000))]);
    await keep(dir.at('plan-2'), [...FIRST, roundStarted(2), roundStarted(3, 'x'.repeat(200_000))]);
    truncateSync(dir.at('plan-2/events.jsonl'), 150_000);

    const runs = await listRuns([dir.path]);

    expect(runs.map(({ id, round }) => [id, round])).toEqual([
      ['plan-2', 2],
      ['plan-1', 2],
    ]);
  });

  it('shows a run that a newer version went on with', async () => {
    using dir = tempDir();
    await keep(dir.at('plan-1'), FIRST);
    const fact = { v: 1, ts: '1970-01-01T00:00:09.000Z', run: 'plan-1', type: 'chunk.merged' };
    appendFileSync(dir.at('plan-1/events.jsonl'), `${JSON.stringify(fact)}\n`);

    expect((await listRuns([dir.path])).map(({ id, round }) => [id, round])).toEqual([['plan-1', 1]]);
    expect((await loadRun(dir.at('plan-1')))?.run.rounds).toHaveLength(1);
  });

  it('shows a damaged run, whose damage is reported once it is loaded', async () => {
    using dir = tempDir();
    await keep(dir.at('plan-1'), FIRST);
    appendFileSync(dir.at('plan-1/events.jsonl'), 'not a fact\n');

    expect((await listRuns([dir.path])).map(({ id, status }) => [id, status])).toEqual([
      ['plan-1', 'in_progress'],
    ]);
    expect(await errorOf(loadRun(dir.at('plan-1')))).toMatchObject({ code: 'journal_damaged', exitCode: 3 });
  });
});

describe('a run', () => {
  it('is the fold of its journal', async () => {
    using dir = tempDir();
    await keep(dir.at('plan-1'), [...FIRST, CALL_STARTED]);

    const kept = await loadRun(dir.at('plan-1'));

    expect(kept?.run).toMatchObject({
      id: 'plan-1',
      position: { at: 'reviewing', looks: [{ pending: 'review-1' }] },
    });
    expect(kept?.facts).toHaveLength(3);
  });

  it('without a first fact is none', async () => {
    using dir = tempDir();
    await keep(dir.at('plan-1'), []);

    expect(await loadRun(dir.at('plan-1'))).toBeUndefined();
  });
});

async function keep(dir: string, facts: readonly Fact[], from = 0): Promise<void> {
  mkdirSync(dir);
  await writeJournal(`${dir}/events.jsonl`, 'plan-1', facts, from);
}
