import type { Readable } from 'node:stream';
import { StringDecoder } from 'node:string_decoder';
import type { CappedLog } from './capped-log.ts';
import { keepHead, keepTail } from './kept-text.ts';
import { splitLines } from './lines.ts';

/**
 * The first `most` characters of standard output, or of both streams in the order they came; or all of standard output, read back from the log
 * so that memory stays flat, and `orElse` where that is more than `most` bytes.
 */
export type Collect =
  | { readonly from: 'stdout' | 'both'; readonly most: number }
  | { readonly from: 'log'; readonly most: number; readonly orElse: string };

export type Listening = {
  /** Resolves when both streams have ended or were given up; rejects with what `onLine` or the log threw. */
  readonly done: Promise<unknown>;
  /** How often something was heard; it grows while there is life. */
  readonly beats: () => number;
  readonly output: () => string;
  readonly stderrTail: () => string;
};

const STDERR_TAIL = 64 * 1024;

/** Reads both streams of a child to their ends, never faster than what is done with them. */
export function listen(
  child: { readonly stdout: Readable; readonly stderr: Readable },
  to: {
    readonly onLine?: (line: string, whole: boolean) => void;
    readonly collect?: Collect;
    readonly log: CappedLog | undefined;
    readonly heard: () => void;
  },
): Listening {
  const { from = 'log', most = 0 } = to.collect ?? {};
  const output = keepHead(most);
  const tail = keepTail(STDERR_TAIL);
  let beats = 0;

  async function read(stream: Readable, sinks: readonly Sink[]): Promise<void> {
    for await (const chunk of chunksOf(stream)) {
      beats += 1;
      to.heard();
      for (const sink of sinks) await sink.push(chunk);
    }
    for (const sink of sinks) sink.end?.();
  }

  const stdout = read(child.stdout, [
    ...(from === 'log' ? [] : [textTo(output.push)]),
    ...(to.onLine ? [splitLines(to.onLine)] : []),
    ...(to.log ? [{ push: to.log.write }] : []),
  ]);
  const stderr = read(child.stderr, [textTo(tail.push), ...(from === 'both' ? [textTo(output.push)] : [])]);
  return {
    done: Promise.all([stdout, stderr]),
    beats: () => beats,
    output: output.text,
    stderrTail: tail.text,
  };
}

/** Takes what a stream says, and hears when that was all. */
type Sink = { readonly push: (bytes: Buffer) => void | Promise<void>; readonly end?: () => void };

/** Decodes what comes in pieces, also where one ends in the middle of a character. */
function textTo(take: (text: string) => void): Sink {
  const decoder = new StringDecoder('utf8');
  return { push: (bytes) => take(decoder.write(bytes)), end: () => take(decoder.end()) };
}

async function* chunksOf(stream: Readable): AsyncGenerator<Buffer> {
  try {
    yield* stream;
  } catch (error) {
    // A stream that was given up before its end has nothing more to say.
    if (!(error instanceof Error && 'code' in error && error.code === 'ERR_STREAM_PREMATURE_CLOSE'))
      throw error;
  }
}
