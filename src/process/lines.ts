/** The longest line that is handed on, in bytes: room for an answer of 16 MB, which claude says twice in one line. */
export const LONGEST_LINE = 34 * 1024 * 1024;

export type LineSplitter = { readonly push: (bytes: Buffer) => void; readonly end: () => void };

/**
 * Cuts bytes that come in pieces into lines, at "\n" only: other line ends may stand inside of JSON. Of a line that is too
 * long nothing is kept, and nothing handed on but that there was one, so that memory stays bounded.
 */
export function splitLines(
  onLine: (line: string, whole: boolean) => void,
  longest = LONGEST_LINE,
): LineSplitter {
  let pieces: Buffer[] = [];
  let length = 0;

  function keep(piece: Buffer): void {
    length += piece.length;
    if (length > longest) pieces = [];
    else if (piece.length > 0) pieces.push(piece);
  }

  function flush(): void {
    const line = Buffer.concat(pieces).toString('utf8');
    const whole = length <= longest;
    pieces = [];
    length = 0;
    onLine(line, whole);
  }

  return {
    push(bytes) {
      let from = 0;
      for (let at = bytes.indexOf(NEWLINE); at >= 0; at = bytes.indexOf(NEWLINE, from)) {
        keep(bytes.subarray(from, at));
        flush();
        from = at + 1;
      }
      keep(bytes.subarray(from));
    },
    end() {
      if (length > 0) flush();
    },
  };
}

const NEWLINE = 0x0a;
