import { open, type FileHandle } from 'node:fs/promises';
import { writeError } from '../errors/store.ts';

/** The most bytes a log takes: most of them as they come, and a last part of at most 1 MB. */
export const LARGEST_LOG = 64 * 1024 * 1024;

export type CappedLog = {
  readonly write: (bytes: Uint8Array) => Promise<void>;
  /** All that was written, where it is at most `most` bytes; that must be less than the log takes before it cuts. */
  readonly text: (most: number) => Promise<string | undefined>;
  /** Puts a last text under everything; the log takes nothing after it. */
  readonly append: (text: string) => Promise<void>;
  readonly [Symbol.asyncDispose]: () => Promise<void>;
};

/**
 * A log of bounded size whose middle is cut out. What is beyond the head goes round and round in a ring inside of the
 * same file, which is put in order when the log is closed: memory stays flat however much is written.
 */
export async function openCappedLog(path: string, largest = LARGEST_LOG): Promise<CappedLog> {
  const explain = (error: unknown): never => {
    throw writeError(path, error);
  };
  const file = await open(path, 'w+', 0o600).catch(explain);
  const ring = Math.min(LARGEST_TAIL, Math.max(1, Math.floor(largest / 4) - ROOM_FOR_MARK));
  const head = largest - ring - ROOM_FOR_MARK;
  let written = 0;
  let isClosed = false;

  async function write(bytes: Uint8Array): Promise<void> {
    for (let at = 0; at < bytes.length;) {
      const place = written < head ? written : head + ((written - head) % ring);
      const room = written < head ? head - written : head + ring - place;
      const { bytesWritten } = await file.write(bytes, at, Math.min(room, bytes.length - at), place);
      at += bytesWritten;
      written += bytesWritten;
    }
  }

  async function text(most: number): Promise<string | undefined> {
    if (written > most) return undefined;
    const bytes = Buffer.alloc(written);
    await file.read(bytes, 0, written, 0);
    return bytes.toString('utf8');
  }

  async function close(lastText: string): Promise<void> {
    if (isClosed) return;
    isClosed = true;
    try {
      const end = await unroll(file, { head, ring, written });
      if (lastText.trim() !== '') await file.write(`\n--- stderr ---\n${lastText}`, end);
    } finally {
      await file.close();
    }
  }

  return {
    write: (bytes) => write(bytes).catch(explain),
    text,
    append: (lastText) => close(lastText).catch(explain),
    [Symbol.asyncDispose]: () => close('').catch(explain),
  };
}

const ROOM_FOR_MARK = 128;
const LARGEST_TAIL = 1024 * 1024;

/** Puts the ring behind the head in the order it was written; returns where the file ends. */
async function unroll(
  file: FileHandle,
  { head, ring, written }: { head: number; ring: number; written: number },
): Promise<number> {
  const cut = written - head - ring;
  if (cut <= 0) return written;
  const bytes = Buffer.alloc(ring);
  await file.read(bytes, 0, ring, head);
  const seam = (written - head) % ring;
  const tail = Buffer.concat([bytes.subarray(seam), bytes.subarray(0, seam)]);
  // The tail begins at a whole line where there is one, so that no character is cut in two.
  const line = tail.indexOf('\n') + 1;
  const mark = Buffer.from(`\n--- ${cut + line} bytes were cut out here ---\n`);
  await file.write(mark, 0, mark.length, head);
  await file.write(tail, line, tail.length - line, head + mark.length);
  const end = head + mark.length + tail.length - line;
  await file.truncate(end);
  return end;
}
