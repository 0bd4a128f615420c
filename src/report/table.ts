import stringWidth from 'string-width';

type Style = { readonly isUnicode: boolean };

/** A small table with a heading and an optional last row set apart; columns as wide as what stands in them. */
export function table(
  rows: readonly (readonly string[])[],
  { isUnicode, hasTotal }: Style & { readonly hasTotal: boolean },
): string {
  const widths = (rows[0] ?? []).map((_, column) =>
    Math.max(...rows.map((row) => stringWidth(row[column] ?? ''))),
  );
  const box = isUnicode ? UNICODE : ASCII;
  const rule = ([left, middle, right]: readonly [string, string, string]): string =>
    left + widths.map((width) => box.line.repeat(width + 2)).join(middle) + right;
  const line = (row: readonly string[]): string =>
    `${box.side} ${widths.map((width, column) => pad(row[column] ?? '', width)).join(` ${box.side} `)} ${box.side}`;
  const body = rows.slice(1).map(line);
  if (hasTotal) body.splice(-1, 0, rule(box.middle));
  return [rule(box.top), line(rows[0] ?? []), rule(box.middle), ...body, rule(box.bottom)].join('\n');
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

function pad(text: string, width: number): string {
  return text + ' '.repeat(Math.max(0, width - stringWidth(text)));
}
