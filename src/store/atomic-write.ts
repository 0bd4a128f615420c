import { createHash, randomBytes } from 'node:crypto';
import { open, rename, rm, type FileHandle } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { writeError } from '../errors/store.ts';
import { canSyncDirectory } from '../lib/platform.ts';

type Options = {
  readonly mode?: number;
  readonly durable?: boolean;
  readonly prepare?: (file: FileHandle) => Promise<void>;
};

/** Replaces a file by way of a temporary one beside it: after a crash there is the old text or the new, never half of one. */
export async function atomicWrite(
  path: string,
  content: string | Uint8Array,
  options: Options = {},
): Promise<void> {
  const temporary = temporaryBeside(path);
  try {
    await writeWhole(temporary, content, options);
    await rename(temporary, path);
    if (options.durable !== false) await syncDirectory(dirname(path));
  } catch (error) {
    await rm(temporary, { force: true }).catch(() => undefined); // what went wrong first is what is told
    throw writeError(path, error);
  }
}

/** A name beside a file that only we would choose; `sweepTemporaries` knows it again. */
export function temporaryBeside(path: string): string {
  return join(dirname(path), `${temporaryStem(path)}${randomBytes(6).toString('hex')}${TEMPORARY_END}`);
}

/** Is this the name, without its directory, of a temporary file beside `path`? */
export function isTemporaryOf(path: string, name: string): boolean {
  return name.startsWith(temporaryStem(path)) && name.endsWith(TEMPORARY_END);
}

/** Is this the name, without its directory, of a temporary file beside whatever file? */
export function isTemporary(name: string): boolean {
  return /^\.refine-plan-[0-9a-f]{16}-[0-9a-f]{12}\.tmp$/.test(name);
}

const TEMPORARY_END = '.tmp';

/** A digest stands for the file's own name, which may be as long as a name can be. */
function temporaryStem(path: string): string {
  return `.refine-plan-${createHash('sha256').update(basename(path)).digest('hex').slice(0, 16)}-`;
}

export async function writeWhole(
  path: string,
  content: string | Uint8Array,
  { mode = 0o600, durable = true, prepare }: Options,
): Promise<void> {
  const file = await open(path, 'wx', mode);
  try {
    await file.writeFile(content);
    await prepare?.(file);
    if (durable) await file.sync();
  } finally {
    await file.close();
  }
}

/** Makes a rename in this directory survive a power cut. Not every platform can open a directory. */
export async function syncDirectory(path: string): Promise<void> {
  if (!canSyncDirectory()) return;
  const directory = await open(path, 'r');
  try {
    await directory.sync();
  } finally {
    await directory.close();
  }
}
