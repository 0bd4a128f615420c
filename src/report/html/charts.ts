import { count } from '../../lib/text.ts';
import type { Story } from '../story.ts';
import { html, type Markup } from './markup.ts';

/* Charts as SVG without a script and without a style attribute: the page's policy allows neither. */

const [WIDTH, HEIGHT] = [320, 170];
const [LEFT, RIGHT, TOP, BOTTOM] = [34, 8, 16, 26];
const FLOOR = HEIGHT - BOTTOM;

type Point = { readonly label: string; readonly bytes: number };

/** Where the run was going: findings by round and whose text they are about, and how the plan grew. */
export function charts(story: Story): Markup {
  const { card, source } = story;
  const rounds = source.run.rounds.map(({ number }) => number);
  const sizes = sizesOf(story);
  return html`<div class="charts">
      <figure>
        <figcaption>
          Findings to act on, by the round that first raised them
          <span
            ><i class="key k-author"></i>about the author's text&ensp;<i class="key k-fixes"></i>about text
            our fixes wrote</span
          >
        </figcaption>
        ${columns(rounds, card.author, card.fixes)}
      </figure>
      <figure>
        <figcaption>Size of the plan <span>bytes, at the start and after each change</span></figcaption>
        ${line(sizes)}
      </figure>
    </div>
    <details class="folded">
      <summary>The same in numbers</summary>
      <table>
        <thead>
          <tr>
            <th scope="col">Round</th>
            <th class="num" scope="col">Author's text</th>
            <th class="num" scope="col">Text of our fixes</th>
          </tr>
        </thead>
        <tbody>
          ${rounds.map(
            (round, at) =>
              html`<tr>
                <td>${round}</td>
                <td class="num">${card.author[at] ?? 0}</td>
                <td class="num">${card.fixes[at] ?? 0}</td>
              </tr>`,
          )}
        </tbody>
      </table>
      <table>
        <thead>
          <tr>
            <th scope="col">Plan</th>
            <th class="num" scope="col">Bytes</th>
          </tr>
        </thead>
        <tbody>
          ${sizes.map(
            ({ label, bytes }) =>
              html`<tr>
                <td>${label}</td>
                <td class="num">${bytes}</td>
              </tr>`,
          )}
        </tbody>
      </table>
    </details>`;
}

function sizesOf({ source, changes }: Story): Point[] {
  const what = { fixes: '', commit: ', in the commit', elsewhere: ', by somebody else' } as const;
  return [
    { label: 'At the start', bytes: source.run.started.bytes },
    ...changes.map(({ round, by, bytes }) => ({ label: `Round ${round}${what[by]}`, bytes })),
  ];
}

/** Two series, one upon the other: the hatching tells them apart where colours do not. */
function columns(rounds: readonly number[], author: readonly number[], fixes: readonly number[]): Markup {
  const sums = rounds.map((_, at) => (author[at] ?? 0) + (fixes[at] ?? 0));
  const top = Math.max(1, ...sums);
  const y = scaleTo(top);
  const step = (WIDTH - LEFT - RIGHT) / Math.max(1, rounds.length);
  const wide = Math.min(36, step * 0.66);
  const every = Math.ceil(rounds.length / 12);
  const told = rounds
    .map((round, at) => `round ${round}: ${author[at] ?? 0} and ${fixes[at] ?? 0}`)
    .join('; ');
  const bars = rounds.map((round, at) => {
    const x = LEFT + step * at + (step - wide) / 2;
    const [low, high] = [y(author[at] ?? 0), y(sums[at] ?? 0)];
    const middle = x + wide / 2;
    return html`${bar('', { x, wide, from: FLOOR, to: low })}${bar('url(#hatch)', { x, wide, from: low, to: high })}
    ${step > 14 && html`<text x="${fixed(middle)}" y="${fixed(high - 4)}" text-anchor="middle">${sums[at] ?? 0}</text>`}
    ${at % every === 0 && html`<text class="axis" x="${fixed(middle)}" y="${FLOOR + 15}" text-anchor="middle">${round}</text>`}`;
  });
  return picture(
    'findings',
    `Findings to act on by round, about the author's text and about text of our fixes: ${told || 'none'}.`,
    html`${HATCH}${grid(top)}${bars}`,
  );
}

type Bar = { readonly x: number; readonly wide: number; readonly from: number; readonly to: number };

function bar(fill: string, { x, wide, from, to }: Bar): Markup | null {
  return from - to < 0.5
    ? null
    : html`<rect
        class="${fill === '' && 's-author'}"
        fill="${fill}"
        x="${fixed(x)}"
        y="${fixed(to)}"
        width="${fixed(wide)}"
        height="${fixed(from - to)}"
      />`;
}

/** Stripes that tell the second series from the first where colours do not. */
const HATCH = html`<defs>
  <pattern id="hatch" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
    <rect class="s-fixes" width="6" height="6" />
    <rect class="s-gap" width="1.6" height="6" />
  </pattern>
</defs>`;

/** Sizes begin at nought, so that a small growth looks small. */
function line(points: readonly Point[]): Markup {
  const top = Math.max(1, ...points.map(({ bytes }) => bytes));
  const y = scaleTo(top);
  const step = points.length > 1 ? (WIDTH - LEFT - RIGHT - 24) / (points.length - 1) : 0;
  const at = points.map(({ bytes }, index) => ({ x: LEFT + 12 + step * index, y: y(bytes), bytes }));
  const path = at
    .map((point, index) => `${index === 0 ? 'M' : 'L'}${fixed(point.x)} ${fixed(point.y)}`)
    .join(' ');
  const [first, last] = [at[0], at.at(-1)];
  const area = first && last ? `${path} L${fixed(last.x)} ${FLOOR} L${fixed(first.x)} ${FLOOR} Z` : '';
  const told = points.map(({ label, bytes }) => `${label.toLowerCase()} ${bytes}`).join('; ');
  const ends = first && last && last !== first ? [first, last] : first ? [first] : [];
  return picture(
    'size',
    `Size of the plan in bytes: ${told}.`,
    html`${grid(top)}<path class="s-area" d="${area}" /><path
        class="s-line"
        d="${path}"
        stroke-width="2.5"
        stroke-linejoin="round"
      />
      ${at.map((point) => html`<circle class="s-dot" cx="${fixed(point.x)}" cy="${fixed(point.y)}" r="3.5" />`)}
      ${ends.map(({ x, y: height, bytes }, index) => html`<text x="${fixed(x)}" y="${fixed(height - 8)}" text-anchor="${index === 0 ? 'start' : 'end'}">${bytes}</text>`)}
      <text class="axis" x="${LEFT + 12}" y="${FLOOR + 15}" text-anchor="start">start</text>
      ${points.length > 1 && html`<text class="axis" x="${WIDTH - RIGHT - 12}" y="${FLOOR + 15}" text-anchor="end">${count(points.length - 1, 'change')} later</text>`}`,
  );
}

function picture(id: string, told: string, content: Markup): Markup {
  return html`<svg viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-labelledby="chart-${id}">
    <title id="chart-${id}">${told}</title>
    ${content}
  </svg>`;
}

function grid(top: number): Markup {
  const half = top > 1 ? [top / 2] : [];
  const y = scaleTo(top);
  return html`${[0, ...half.filter(Number.isInteger), top].map(
    (value) =>
      html`<line
          class="grid"
          x1="${LEFT}"
          y1="${fixed(y(value))}"
          x2="${WIDTH - RIGHT}"
          y2="${fixed(y(value))}"
        /><text class="axis" x="${LEFT - 5}" y="${fixed(y(value) + 4)}" text-anchor="end"
          >${short(value)}</text
        >`,
  )}`;
}

function scaleTo(top: number): (value: number) => number {
  return (value) => FLOOR - (value / top) * (FLOOR - TOP);
}

function short(value: number): string {
  return value < 10_000 ? String(value) : `${Math.round(value / 1000)}k`;
}

function fixed(value: number): string {
  return String(Math.round(value * 10) / 10);
}
