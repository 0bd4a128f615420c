/** Longer texts are seldom seen twice, and fill the memory. */
const LONGEST = 5000;

/** A function of a text that remembers what it said of `most` texts, and then forgets them all. */
export function remembered<Result>(of: (text: string) => Result, most: number): (text: string) => Result {
  const known = new Map<string, Result>();
  return (text) => {
    if (text.length > LONGEST) return of(text);
    const before = known.get(text);
    if (before !== undefined) return before;
    if (known.size >= most) known.clear();
    const result = of(text);
    known.set(text, result);
    return result;
  };
}
