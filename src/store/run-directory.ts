import { access, mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { cannotWrite, runRemoved, runUnreadable, writeError } from '../errors/store.ts';
import type { RunFiles } from '../ports.ts';
import { atomicWrite } from './atomic-write.ts';

export const STATE_DIR = '.refine-plan-against-codex';

/** Where the runs of a plan are kept: beside it, unless a state root was given. */
export function stateRoot(plan: string, root: string | null): string {
  return root ?? join(dirname(plan), STATE_DIR);
}

/** The plan's short name: its file name without a leading date and without `.md`; at most 80 bytes. */
export function slugOf(path: string): string {
  const name = basename(path)
    .replace(/\.md$/i, '')
    .replace(/^(?:\d{8}|\d{4}-\d{2}-\d{2})-/, '')
    // oxlint-disable-next-line no-control-regex -- control characters are what is replaced
    .replace(/[\u0000-\u001f\u007f-\u009f/\\]/g, '-');
  const bytes = Buffer.from(name);
  const short =
    bytes.length <= 80 ? name : new TextDecoder().decode(bytes.subarray(0, 80)).replace(/\ufffd+$/, '');
  return /^[\s.]*$/.test(short) ? 'plan' : short;
}

/**
 * Makes a directory for a new run, and claims its id: `<slug>-<time>`, with `-2` and so on where taken. Each id is announced
 * before its directory is made, so that whoever comes after a crash knows what to look for.
 */
export async function createRunDirectory(
  { root, slug, now }: { readonly root: string; readonly slug: string; readonly now: Date },
  announce: (id: string) => Promise<void>,
): Promise<{ id: string; dir: string }> {
  await makeStateRoot(root);
  const stem = `${slug}-${now.toISOString().slice(0, 19).replace(/[-:]/g, '')}Z`;
  for (let n = 1; ; n += 1) {
    const id = n === 1 ? stem : `${stem}-${n}`;
    const dir = join(root, id);
    await announce(id);
    try {
      await mkdir(dir, { mode: 0o700 });
      return { id, dir };
    } catch (error) {
      if (!isCode(error, 'EEXIST')) throw writeError(dir, error);
    }
  }
}

/** Makes the state root, private to the user and invisible to git. One that is there already is left as it is. */
export async function makeStateRoot(root: string): Promise<void> {
  try {
    if ((await makeDirectory(root)) || (await isUnfinished(root)))
      await writeFile(join(root, '.gitignore'), '*\n', { mode: 0o600 });
  } catch (error) {
    throw isCode(error, 'EEXIST') ? cannotWrite(root, error) : writeError(root, error);
  }
}

/** Did a process die between making the root and hiding it from git? */
async function isUnfinished(root: string): Promise<boolean> {
  const [name, ...others] = await readdir(root);
  if (name === undefined) return basename(root) === STATE_DIR; // one that the user made is left as it is
  if (name !== '.gitignore' || others.length > 0) return false;
  return ['', '*'].includes(await readFile(join(root, name), 'utf8'));
}

/** Makes a directory and those above it; false where it is there. Node's own way to do so never ends below /proc. */
async function makeDirectory(path: string, hasParent = dirname(path) === path): Promise<boolean> {
  try {
    await mkdir(path, { mode: 0o700 });
    return true;
  } catch (error) {
    if (isCode(error, 'EEXIST') && (await stat(path)).isDirectory()) return false;
    if (!isCode(error, 'ENOENT') || hasParent) throw error;
  }
  await makeDirectory(dirname(path));
  return makeDirectory(path, true);
}

function isCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code;
}

/** The files of one run. */
export function openRunFiles(dir: string): RunFiles {
  const pathOf = async (name: string): Promise<string> => {
    const path = join(dir, name);
    if (dirname(path) === dir) return path;
    try {
      await mkdir(dirname(path), { mode: 0o700 });
    } catch (error) {
      // A run that was removed is not made anew piece by piece.
      if (isCode(error, 'ENOENT')) throw runRemoved(dir);
      if (!isCode(error, 'EEXIST')) throw writeError(path, error);
    }
    return path;
  };
  return {
    pathOf,
    write: async (name, text) => atomicWrite(await pathOf(name), text),
    read: async (name) =>
      readFile(join(dir, name), 'utf8').catch((error: NodeJS.ErrnoException) => {
        if (error.code === 'ENOENT') return undefined;
        throw runUnreadable(dir, name, error);
      }),
  };
}

/** The directories below a state root that hold a journal. */
export async function runDirectories(root: string): Promise<string[]> {
  const names = await readdir(root).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT' || error.code === 'ENOTDIR') return [];
    throw error;
  });
  const dirs = names.map((name) => join(root, name));
  const isRun = await Promise.all(
    dirs.map((dir) =>
      access(join(dir, 'events.jsonl')).then(
        () => true,
        () => false,
      ),
    ),
  );
  return dirs.filter((_, index) => isRun[index]);
}
