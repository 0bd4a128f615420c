import { firstIndex } from '../../lib/first-index.ts';

/** A text with some runs shortened, and the way back to offsets of the original, in UTF-16 units. */
export type Condensed = { readonly text: string; readonly offsetOf: (index: number) => number };

/** Replaces every run that a global pattern matches by something no longer than the run. */
export function condense(original: string, pattern: RegExp, to: (run: string) => string): Condensed {
  const pieces: string[] = [];
  const cuts: { readonly index: number; readonly offset: number }[] = [];
  let [at, length] = [0, 0];
  for (const { 0: run, index } of original.matchAll(pattern)) {
    const short = to(run);
    if (short === run) continue;
    pieces.push(original.slice(at, index), short);
    length += index - at + short.length;
    at = index + run.length;
    if (short.length < run.length) cuts.push({ index: length, offset: at });
  }
  pieces.push(original.slice(at));
  return { text: pieces.join(''), offsetOf: (index) => before(cuts, index) };
}

function before(cuts: readonly { readonly index: number; readonly offset: number }[], index: number): number {
  const cut = cuts[firstIndex(cuts.length, (at) => (cuts[at]?.index ?? Infinity) > index) - 1];
  return cut ? cut.offset + index - cut.index : index;
}
