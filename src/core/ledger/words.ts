const WORD = /[\p{L}\p{M}\p{N}]+/gu;

/** Scripts that are written without spaces between words. */
const UNSPACED =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u;

/** The words of a text in order. Where a script sets no spaces, each run of `size` characters counts as a word. */
export function wordsOf(text: string, size: 1 | 2): string[] {
  return (text.match(WORD) ?? []).flatMap((word) => {
    if (!UNSPACED.test(word)) return [word];
    const points = Array.from(word);
    if (points.length <= size) return [word];
    return points.slice(0, points.length - size + 1).map((_, at) => points.slice(at, at + size).join(''));
  });
}
