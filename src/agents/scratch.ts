import { constants } from 'node:fs';
import { chmod, lstat, mkdir, open, readdir, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, dirname, isAbsolute, join, relative, sep } from 'node:path';
import { LARGEST_PLAN } from '../core/plan-text.ts';
import { isBelow } from '../process/is-below.ts';
import { decodeUtf8 } from '../lib/utf8.ts';
import { noScratchPlace, scratchError } from '../errors/agents.ts';

export type Scratch = {
  /** The agent's working directory: empty, or holding only the copy. */
  readonly dir: string;
  /** The copy to edit; null where there is none. */
  readonly plan: string | null;
  /** A private directory beside it, for homes, schemas and temporary files. */
  readonly aside: string;
  /** What all processes of the call are known by. */
  readonly mark: string;
  /** What the agent made of the copy (null where that is no usable text), and what else appeared beside it. */
  readonly takeBack: () => Promise<{ readonly edited: string | null; readonly discarded: readonly string[] }>;
  readonly [Symbol.asyncDispose]: () => Promise<void>;
};

const STEM = 'refine-plan-';

const MOST_LISTED = 100;
const MOST_VISITED = 10_000;

/** Where the scratch directory of a call is made: outside of the repository, and named after the call's mark. */
export async function scratchRoot(repoRoot: string, mark: string): Promise<string> {
  return join(await placeOutside(repoRoot), `${STEM}${mark}`);
}

/** Makes that private directory; it is removed with whatever an agent put there. */
export async function openScratch(wish: {
  readonly root: string;
  readonly mark: string;
  readonly copy: { readonly path: string; readonly text: string } | null;
}): Promise<Scratch> {
  const { root, mark } = wish;
  await mkdir(root, { mode: 0o700 }).catch((error: unknown) => {
    throw scratchError(dirname(root), error);
  });
  const [dir, aside] = [join(root, 'work'), join(root, 'aside')];
  const plan = wish.copy && join(dir, inside(wish.copy.path));
  try {
    await mkdir(dir);
    await mkdir(aside);
    if (plan && wish.copy) {
      await mkdir(dirname(plan), { recursive: true });
      await writeFile(plan, wish.copy.text);
    }
  } catch (error) {
    await remove(root);
    throw scratchError(root, error);
  }
  return {
    dir,
    plan,
    aside,
    mark,
    takeBack: async () => ({
      edited: plan && (await textOf(plan)),
      discarded: await everythingBut(plan, dir),
    }),
    [Symbol.asyncDispose]: () => remove(root),
  };
}

/** The first directory for temporary files that is not inside of the repository, whose own files agents would find. */
async function placeOutside(repoRoot: string): Promise<string> {
  for (const candidate of [tmpdir(), '/tmp', '/var/tmp']) {
    const place = await realpath(candidate).catch(() => undefined); // One that does not exist is none.
    if (place !== undefined && !isBelow(place, repoRoot)) return place;
  }
  throw noScratchPlace(repoRoot);
}

/** A plan that does not lie in the repository keeps its name only. */
function inside(path: string): string {
  return isAbsolute(path) || path.split(sep).includes('..') ? basename(path) : path;
}

/** The text of a regular file, and of nothing that an agent may have put in its place. */
async function textOf(path: string): Promise<string | null> {
  try {
    if ((await realpath(path)) !== path || !(await lstat(path)).isFile()) return null;
    await using file = await open(path, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
    if ((await file.stat()).size > LARGEST_PLAN) return null;
    return decodeUtf8(await file.readFile());
  } catch {
    return null; // Gone, unreadable: whatever it is, it is not the plan's new text.
  }
}

async function everythingBut(plan: string | null, dir: string): Promise<string[]> {
  const found: string[] = [];
  const open = [dir];
  for (let visited = 0, here = open.pop(); here !== undefined && visited < MOST_VISITED; here = open.pop()) {
    const entries = await readdir(here, { withFileTypes: true }).catch(() => []); // What cannot be listed cannot be named.
    visited += entries.length;
    for (const entry of entries) {
      const path = join(here, entry.name);
      if (entry.isDirectory()) open.push(path);
      else if (path !== plan) found.push(relative(dir, path));
    }
    if (entries.length === 0 && here !== dir && !plan?.startsWith(here + sep))
      found.push(relative(dir, here) + sep);
  }
  return found.toSorted().slice(0, MOST_LISTED);
}

/** Removes the scratch directory that another program left behind; of anything that was not made for this mark it keeps off. */
export async function removeScratch(root: string, mark: string): Promise<void> {
  if (!isAbsolute(root) || basename(root) !== `${STEM}${mark}`) return;
  const about = await lstat(root).catch(() => null); // removed already
  if (about?.isDirectory() && about.uid === process.getuid?.()) await remove(root);
}

async function remove(root: string): Promise<void> {
  const options = { recursive: true, force: true, maxRetries: 3, retryDelay: 50 } as const;
  try {
    await rm(root, options);
  } catch {
    await openUp(root);
    // What even now cannot be removed stays in the directory for temporary files; the run does not depend on it.
    await rm(root, options).catch(() => undefined);
  }
}

/** Directories that an agent closed to us are opened, so that they can be emptied. */
async function openUp(dir: string): Promise<void> {
  await chmod(dir, 0o700).catch(() => undefined); // If that fails, removing will too.
  const entries = await readdir(dir, { withFileTypes: true }).catch(() => []);
  for (const entry of entries) if (entry.isDirectory()) await openUp(join(dir, entry.name));
}
