import { readdir } from 'node:fs/promises';
import { join } from 'node:path';

/** The walk ends here: a glob may stand for a whole home directory. */
const MOST_DIRECTORIES = 200;

/**
 * Where plans may lie outside of any repository: in the directory itself, and at or below the directory part of the plan
 * glob, the nearest first. Nothing is looked for in hidden directories and in installed packages.
 */
export async function planDirs(glob: string, root: string): Promise<string[]> {
  const found = [join(root, directoryPart(glob))];
  for (let next = 0; next < found.length && found.length < MOST_DIRECTORIES; next += 1)
    found.push(...(await directoriesIn(found[next] ?? root)));
  return [...new Set([root, ...found.slice(0, MOST_DIRECTORIES)])];
}

/** What of a glob names directories without a wildcard. */
function directoryPart(glob: string): string {
  const names = glob.split('/').slice(0, -1);
  const wild = names.findIndex((name) => /[*?[\\]/.test(name));
  return names.slice(0, wild === -1 ? names.length : wild).join('/');
}

async function directoriesIn(dir: string): Promise<string[]> {
  const entries = await readdir(dir, { withFileTypes: true }).catch(() => []); // What cannot be read has no runs to show.
  return entries
    .filter((entry) => entry.isDirectory() && !entry.name.startsWith('.') && entry.name !== 'node_modules')
    .map(({ name }) => join(dir, name));
}
