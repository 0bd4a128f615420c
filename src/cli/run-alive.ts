import { dirname } from 'node:path';
import type { Run } from '../core/run.ts';
import { callerFor } from '../store/call-notes.ts';
import { lockHolder } from '../store/lock.ts';

/** The process that works on a run, if there is one: the owner of the plan's lock; of a review, which takes none, its calls'. */
export async function processOf(run: Run, dir: string): Promise<number | undefined> {
  if (run.kind === 'review') return callerFor(run.id, dirname(dir));
  const owner = await lockHolder(run.started.plan.path);
  return owner?.run === run.id ? owner.pid : undefined;
}
