import { access, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Git } from './git.ts';

/** What git has begun and not finished: each can be continued or aborted by the command of this name. */
export type Operation = 'rebase' | 'am' | 'merge' | 'cherry-pick' | 'revert';

/** The operation under way in a work tree, or null. */
export async function operationIn(git: Git, gitDir: string): Promise<Operation | null> {
  const has = (name: string): Promise<boolean> => exists(join(gitDir, name));
  // With reftable these two are refs and no files: only then is a process of git worth asking.
  const isAt = async (ref: string): Promise<boolean> => {
    if (!(await has('reftable'))) return has(ref);
    return (await git.find('rev-parse', '--verify', '--quiet', ref)) !== undefined;
  };

  if (await has('rebase-merge')) return 'rebase';
  if (await has('rebase-apply')) return (await has('rebase-apply/applying')) ? 'am' : 'rebase';
  if (await has('MERGE_HEAD')) return 'merge';
  if (await isAt('CHERRY_PICK_HEAD')) return 'cherry-pick';
  if (await isAt('REVERT_HEAD')) return 'revert';
  return between(await readFile(join(gitDir, 'sequencer', 'todo'), 'utf8').catch(() => null)); // Usually there is none.
}

/** Of several commits to pick or revert one is done, and the next not begun. */
function between(todo: string | null): Operation | null {
  if (todo === null) return null;
  return todo.trimStart().startsWith('revert') ? 'revert' : 'cherry-pick';
}

async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false, // Not there, or not to be looked at; git itself sees no more.
  );
}
