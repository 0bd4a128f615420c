import ora, { type Ora } from 'ora';
import { formatDuration } from '../lib/duration.ts';
import stringWidth from 'string-width';
import { count, oneLine } from '../lib/text.ts';
import type { Purpose } from '../core/fact.ts';
import type { Notice } from '../ports.ts';
import type { Listener } from './screen.ts';
import type { Theme } from './theme.ts';
import { linesFor, type Volume } from './words.ts';

/** A terminal: the same lines, and below them, while a call runs, a spinner with its time and latest activity. */
export function liveScreen(stream: NodeJS.WriteStream, theme: Theme, volume: Volume): Listener {
  const spinner = new Spinner(stream, theme);
  return {
    onFact: (fact, run) => {
      if (fact.type.startsWith('commit.')) spinner.stop();
      const lines = linesFor(fact, run, theme, volume);
      if (lines.length > 0) spinner.above(() => stream.write(lines.map((line) => `${line}\n`).join('')));
    },
    onNotice: (notice) => spinner.hear(notice),
    close: () => spinner.stop(),
  };
}

/** What an agent does, after its name. */
const AT_WORK: Readonly<Record<Purpose, string>> = {
  review: 'reviews',
  'second-look': 'reviews',
  hunt: 'hunts',
  audit: 'audits',
  arbitrate: 'weighs the findings',
  fix: 'edits',
  verify: 'verifies the fix',
  'last-look': 'looks at the last fix',
  calibrate: 'is calibrated',
};

/** One spinner at a time; it leaves no trace. */
class Spinner {
  readonly #stream: NodeJS.WriteStream;
  readonly #theme: Theme;
  #ora: Ora | undefined;
  #tick: NodeJS.Timeout | undefined;
  #label = '';
  #activity = '';
  #began = 0;
  /** Calls that run now; several do where they look at the same bytes. */
  #running = 0;
  #purpose: Purpose = 'review';

  constructor(stream: NodeJS.WriteStream, theme: Theme) {
    this.#stream = stream;
    this.#theme = theme;
  }

  hear(notice: Notice): void {
    if (notice.type === 'call-began') this.#callBegan(notice);
    else if (notice.type === 'call-ended') this.#callEnded();
    else if (notice.type === 'limit-wait-began')
      this.#start(
        `waiting for a usage limit to reset at ${new Date(notice.until).toTimeString().slice(0, 5)}`,
      );
    else if (notice.type === 'commit-began') this.#start('committing');
    else if (notice.type === 'agent-said') this.#activity = oneLine(notice.text);
  }

  #callBegan({ agent, purpose }: Extract<Notice, { type: 'call-began' }>): void {
    this.#purpose = purpose;
    this.#running += 1;
    if (this.#running === 1) this.#start(`${agent} ${AT_WORK[purpose]}`);
    else this.#tellSideBySide();
  }

  /** Of calls side by side, those that are left go on under the same clock. */
  #callEnded(): void {
    this.#running = Math.max(0, this.#running - 1);
    if (this.#running === 0) this.stop();
    else this.#tellSideBySide();
  }

  #tellSideBySide(): void {
    this.#label = `${count(this.#running, this.#purpose)} at work`;
    if (this.#ora) this.#ora.text = this.#text();
  }

  /** Prints above the spinner, or plainly where none stands. */
  above(print: () => void): void {
    const spinning = this.#ora;
    spinning?.clear();
    print();
    spinning?.render();
  }

  stop(): void {
    this.#running = 0;
    clearInterval(this.#tick);
    this.#ora?.stop();
    this.#ora = undefined;
  }

  #start(label: string): void {
    const running = this.#running;
    this.stop();
    this.#running = running;
    [this.#label, this.#activity, this.#began] = [label, '', Date.now()];
    // ora's own defaults would swallow Ctrl-C, ignore NO_COLOR, and loop for ever on a terminal of no width.
    this.#ora = ora({
      stream: this.#stream,
      discardStdin: false,
      isEnabled: true,
      color: this.#theme.colors.isColorSupported ? 'cyan' : false,
      spinner: this.#theme.isUnicode ? 'dots' : 'line',
      text: this.#text(),
    }).start();
    this.#tick = setInterval(() => {
      if (this.#ora) this.#ora.text = this.#text();
    }, 500);
    this.#tick.unref();
  }

  #text(): string {
    const head = `${this.#label} ${formatDuration(Date.now() - this.#began)}`;
    const room = Math.max(0, this.#stream.columns - head.length - 6);
    return this.#activity === '' || room < 10
      ? head
      : `${head} ${this.#theme.dot} ${fit(this.#activity, room, this.#theme.ellipsis)}`;
  }
}

/** At most `room` columns wide, whatever the script; what was cut is marked. */
function fit(text: string, room: number, ellipsis: string): string {
  if (stringWidth(text) <= room) return text;
  let kept = '';
  for (const { segment } of new Intl.Segmenter().segment(text)) {
    if (stringWidth(kept + segment) > room - ellipsis.length) break;
    kept += segment;
  }
  return kept.trimEnd() + ellipsis;
}
