/** A piece of a line in one style. */
export type Piece = { readonly text: string; readonly style: Style };

export type Style = { readonly isBold: boolean; readonly isDim: boolean; readonly color: string | null };

const PLAIN: Style = { isBold: false, isDim: false, color: null };
const COLORS: Readonly<Record<number, string>> = {
  31: 'red',
  32: 'green',
  33: 'yellow',
  34: 'blue',
  35: 'magenta',
  36: 'cyan',
};

/** The pieces of a line as a terminal would show it. Only colours are known: anything else would have to be played. */
export function piecesOf(line: string): Piece[] {
  const pieces: Piece[] = [];
  let style = PLAIN;
  // oxlint-disable-next-line no-control-regex -- escape sequences are what is read
  for (const part of line.split(/(\u001b\[[\d;]*m)/)) {
    // oxlint-disable-next-line no-control-regex -- as above
    const codes = /^\u001b\[([\d;]*)m$/.exec(part)?.[1];
    if (codes !== undefined) style = codes.split(';').map(Number).reduce(styled, style);
    else if (part !== '') pieces.push({ text: part, style });
  }
  return pieces;
}

function styled(style: Style, code: number): Style {
  if (code === 0) return PLAIN;
  if (code === 1) return { ...style, isBold: true };
  if (code === 2) return { ...style, isDim: true };
  if (code === 22) return { ...style, isBold: false, isDim: false };
  if (code === 39) return { ...style, color: null };
  const color = COLORS[code];
  if (color === undefined) throw new Error(`The picture knows no style ${code}.`);
  return { ...style, color };
}
