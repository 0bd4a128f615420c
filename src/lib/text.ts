// Escape sequences (CSI, OSC, DCS and two-byte forms), as in ECMA-48. Of a string that never ends only the beginning is one.
const ESCAPE =
  // oxlint-disable-next-line no-control-regex -- control characters are what this pattern is for
  /(?:\u001b\[|\u009b)[0-?]*[ -/]*[@-~]|(?:\u001b[\]PX^_]|[\u009d\u0090\u0098\u009e\u009f])(?:[^\u0007\u001b\u0080-\u009f]*(?:\u0007|\u001b\\|\u009c))?|\u001b[ -/]*[0-~]/g;
// Everything else that acts instead of being read: C0 but tab and newline, C1, bidi controls, whatever nobody sees.
const CONTROL =
  // oxlint-disable-next-line no-control-regex -- as above
  /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u2028-\u202e\u2066-\u2069\ufff9-\ufffb\u{13430}-\u{1343f}\p{Default_Ignorable_Code_Point}]/gu;
// More marks on one letter than any script has run over the lines above and below it.
const PILED = /(\p{M}{8})\p{M}+/gu;
const LONE_SURROGATE = /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;

// Lines by which a program speaks to GitHub Actions, Azure Pipelines or TeamCity that prints it.
const WORKFLOW_COMMAND = /##(?=\[|(?:vso|teamcity)\[)|^[^\S\n]*:(?=:)/gim;

/**
 * Text from a model or a program, made safe to show: no escape sequence, control or invisible character is left, and
 * nothing that a CI system would take for a command.
 */
export function clean(text: string): string {
  return text
    .replace(ESCAPE, '')
    .replace(CONTROL, '')
    .replace(LONE_SURROGATE, '\ufffd')
    .replace(PILED, '$1')
    .replace(WORKFLOW_COMMAND, (found) => (found === '##' ? '# #' : `${found} `));
}

// What joins letters or colours an emoji, where it does: text that is plainly written.
const JOINED =
  /(?<=[\p{Extended_Pictographic}\u{1f3fb}-\u{1f3ff}])[\ufe0f\u200d]|(?<=[#*0-9])\ufe0f|(?<=\ufe0f)\u200d|(?<=[^\P{L}\p{Script=Latin}\p{Script=Greek}\p{Script=Cyrillic}]|\p{M})[\u200c\u200d](?=\p{L})/gu;

/** Text from a model or a program, made safe to show where nothing may be hidden: what acts or has no width is named. */
export function reveal(text: string): string {
  const whole = text.replace(/\r\n/g, '\n');
  const joins = new Set([...whole.matchAll(JOINED)].map(({ index }) => index));
  return whole
    .replace(CONTROL, (found, at: number) => (joins.has(at) ? found : nameOf(found)))
    .replace(LONE_SURROGATE, '\ufffd');
}

function nameOf(character: string): string {
  return `[U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}]`;
}

/** Most text is one line of plain words already, with nothing that a CI system would take for a command. */
const PLAIN_LINE = /^(?!:)(?!.*##)[!-~]+(?: [!-~]+)*$/;

/** The same on a single line: white space runs become one space. */
export function oneLine(text: string): string {
  if (PLAIN_LINE.test(text)) return text;
  return clean(text.replace(/[\s\u0085]+/g, ' '))
    .replace(/ {2,}/g, ' ') // what stood between two spaces may have had no width
    .trim();
}

/** At most `max` code points; what was cut is marked with an ellipsis. */
export function truncate(text: string, max: number, ellipsis = '…'): string {
  if (text.length <= max) return text; // a code point takes one or two of these units
  const points = Array.from(text.slice(0, (max + 1) * 2));
  return points.length <= max
    ? text
    : points
        .slice(0, Math.max(0, max - ellipsis.length))
        .join('')
        .trimEnd() + ellipsis;
}

/** The same, but not in the middle of a word, unless it is the only one. */
export function shorten(text: string, max: number, ellipsis = '…'): string {
  const cut = truncate(text, max, ellipsis);
  const end = cut.lastIndexOf(' ');
  return cut === text || end <= 0 ? cut : cut.slice(0, end) + ellipsis;
}

// Drawn two columns wide, or possibly so: East Asian scripts, emoji, symbols.
const WIDE = /[\u1100-\u11ff\u2300-\u{3ffff}]/u;

/** At most `columns` columns of a terminal, marked like `truncate`. In doubt it cuts a little early. */
export function fitColumns(text: string, columns: number): string {
  const points = Array.from(text.slice(0, (columns + 1) * 2));
  const firstBeyond = (limit: number): number => {
    let width = 0;
    return points.findIndex((point) => (width += WIDE.test(point) ? 2 : 1) > limit);
  };
  if (firstBeyond(columns) === -1) return text;
  return `${points
    .slice(0, firstBeyond(columns - 1))
    .join('')
    .trimEnd()}…`;
}

/** `1 finding`, `2 findings`. */
export function count(n: number, one: string, many = `${one}s`): string {
  return `${n} ${n === 1 ? one : many}`;
}

/** What is said beside something, in brackets: ` (1 void citation, 2 already settled)`; nothing where nothing is. */
export function bracketed(parts: readonly string[]): string {
  return parts.length > 0 ? ` (${parts.join(', ')})` : '';
}

/** Lines with their ends (`\n` or `\r\n`) still on them; joining them gives the text back. */
export function linesWithEnds(text: string): string[] {
  return text === '' ? [] : (text.match(/[^\n]*\n|[^\n]+$/g) ?? []);
}

/** Lines without their ends. A final line end does not start another line. */
export function linesOf(text: string): string[] {
  return linesWithEnds(text).map((line) => line.replace(/\r?\n$/, ''));
}

/** The number of lines of a text; a final line end does not start another one. */
export function countLines(text: string): number {
  if (text === '') return 0;
  let lines = 0;
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) lines += 1;
  return text.endsWith('\n') ? lines : lines + 1;
}

/** Where each line begins; a text that ends in a line end has an empty last one. */
export function lineOffsets(text: string): number[] {
  const offsets = [0];
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) offsets.push(at + 1);
  return offsets;
}

/** A template literal's lines joined to one paragraph. */
export function words(...parts: readonly (string | false | undefined)[]): string {
  return parts.filter(Boolean).join(' ');
}
