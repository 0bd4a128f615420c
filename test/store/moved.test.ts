import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { planOf } from '../../src/store/moved.ts';
import { listRuns, loadRun } from '../../src/store/runs.ts';
import { runStarted, writeJournal } from './facts.ts';
import { tempDir } from './temp-dir.ts';

const RELATIVE = join('docs', 'plan.md');
const RUN = join('docs', '.refine-plan-against-codex', 'plan-1');

/** A repository with a plan, and the directory of a run beside it. */
function repository(root: string): { readonly plan: string; readonly dir: string } {
  const [plan, dir] = [join(root, RELATIVE), join(root, RUN)];
  mkdirSync(dirname(plan), { recursive: true });
  writeFileSync(plan, '# Plan\n');
  return { plan, dir };
}

describe('the plan of a run', () => {
  it('is where it was, while it is there', async () => {
    using dir = tempDir();
    const [old, copy] = [repository(dir.at('old')), repository(dir.at('copy'))];

    expect(await planOf({ path: old.plan, relative: RELATIVE, slug: 'plan' }, copy.dir)).toBe(old.plan);
  });

  it('is around the run, where the repository was moved together with it', async () => {
    using dir = tempDir();
    const { plan, dir: run } = repository(dir.at('new'));

    expect(await planOf({ path: dir.at('old/docs/plan.md'), relative: RELATIVE, slug: 'plan' }, run)).toBe(
      plan,
    );
  });

  it.each([
    ['lay elsewhere in the repository', join('plans', 'plan.md'), RUN],
    ['is not kept beside its plan', RELATIVE, 'docs/state/plan-1'],
    ['is of a plan that is not there either', join('docs', 'other.md'), RUN],
  ])('stays what it was for a run that %s', async (_, relative, run) => {
    using dir = tempDir();
    repository(dir.at('new'));
    const path = join(dir.at('old'), relative);

    expect(await planOf({ path, relative, slug: 'plan' }, dir.at(join('new', run)))).toBe(path);
  });
});

it('a run that was moved is listed, and read back, as one of the plan around it', async () => {
  using dir = tempDir();
  const { plan, dir: run } = repository(dir.at('new'));
  const old = dir.at('old/docs/plan.md');
  const started = runStarted(old);
  mkdirSync(run, { recursive: true });
  await writeJournal(join(run, 'events.jsonl'), 'plan-1', [
    { ...started, plan: { ...started.plan, relative: RELATIVE } },
  ]);

  const [listed] = await listRuns([dirname(run)]);
  const kept = await loadRun(run);

  expect(listed).toMatchObject({ plan, movedFrom: old });
  expect(kept?.run.started.plan.path).toBe(plan);
  expect(kept?.run.isMoved).toBe(true);
});
