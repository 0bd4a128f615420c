import { jsonText } from '../lib/json-text.ts';
import type { Stamped } from '../core/fact.ts';
import type { Run } from '../core/run.ts';
import type { Notice } from '../ports.ts';
import { formatDuration } from '../lib/duration.ts';
import { oneLine } from '../lib/text.ts';
import type { Theme } from './theme.ts';
import { linesFor, waitBegins, type Volume } from './words.ts';

/** Something that listens to a run. It hears facts once they are durable, and notices as they come; it cannot reach the loop. */
export type Listener = {
  readonly onFact: (fact: Stamped, run: Run) => void | Promise<void>;
  /** `since` is when it began, in milliseconds, where that was not just now. */
  readonly onNotice?: (notice: Notice, since?: number) => void;
  readonly close?: () => void;
};

type Stream = { readonly write: (text: string) => unknown };

const HEARTBEAT = 5 * 60_000;

/** Plain lines for a person or a log: no motion, and a sign of life every five minutes while a call runs. */
export function plainScreen(stream: Stream, theme: Theme, volume: Volume): Listener {
  let beat: NodeJS.Timeout | undefined;
  let running = 0; // several calls may run side by side
  const stop = (): void => {
    running = 0;
    clearInterval(beat);
  };
  return {
    onFact: (fact, run) => {
      for (const line of linesFor(fact, run, theme, volume)) stream.write(`${line}\n`);
    },
    onNotice: (notice, since = Date.now()) => {
      if (notice.type === 'call-ended' && --running <= 0) stop();
      if (notice.type === 'nothing-under-way') stop();
      if (notice.type === 'question-waits')
        stream.write(`! A question waits where it runs: ${oneLine(notice.message)}\n`);
      if (notice.type === 'limit-wait-began') stream.write(`${waitBegins(notice.until)}\n`);
      if (notice.type !== 'call-began' || volume.isQuiet) return;
      running += 1;
      if (running > 1) return;
      beat = setInterval(
        () => stream.write(`  ${notice.agent} has been at it for ${formatDuration(Date.now() - since)}\n`),
        HEARTBEAT,
      );
      beat.unref();
    },
    close: stop,
  };
}

/** Every fact as a JSON line, exactly as it stands in the journal. */
export function jsonScreen(stream: Stream): Listener {
  return { onFact: (fact) => void stream.write(`${jsonText(fact)}\n`) };
}
