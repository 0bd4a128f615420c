import { statfs } from 'node:fs/promises';
import type { GitEnd } from './run-git.ts';

/**
 * Whether git failed because its disk takes no more, or reports errors; undefined where it failed for another reason. Exit
 * code 128 is git's own, and so are some lines: what a hook says of a disk is a refusal like any other. Git does not always say
 * why it could not write, so the disk is asked as well.
 */
export async function diskProblem(
  { exitCode, output }: GitEnd,
  gitDir: string,
): Promise<'full' | 'fails' | undefined> {
  if (exitCode !== 128) return undefined;
  const words = output.split('\n').filter((line) => /^(?:error|fatal): /.test(line));
  if (words.some((line) => line.includes('Input/output error'))) return 'fails';
  return words.some((line) => FULL.test(line)) || (await isFull(gitDir)) ? 'full' : undefined;
}

const FULL = /No space left on device|Out of diskspace|Disk quota exceeded/;

/** In bytes. What git had begun to write is given back when it ends, so a full disk has a little room again by then. */
const NEARLY_NOTHING = 65_536;

async function isFull(dir: string): Promise<boolean> {
  const about = await statfs(dir).catch(() => null); // a file system that does not tell
  return about !== null && about.blocks > 0 && about.bavail * about.bsize < NEARLY_NOTHING;
}
