/**
 * JSON that may be printed on a terminal or in CI: characters that act, or that nobody sees, stand in it as escapes, and so
 * does what would be a command to a CI system. The value is the same.
 */
export function jsonText(value: unknown, indent = 0): string {
  return JSON.stringify(value, null, indent)
    .replace(ACTING, (character) => character.split('').map(escaped).join(''))
    .replace(WORKFLOW_COMMAND, '#\\u0023');
}

// What JSON itself leaves as it is: DEL, C1, bidi controls, zero-width, line separators, tags.
const ACTING =
  /[\u007f-\u009f\u2028-\u202e\u2066-\u2069\ufff9-\ufffb\u{13430}-\u{1343f}\p{Default_Ignorable_Code_Point}]/gu;

// Of every line of output, what follows such a mark is read, wherever it stands.
const WORKFLOW_COMMAND = /##(?=\[|(?:vso|teamcity)\[)/gi;

function escaped(unit: string): string {
  return `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`;
}
