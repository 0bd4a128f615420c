import { fit } from './fit.ts';
import type { Theme } from './theme.ts';

/** Lines on a terminal that are drawn anew in their place. The cursor stays as it is: there is nothing to put back. */
export class Redrawn {
  readonly #stream: NodeJS.WriteStream;
  readonly #theme: Theme;
  #drawn = 0;
  #last = '';

  constructor(stream: NodeJS.WriteStream, theme: Theme) {
    this.#stream = stream;
    this.#theme = theme;
  }

  /** As many of the lines as there is room for, each on one row, in place of those drawn before. */
  draw(lines: readonly string[]): void {
    const { columns, rows } = this.#stream;
    const room = Math.max(1, rows - 2);
    const shown = lines.length <= room ? lines : [...lines.slice(0, room - 1), this.#theme.ellipsis];
    const text = shown.map((line) => `${fit(line, columns - 1, this.#theme.ellipsis)}\n`).join('');
    if (text === this.#last) return;
    const up = this.#drawn === 0 ? '' : `\u001b[${this.#drawn}A`;
    this.#stream.write(`\r${up}\u001b[J${text}`);
    [this.#drawn, this.#last] = [shown.length, text];
  }
}
