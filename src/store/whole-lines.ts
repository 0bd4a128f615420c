import { closeSync, fstatSync, openSync, readSync } from 'node:fs';

const WINDOW = 256 * 1024;

/**
 * The whole lines that a file had when it was opened, from a byte on, line ends included; a torn last one is left out.
 * Read through one window, of which each line is a part until the next is asked for: memory that was never touched costs
 * more than reading.
 */
export function* wholeLines(path: string, from = 0): Generator<Buffer> {
  const file = openSync(path, 'r');
  try {
    let window = Buffer.allocUnsafe(WINDOW);
    let filled = 0;
    for (let at = from, { size } = fstatSync(file); at < size;) {
      const read = readSync(file, window, filled, Math.min(size - at, window.length - filled), at);
      if (read === 0) return; // it was cut meanwhile
      at += read;
      filled += read;
      const rest = yield* linesOf(window.subarray(0, filled));
      const isFull = rest.length === window.length;
      const next = isFull ? Buffer.allocUnsafe(2 * window.length) : window; // a line may be longer
      filled = rest.copy(next);
      window = next;
    }
  } finally {
    closeSync(file);
  }
}

/** Yields the whole lines of some bytes, and returns what is left. */
export function* linesOf(bytes: Buffer): Generator<Buffer, Buffer> {
  let at = 0;
  for (let end = bytes.indexOf(0x0a); end !== -1; end = bytes.indexOf(0x0a, at)) {
    yield bytes.subarray(at, end + 1);
    at = end + 1;
  }
  return bytes.subarray(at);
}
