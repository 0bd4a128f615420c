/** How many letters make a word's stem: `reject` of `rejected` and `rejects`. */
const STEM = 6;

/** A shorter word is hardly ever what a sentence is about. */
const SHORTEST = 5;

/** Common words of plans that say nothing of what they are about. */
const COMMON =
  /^(?:about|above|after|again|already|always|another|because|before|being|below|change|could|create|either|ensure|every|exist|first|follow|however|never|other|present|section|should|since|still|their|there|these|thing|those|through|under|until|update|where|which|while|within|without|would)/;

/** What a text is about: its code spans and the stems of its longer words, at most eight, in order. */
export function tellingWords(text: string): string[] {
  const codes = [...text.matchAll(/`([^`\n]{3,40})`/g)].map(([, inside = '']) => inside);
  const words = text
    .replace(/`[^`]*`/g, ' ')
    .toLowerCase()
    .split(/[^\p{L}\p{N}_]+/u)
    .filter((word) => word.length >= SHORTEST && !COMMON.test(word))
    .map((word) => word.slice(0, STEM));
  return [...new Set([...codes, ...words])].slice(0, 8);
}

/** Does a text say a cue: a word, or the beginning of one? A number is only itself. */
export function says(text: string, cue: string): boolean {
  const literal = cue.replace(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`);
  const end = /\d$/.test(cue) ? String.raw`(?!\d)` : '';
  return new RegExp(String.raw`(?<![\p{L}\p{N}])${literal}${end}`, 'iu').test(text);
}

/** A text in quotation marks, cut to a line. */
export function quoted(text: string): string {
  const line = text.replace(/\s+/g, ' ').trim();
  return `“${line.length > 80 ? `${line.slice(0, 79)}…` : line}”`;
}
