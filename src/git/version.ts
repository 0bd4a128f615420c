import { openGit, type World } from './git.ts';

/** The version that git tells, as `2.43.0`. */
export async function gitVersion({ cwd, env }: World): Promise<string> {
  const said = await openGit({ dir: cwd, env }).run('version');
  return /\d+(?:\.\d+)+/.exec(said)?.[0] ?? said.trim();
}
