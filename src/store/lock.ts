import { randomBytes } from 'node:crypto';
import { access, link, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { atomicWrite, isTemporaryOf } from './atomic-write.ts';
import { locked, writeError, type Owner } from '../errors/store.ts';
import { digest } from './plan-file.ts';
import { isGone, ownName, type ProcessName } from './process-name.ts';
import { makeStateRoot, STATE_DIR } from './run-directory.ts';

type Holder = Owner & ProcessName & { readonly token: string };

/** Held until disposed of; `name` says for which run, once that is known. */
export type Lock = AsyncDisposable & { readonly name: (run: string) => Promise<void> };

type Taking = {
  readonly now: Date;
  readonly force: boolean;
  /** The plan, as it is told to the user. */
  readonly shown: string;
  /** Hears which run held a lock that is taken over, while nobody else can take it. It may be called again. */
  readonly bury?: (run: string) => Promise<void>;
};

/**
 * One run per plan: takes the lock beside the plan's real path, whatever the state root, or says who has it. A lock is
 * taken over by itself only when host and boot are ours and its process is gone.
 */
export async function takeLock(
  plan: string,
  { now, force, shown, bury = async () => undefined }: Taking,
): Promise<Lock> {
  const path = lockPath(plan);
  await makeStateRoot(dirname(path));
  const own = await ownHolder('(starting)', now);
  for (let tries = 0; tries < 10; tries += 1) {
    if (await claim(path, own)) {
      await sweepBeside(path);
      return lockOf(path, own);
    }
    const holder = await readHolder(path);
    if (holder && !force && !isGone(holder, own)) throw locked(shown, holder);
    if (holder || (await isThere(path))) await setAside(path, holder, { own, bury });
    await delay(tries * 5);
  }
  throw locked(shown, (await readHolder(path)) ?? own);
}

function lockPath(plan: string): string {
  return join(dirname(plan), STATE_DIR, `${digest(basename(plan)).slice(0, 16)}.lock`);
}

function lockOf(path: string, own: Holder): Lock {
  return {
    name: async (run) => {
      const isOurs = (await readHolder(path))?.token === own.token; // no longer, where somebody took it over by force
      if (isOurs) await atomicWrite(path, JSON.stringify({ ...own, run }), { durable: false });
    },
    [Symbol.asyncDispose]: () => release(path, own),
  };
}

/** Is a run working on this plan right now? */
export async function lockHolder(plan: string): Promise<Owner | undefined> {
  const holder = await readHolder(lockPath(plan));
  return holder && !isGone(holder, await ownHolder('', new Date(0))) ? holder : undefined;
}

/** A lock file appears whole or not at all: it is written under another name, and linked. */
async function claim(path: string, own: Holder): Promise<boolean> {
  const draft = `${path}.${own.token}`;
  try {
    await writeFile(draft, JSON.stringify(own), { flag: 'wx', mode: 0o600 });
    await link(draft, path);
    return true;
  } catch (error) {
    // Somebody has it; or somebody who has just got it removed the draft, see sweepBeside.
    if (error instanceof Error && 'code' in error && (error.code === 'EEXIST' || error.code === 'ENOENT'))
      return false;
    throw writeError(path, error);
  } finally {
    await rm(draft, { force: true }).catch(() => undefined); // whoever takes the lock next sweeps it away
  }
}

async function release(path: string, own: Holder): Promise<void> {
  const holder = await readHolder(path);
  // Where it cannot be removed, it is taken over: its process will be gone.
  if (holder?.token === own.token) await rm(path, { force: true }).catch(() => undefined);
}

/**
 * Takes a dead lock out of the way. Only who holds the right to that very lock may: two processes that both found it dead
 * must not remove each other's new one.
 */
async function setAside(
  path: string,
  dead: Holder | undefined,
  { own, bury }: { readonly own: Holder; readonly bury: (run: string) => Promise<void> },
): Promise<void> {
  const right = `${path}.${digest(dead?.token ?? '').slice(0, 16)}.over`;
  if (!(await claim(right, own))) {
    const other = await readHolder(right);
    if (other && isGone(other, own)) await rm(right, { force: true });
    return;
  }
  try {
    if ((await readHolder(path))?.token !== dead?.token) return;
    if (dead) await bury(dead.run);
    await rm(path, { force: true }).catch((error: unknown) => {
      throw writeError(path, error);
    });
  } finally {
    await rm(right, { force: true }).catch(() => undefined); // as above
  }
}

/**
 * Removes what processes that died while they took this lock left beside it. A draft of somebody who is taking it right now
 * may go too: they find the lock taken then, as it is.
 */
async function sweepBeside(path: string): Promise<void> {
  const own = basename(path);
  for (const name of await readdir(dirname(path))) {
    const isOurs = name.startsWith(`${own}.`) || isTemporaryOf(path, name);
    if (isOurs) await rm(join(dirname(path), name), { force: true }).catch(() => undefined); // in nobody's way
  }
}

/** Is there a lock of this plan, whoever holds it? */
export async function isLockThere(plan: string): Promise<boolean> {
  return isThere(lockPath(plan));
}

async function readHolder(path: string): Promise<Holder | undefined> {
  try {
    const holder: Partial<Holder> = JSON.parse(await readFile(path, 'utf8'));
    const { host = '?', pid = 0, run = '?', since = '?', boot = '', started = '', token = '' } = holder;
    return { host, pid, run, since, boot, started, token };
  } catch {
    return undefined; // no lock, or nothing readable in it: the next claim decides
  }
}

async function isThere(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false, // released meanwhile
  );
}

async function ownHolder(run: string, now: Date): Promise<Holder> {
  const token = randomBytes(8).toString('hex');
  return { ...(await ownName()), run, since: now.toISOString(), token };
}
