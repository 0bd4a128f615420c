import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gitRefused } from '../errors/git.ts';
import { openGit, type World } from './git.ts';

type Texts = { readonly base: string; readonly ours: string; readonly theirs: string };

/** A three-way merge of texts; null where both sides changed the same place. */
export async function mergeText(
  { base, ours, theirs }: Texts,
  { root, world: { env } }: { readonly root: string; readonly world: Pick<World, 'env'> },
): Promise<string | null> {
  if (ours === base) return theirs;
  if (ours === theirs) return ours;
  const dir = await mkdtemp(join(tmpdir(), 'refine-plan-merge-'));
  try {
    const files = { ours: join(dir, 'ours'), base: join(dir, 'base'), theirs: join(dir, 'theirs') };
    for (const [path, text] of [
      [files.ours, ours],
      [files.base, base],
      [files.theirs, theirs],
    ] as const)
      await writeFile(path, text, { flag: 'wx', mode: 0o600 });
    const args = ['merge-file', '--stdout', '--', files.ours, files.base, files.theirs];
    const { exitCode, stdout, words } = await openGit({ dir: root, env }).attempt(...args);
    if (exitCode === 0) return stdout;
    if (exitCode > 0 && exitCode < 128) return null; // the number of conflicts
    throw gitRefused(args, words);
  } finally {
    await rm(dir, { recursive: true, force: true });
  }
}
