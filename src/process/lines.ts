/** The longest line that is handed on whole, in characters. */
export const LONGEST_LINE = 40 * 1024 * 1024;

export type LineSplitter = { readonly push: (text: string) => void; readonly end: () => void };

/**
 * Cuts text that comes in pieces into lines, at "\n" only: other line ends may stand inside of JSON. Of a line that is
 * too long the beginning is handed on, marked as not whole, so that memory stays bounded.
 */
export function splitLines(
  onLine: (line: string, whole: boolean) => void,
  longest = LONGEST_LINE,
): LineSplitter {
  let pieces: string[] = [];
  let length = 0;
  let isCut = false;

  function keep(piece: string): void {
    const room = longest - length;
    if (piece.length > room) isCut = true;
    if (room > 0 && piece !== '') pieces.push(piece.slice(0, room));
    length += Math.min(piece.length, room);
  }

  function flush(): void {
    const line = pieces.join('');
    const whole = !isCut;
    pieces = [];
    length = 0;
    isCut = false;
    onLine(line, whole);
  }

  return {
    push(text) {
      let from = 0;
      for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', from)) {
        keep(text.slice(from, at));
        flush();
        from = at + 1;
      }
      keep(text.slice(from));
    },
    end() {
      if (length > 0) flush();
    },
  };
}
