import { lstat, mkdir, readFile, realpath, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { writeError } from '../errors/store.ts';
import { atomicWrite } from './atomic-write.ts';

/** What lies where a file of a repository is to be: nothing, a file, or something else, as a clause that says what. */
export type Placed =
  | { readonly kind: 'nothing' }
  | { readonly kind: 'file'; readonly text: string; readonly mode: number }
  /** The text is that of the file it leads to, where this is a file of the same repository. */
  | { readonly kind: 'in-the-way'; readonly what: string; readonly text: string | null };

/** More is not read for a file that has a few dozen lines. */
const LARGEST = 1024 * 1024;

/** Looks at the place of a file, given from the root with forward slashes, without following a link on the way. */
export async function placedFile(root: string, name: string): Promise<Placed> {
  const parts = name.split('/');
  for (const index of parts.keys()) {
    const part = parts.slice(0, index + 1).join('/');
    const about = await lstat(join(root, part)).catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return null;
      throw writeError(join(root, part), error);
    });
    if (!about) return { kind: 'nothing' };
    if (about.isSymbolicLink())
      return { kind: 'in-the-way', what: `${part} is a link`, text: await textBehind(root, name) };
    if (index < parts.length - 1) {
      if (!about.isDirectory()) return { kind: 'in-the-way', what: `${part} is no directory`, text: null };
    } else if (!about.isFile() || about.size > LARGEST)
      return { kind: 'in-the-way', what: `${part} is no text file`, text: null };
  }
  const path = join(root, name);
  const { mode } = await stat(path);
  return { kind: 'file', text: await readFile(path, 'utf8'), mode: mode & 0o777 };
}

async function textBehind(root: string, name: string): Promise<string | null> {
  const real = await realpath(join(root, name)).catch(() => null); // a link to nowhere
  if (real === null || !real.startsWith(join(await realpath(root), '/'))) return null;
  const about = await stat(real);
  return about.isFile() && about.size <= LARGEST ? readFile(real, 'utf8') : null;
}

/** Writes a file where nothing is, or in the place of one that is still as it was seen. False where something else is there by now. */
export async function placeFile(
  root: string,
  name: string,
  { text, seen }: { readonly text: string; readonly seen: Placed },
): Promise<boolean> {
  const now = await placedFile(root, name);
  const path = join(root, name);
  if (now.kind === 'nothing' && seen.kind === 'nothing') {
    try {
      await mkdir(dirname(path), { recursive: true });
      await writeFile(path, text, { flag: 'wx' });
    } catch (error) {
      throw writeError(path, error);
    }
    return true;
  }
  if (now.kind !== 'file' || seen.kind !== 'file' || now.text !== seen.text) return false;
  const { mode } = now;
  await atomicWrite(path, text, { mode, prepare: (file) => file.chmod(mode) });
  return true;
}
