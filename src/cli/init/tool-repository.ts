import { realpath } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { UserError } from '../../errors.ts';
import { findRepo } from '../../git/open-repo.ts';
import { githubName, remoteUrls } from '../../git/remotes.ts';
import { packageFile } from '../../package-file.ts';
import type { World } from '../world.ts';

/** Stands for a repository that is not known. */
export const UNKNOWN_TOOL = 'OWNER/refine-plan';

/**
 * Where this program is on GitHub: what a workflow that is there already uses, else where the clone came from that this
 * program runs from.
 */
export async function toolRepository(workflow: string | null, world: Pick<World, 'env'>): Promise<string> {
  const used = usedBy(workflow)?.[1];
  if (used !== undefined && used !== UNKNOWN_TOOL) return used;
  return (await cloneOf(fileURLToPath(packageFile('')), world)) ?? UNKNOWN_TOOL;
}

/** The branch, tag or commit of it that a workflow is pinned to; undefined where there is none, or it is the usual one. */
export function pinOf(workflow: string | null): string | undefined {
  const ref = usedBy(workflow)?.[2];
  return ref === 'main' || ref === '' ? undefined : ref;
}

/** The repository and the ref of it that a workflow calls ours at. */
function usedBy(workflow: string | null): RegExpExecArray | null {
  return /^\s*uses:\s*["']?([\w.-]+\/[\w.-]+)\/\.github\/workflows\/review\.yml@([\w./-]*)/m.exec(
    workflow ?? '',
  );
}

/** `owner/name` of the GitHub repository that a directory is a clone of. A package inside of another clone is none. */
export async function cloneOf(dir: string, world: Pick<World, 'env'>): Promise<string | undefined> {
  try {
    const [place, root] = [await findRepo(dir, world), await realpath(dir)];
    if (place?.kind !== 'work-tree' || place.root !== root) return undefined;
    const urls = await remoteUrls({ root, world });
    return urls.map(githubName).find((name) => name !== undefined);
  } catch (error) {
    if (error instanceof UserError) return undefined; // git will not answer there: then it is not known
    throw error;
  }
}
