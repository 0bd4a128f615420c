import ora, { type Ora } from 'ora';
import { formatDuration } from '../lib/duration.ts';
import { oneLine } from '../lib/text.ts';
import type { Stamped } from '../core/fact.ts';
import type { Run } from '../core/run.ts';
import type { Notice } from '../ports.ts';
import { fit } from './fit.ts';
import { progressText } from './progress.ts';
import type { Listener } from './screen.ts';
import type { Theme } from './theme.ts';
import { atWork, sideBySide } from './under-way.ts';
import { linesFor, type Volume } from './words.ts';

/**
 * A terminal: the same lines, and below them, while a call runs, a spinner with its time and latest activity, and where
 * the run stands.
 */
export function liveScreen(stream: NodeJS.WriteStream, theme: Theme, volume: Volume): Listener {
  const spinner = new Spinner(stream, theme);
  return {
    onFact: (fact, run) => {
      if (fact.type.startsWith('commit.')) spinner.stop();
      spinner.follow(fact, run);
      const lines = linesFor(fact, run, theme, volume);
      if (lines.length > 0) spinner.above(() => stream.write(lines.map((line) => `${line}\n`).join('')));
    },
    onNotice: (notice, since) => spinner.hear(notice, since),
    close: () => spinner.stop(),
  };
}

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
  #purpose: Extract<Notice, { type: 'call-began' }>['purpose'] = 'review';
  #progress = '';
  /** When the run began, or was taken up again. */
  #runBegan: number | undefined;

  constructor(stream: NodeJS.WriteStream, theme: Theme) {
    this.#stream = stream;
    this.#theme = theme;
  }

  hear(notice: Notice, since = Date.now()): void {
    if (notice.type === 'call-began') this.#callBegan(notice, since);
    else if (notice.type === 'call-ended') this.#callEnded();
    else if (notice.type === 'limit-wait-began')
      this.#start(
        `waiting for a usage limit to reset at ${new Date(notice.until).toTimeString().slice(0, 5)}`,
        since,
      );
    else if (notice.type === 'commit-began') this.#start('committing', since);
    else if (notice.type === 'agent-said') this.#activity = oneLine(notice.text);
    else if (notice.type === 'question-waits')
      this.#start(`a question waits where it runs: ${oneLine(notice.message)}`, since);
    else this.stop();
  }

  /** Where the run stands now. */
  follow(fact: Stamped, run: Run): void {
    if (fact.type === 'run.started' || fact.type === 'run.resumed') this.#runBegan = Date.parse(fact.ts);
    this.#progress = progressText(run, this.#theme);
  }

  #callBegan({ agent, purpose }: Extract<Notice, { type: 'call-began' }>, since: number): void {
    this.#purpose = purpose;
    this.#running += 1;
    if (this.#running === 1) this.#start(atWork(agent, purpose), since);
    else this.#tellSideBySide();
  }

  /** Of calls side by side, those that are left go on under the same clock. */
  #callEnded(): void {
    this.#running = Math.max(0, this.#running - 1);
    if (this.#running === 0) this.stop();
    else this.#tellSideBySide();
  }

  #tellSideBySide(): void {
    this.#label = sideBySide(this.#running, this.#purpose);
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

  #start(label: string, since: number): void {
    const running = this.#running;
    this.stop();
    this.#running = running;
    [this.#label, this.#activity, this.#began] = [label, '', since];
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

  /** What is under way, and below it where the run stands. */
  #text(): string {
    const { ellipsis, dot, colors } = this.#theme;
    const room = Math.max(0, this.#stream.columns - 4);
    const head = fit(`${this.#label} ${this.#sinceText(this.#began)}`, room, ellipsis);
    const left = room - head.length - 2;
    const first =
      this.#activity === '' || left < 10 ? head : `${head} ${dot} ${fit(this.#activity, left, ellipsis)}`;
    if (this.#progress === '') return first;
    const total = this.#runBegan === undefined ? '' : ` ${dot} ${this.#sinceText(this.#runBegan)} so far`;
    return `${first}\n${colors.dim(fit(`  ${this.#progress}${total}`, room, ellipsis))}`;
  }

  #sinceText(began: number): string {
    return formatDuration(Date.now() - began);
  }
}
