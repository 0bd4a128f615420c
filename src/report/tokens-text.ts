/** A number of tokens as it stands in a table; a question mark where nobody said. */
export function tokensText(tokens: number | null): string {
  if (tokens === null) return '?';
  return tokens < 1000 ? String(tokens) : `${Math.floor(tokens / 1000)}k`;
}
