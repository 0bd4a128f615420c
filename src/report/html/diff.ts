import { diffHunks, type DiffHunk, type DiffLine } from '../diff-lines.ts';
import type { Fix } from '../told-finding.ts';
import { html, type Markup } from './markup.ts';

/** What became of a text, hunk by hunk, the words that changed marked. */
export function diffMarkup(hunks: readonly DiffHunk[]): Markup {
  return html`<div class="diff">
    ${hunks.map(
      ({ before, after, lines }) =>
        html`<div class="at">Line ${before}${before === after ? '' : `, now line ${after}`}</div>
          ${lines.map((line) => lineMarkup(line, 0))}`,
    )}
  </div>`;
}

/** What a fix took out and put in. Only what it put in has a place in the plan as it is after it. */
export function fixMarkup({ removed, added, line }: Fix): Markup {
  const lines = diffHunks(removed, added).flatMap((hunk) => hunk.lines);
  return html`<div class="diff">${lines.map((one) => lineMarkup({ ...one, before: null }, line - 1))}</div>`;
}

const SIGNS = { same: ' ', out: '-', in: '+' } as const;
const SAID = { same: '', out: 'Removed', in: 'Added' } as const;

function lineMarkup({ kind, before, after, parts }: DiffLine, ahead: number): Markup {
  const words = parts.map(({ text, isChanged }) => {
    if (!isChanged) return text;
    return kind === 'out' ? html`<del>${text}</del>` : html`<ins>${text}</ins>`;
  });
  const number = after ?? before;
  const sign =
    kind === 'same'
      ? html`<span class="s"> </span>`
      : html`<span class="s" role="img" aria-label="${SAID[kind]}">${SIGNS[kind]}</span>`;
  return html`<div class="l ${kind}">
    <span class="n">${number === null ? '' : number + ahead}</span>${sign}<span class="t">${words}</span>
  </div>`;
}
