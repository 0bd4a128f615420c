import widthOf from 'fast-string-width';

type Style = { readonly isUnicode: boolean };

/** A small table with a heading and an optional last row set apart; columns as wide as what stands in them. */
export function table(
  rows: readonly (readonly string[])[],
  { isUnicode, hasTotal }: Style & { readonly hasTotal: boolean },
): string {
  const cells = rows.map((row) => row.map((text) => ({ text, width: widthOf(text) })));
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...cells.map((row) => row[column]?.width ?? 0)));
  const box = isUnicode ? UNICODE : ASCII;
  const rule = ([left, middle, right]: readonly [string, string, string]): string =>
    left + widths.map((width) => box.line.repeat(width + 2)).join(middle) + right;
  const line = (row: readonly Cell[] = []): string =>
    `${box.side} ${widths.map((width, column) => pad(row[column], width)).join(` ${box.side} `)} ${box.side}`;
  const body = cells.slice(1).map(line);
  if (hasTotal) body.splice(-1, 0, rule(box.middle));
  return [rule(box.top), line(cells[0]), rule(box.middle), ...body, rule(box.bottom)].join('\n');
}

const UNICODE = {
  line: '─',
  side: '│',
  top: ['┌', '┬', '┐'],
  middle: ['├', '┼', '┤'],
  bottom: ['└', '┴', '┘'],
} as const;
const ASCII = {
  line: '-',
  side: '|',
  top: ['+', '+', '+'],
  middle: ['+', '+', '+'],
  bottom: ['+', '+', '+'],
} as const;

type Cell = { readonly text: string; readonly width: number };

function pad({ text, width: own }: Cell = { text: '', width: 0 }, width: number): string {
  return text + ' '.repeat(Math.max(0, width - own));
}
