import { appendFile, readdir, readFile, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { z } from 'zod';
import { writeError } from '../errors/store.ts';
import { temporaryBeside, writeWhole } from './atomic-write.ts';
import { isGone, ownName, type ProcessName } from './process-name.ts';

/*
 * A call that is under way is noted in a file beside the locks, from before its process is started until that is gone. A
 * program that is killed leaves the note behind, and the next one ends by it what it finds. What is to survive is the end
 * of this program, not of the machine: no agent survives that, so nothing is flushed.
 */

/** A call: who makes it, what its processes are known by, and what it leaves in the directory for temporary files. */
export type NotedCall = {
  readonly run: string;
  readonly call: string;
  readonly agent: string;
  readonly mark: string;
  readonly scratch: string;
};

/** The note of a call; `started` adds which process it is. Disposed of when nothing of the call is left. */
export type CallNote = AsyncDisposable & {
  readonly started: (process: { readonly pid: number; readonly started: string | null }) => Promise<void>;
};

const Process = z.object({ pid: z.number(), started: z.string().nullable() });

type Process = z.infer<typeof Process>;

const Note = z.object({
  owner: z.object({ host: z.string(), boot: z.string(), pid: z.number(), started: z.string() }),
  run: z.string(),
  call: z.string(),
  agent: z.string(),
  mark: z.string().regex(/^[0-9a-f]{16,}$/),
  scratch: z.string(),
});

type Note = z.infer<typeof Note>;

/**
 * Notes a call before anything of it exists: a line about the call, and one more about its process. The note is written in
 * the directory of the run, where that lies beside it: what dies in the middle of that is swept with the run's other pieces.
 */
export async function noteCall(dir: string, call: NotedCall, runDir = dir): Promise<CallNote> {
  const path = join(dir, `${STEM}${call.mark}${END}`);
  const explain = (error: unknown): never => {
    throw writeError(path, error);
  };
  const note: Note = { owner: await ownName(), ...call };
  await moveInto(path, `${JSON.stringify(note)}\n`, dirname(runDir) === dir ? runDir : dir).catch(explain);
  return {
    started: (process) => appendFile(path, `${JSON.stringify(process)}\n`).catch(explain),
    [Symbol.asyncDispose]: () => forget(path),
  };
}

/** Writes a file in another directory of the same disk, and moves it where it belongs, so that it is there whole or not at all. */
async function moveInto(path: string, text: string, from: string): Promise<void> {
  const temporary = temporaryBeside(join(from, basename(path)));
  try {
    await writeWhole(temporary, text, { durable: false });
    await rename(temporary, path);
  } catch (error) {
    await rm(temporary, { force: true }).catch(() => undefined); // what went wrong first is what is told
    throw error;
  }
}

async function forget(path: string): Promise<void> {
  await rm(path, { force: true }).catch((error: unknown) => {
    throw writeError(path, error);
  });
}

/** A call whose program is gone. */
export type LeftCall = NotedCall & {
  /** Null where it was not noted any more, and perhaps not started. */
  readonly process: Process | null;
  /** Whether its processes may be alive, and can be seen: they are of this boot of this host. */
  readonly where: 'here' | 'earlier-boot' | 'other-host';
  readonly host: string;
  readonly forget: () => Promise<void>;
};

/** The calls noted in a directory by programs that are gone, or of which nobody here can tell. */
export async function leftCalls(dir: string): Promise<LeftCall[]> {
  const own = await ownName();
  const left: LeftCall[] = [];
  for (const path of await notesIn(dir)) {
    const note = await readNote(path);
    if (!note) continue;
    const where = whereOf(note.owner, own);
    if (where === 'here' && !isGone(note.owner, own)) continue;
    const { owner, ...call } = note;
    left.push({ ...call, where, host: owner.host, forget: () => forget(path) });
  }
  return left;
}

/** The process that has a call under way for this run, by the notes in a directory. */
export async function callerFor(run: string, dir: string): Promise<number | undefined> {
  const own = await ownName();
  for (const path of await notesIn(dir)) {
    const note = await readNote(path);
    if (note?.run === run && !isGone(note.owner, own)) return note.owner.pid;
  }
  return undefined;
}

async function notesIn(dir: string): Promise<string[]> {
  const names = await readdir(dir).catch(() => []); // Without the directory nothing was noted in it.
  return names.filter((it) => it.startsWith(STEM) && it.endsWith(END)).map((name) => join(dir, name));
}

const [STEM, END] = ['call-', '.jsonl'];

function whereOf(owner: ProcessName, own: ProcessName): LeftCall['where'] {
  if (owner.host !== own.host) return 'other-host';
  return owner.boot === own.boot ? 'here' : 'earlier-boot';
}

async function readNote(path: string): Promise<(Note & Pick<LeftCall, 'process'>) | undefined> {
  const [first = '', second = ''] = (await readFile(path, 'utf8').catch(() => '')).split('\n'); // gone meanwhile
  const note = Note.safeParse(jsonOf(first));
  const process = Process.safeParse(jsonOf(second));
  // What is no whole note is of a version that could die in the middle of one, before anything was started.
  return note.success ? { ...note.data, process: process.success ? process.data : null } : undefined;
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
