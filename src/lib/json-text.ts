/** JSON that may be printed on a terminal: characters that act, or that nobody sees, stand in it as escapes. The value is the same. */
export function jsonText(value: unknown, indent = 0): string {
  return JSON.stringify(value, null, indent).replace(
    ACTING,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

// What JSON itself leaves as it is: DEL, C1, bidi controls, zero-width, line separators.
const ACTING = /[\u007f-\u009f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb]/g;
