import { createHash } from 'node:crypto';
import { constants } from 'node:fs';
import { link, open, readdir, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { unfitBytes } from '../core/plan-text.ts';
import { writeError } from '../errors/store.ts';
import { decodeUtf8 } from '../lib/utf8.ts';
import type { Plan, PlanFile } from '../ports.ts';
import { isTemporaryOf, syncDirectory, temporaryBeside, writeWhole } from './atomic-write.ts';

/** The SHA-256, in hex, of a text's UTF-8 bytes. */
export function digest(text: string | Uint8Array): string {
  return createHash('sha256').update(text).digest('hex');
}

/** The plan at a real path (links resolved). */
export function openPlanFile(path: string): PlanFile {
  return {
    read: () => readPlan(path),
    look: () => lookAt(path),
    write: (text, expected) => writePlan(path, text, expected),
    digest,
  };
}

async function lookAt(path: string): ReturnType<PlanFile['look']> {
  const bytes = await readRegular(path);
  return bytes && { sha256: digest(bytes), unfit: unfitBytes(decodeUtf8(bytes)) };
}

async function readPlan(path: string): Promise<Plan | null> {
  const bytes = await readRegular(path);
  const text = bytes && decodeUtf8(bytes);
  return bytes && text !== null ? { text, sha256: digest(bytes) } : null;
}

/** The bytes of a regular file; null where there is none. Of a pipe nobody can tell whether anything will ever come. */
async function readRegular(path: string): Promise<Buffer | null> {
  const file = await open(path, constants.O_RDONLY | constants.O_NONBLOCK).catch(
    (error: NodeJS.ErrnoException) => {
      if (NONE.has(error.code ?? '')) return null;
      throw error;
    },
  );
  if (!file) return null;
  try {
    return (await file.stat()).isFile() ? await file.readFile() : null;
  } finally {
    await file.close();
  }
}

/** ENXIO: a socket. */
const NONE: ReadonlySet<string> = new Set(['ENOENT', 'EISDIR', 'ENOTDIR', 'ENXIO']);

async function writePlan(
  path: string,
  text: string,
  expected: string,
): Promise<{ written: Plan } | { found: string | null }> {
  const written = { text, sha256: digest(text) };
  const now = await readPlan(path);
  if (now?.sha256 === written.sha256) return { written };
  if (now?.sha256 !== expected) return { found: now?.sha256 ?? null };

  const [next, replaced] = [temporaryBeside(path), temporaryBeside(path)];
  try {
    await writeLike(path, next, text);
    await keepReplaced(path, replaced);
    await rename(next, path);
    const bytes = await readRegular(replaced);
    const was = bytes && digest(bytes);
    // Somebody wrote in the last moment: theirs stays, ours is in the run directory.
    if (was !== expected) await rename(replaced, path);
    await syncDirectory(dirname(path));
    return was === expected ? { written } : { found: was };
  } catch (error) {
    throw writeError(path, error);
  } finally {
    for (const temporary of [next, replaced]) await rm(temporary, { force: true }).catch(() => undefined);
  }
}

/** A second name for the bytes that are about to be replaced; a copy where the file system has no hard links. */
async function keepReplaced(path: string, kept: string): Promise<void> {
  await link(path, kept).catch(async () => {
    const bytes = await readRegular(path);
    if (!bytes) throw new Error(`${path} is no file any more.`);
    await writeWhole(kept, bytes, {});
  });
}

/** Writes a new file with the mode and, where we may, the owner of another. */
async function writeLike(model: string, path: string, text: string): Promise<void> {
  const { mode, uid, gid } = await stat(model);
  await writeWhole(path, text, {
    mode: 0o600,
    prepare: async (file) => {
      const own = await file.stat();
      if (own.uid !== uid || own.gid !== gid) await file.chown(uid, gid).catch(() => undefined); // only root may
      await file.chmod(mode & 0o7777);
    },
  });
}

/** Removes what an earlier process left beside the plan when it died in the middle of a write. Hold the lock first. */
export async function sweepTemporaries(path: string): Promise<void> {
  const dir = dirname(path);
  for (const name of await readdir(dir)) {
    if (isTemporaryOf(path, name)) await rm(join(dir, name), { force: true }).catch(() => undefined); // in nobody's way
  }
}
