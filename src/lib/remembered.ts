/** A function of a text that remembers what it said of the last texts, `most` at most. */
export function remembered<Result>(of: (text: string) => Result, most: number): (text: string) => Result {
  const known = new Map<string, Result>();
  return (text) => {
    const before = known.get(text);
    if (before !== undefined) return before;
    if (known.size >= most) known.clear();
    const result = of(text);
    known.set(text, result);
    return result;
  };
}
