import stringWidth from 'string-width';
import { piecesOf, type Piece } from './cells.ts';

/** Pixels of a cell, and around the text. */
const [WIDTH, HEIGHT, MARGIN, BAR] = [8, 18, 16, 30];

/** What a terminal shows, as an SVG whose text can be selected: light or dark as the reader has it, and no font of its own. */
export function picture(
  lines: readonly string[],
  { columns, title }: { columns: number; title: string },
): string {
  const [width, height] = [columns * WIDTH + 2 * MARGIN, lines.length * HEIGHT + 2 * MARGIN + BAR];
  const rows = lines.flatMap((line, index) => {
    const y = BAR + MARGIN + index * HEIGHT + 13;
    return line === '' ? [] : [`  ${row(piecesOf(line), y)}`];
  });
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" aria-labelledby="title">
  <title id="title">${escaped(title)}</title>
  <style>
${STYLE}  </style>
  <rect class="screen" x="0.5" y="0.5" width="${width - 1}" height="${height - 1}" rx="8"/>
  <path class="bar" d="M0.5 ${BAR}h${width - 1}"/>
${[0, 1, 2].map((n) => `  <circle class="button" cx="${20 + n * 20}" cy="15" r="5.5"/>`).join('\n')}
${rows.join('\n')}
</svg>
`;
}

function row(pieces: readonly Piece[], y: number): string {
  const width = stringWidth(pieces.map(({ text }) => text).join(''));
  const spans = pieces.map(({ text, style }) => {
    const classes = [style.isBold ? 'bold' : '', style.isDim ? 'dim' : '', style.color ?? ''].filter(Boolean);
    return classes.length === 0
      ? escaped(text)
      : `<tspan class="${classes.join(' ')}">${escaped(text)}</tspan>`;
  });
  // Whatever font is there, a column is a column.
  return `<text x="${MARGIN}" y="${y}" textLength="${width * WIDTH}" lengthAdjust="spacingAndGlyphs" xml:space="preserve">${spans.join('')}</text>`;
}

function escaped(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}

const STYLE = `    text { font: 13px ui-monospace, 'SFMono-Regular', Menlo, Consolas, 'DejaVu Sans Mono', monospace; fill: #1f2328; white-space: pre; }
    .screen { fill: #ffffff; stroke: #d1d9e0; }
    .bar { stroke: #d1d9e0; }
    .button { fill: #d1d9e0; }
    .bold { font-weight: 700; }
    .dim { fill: #59636e; }
    .red { fill: #c0262d; }
    .green { fill: #116329; }
    .yellow { fill: #7d4e00; }
    .blue { fill: #0550ae; }
    .magenta { fill: #8250df; }
    .cyan { fill: #0b6170; }
    @media (prefers-color-scheme: dark) {
      text { fill: #e6edf3; }
      .screen { fill: #0d1117; stroke: #3d444d; }
      .bar { stroke: #3d444d; }
      .button { fill: #3d444d; }
      .dim { fill: #9198a1; }
      .red { fill: #ff7b72; }
      .green { fill: #56d364; }
      .yellow { fill: #e3b341; }
      .blue { fill: #79c0ff; }
      .magenta { fill: #d2a8ff; }
      .cyan { fill: #56d4dd; }
    }
`;
